import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';
import { AddressChangesDto } from '../../customer/index.js';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { CustomerNumberParam } from './managed-customer.dto.js';

const ID = /^[\w-]{1,66}$/;
const BAD_ID = '$property must be 1 to 66 letters, digits and any of _ -';

/** The body of POST. */
export class NewManagedAddressDto extends OmitType(AddressChangesDto, ['contactName'] as const) {
  @ApiPropertyOptional({ pattern: ID.source, description: 'Id of the address; generated if left out.' })
  @OptionalField()
  @IsString()
  @Matches(ID, { message: BAD_ID })
  id?: string;

  @ApiProperty({ type: String, example: 'Anna Beispiel', maxLength: 256 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(256)
  contactName!: string;
}

export class ManagedAddressParam extends CustomerNumberParam {
  @ApiProperty({ example: 'home', maxLength: 128, description: 'Id of the address.' })
  @IsString()
  @MaxLength(128)
  addressId!: string;
}

/** The id of an address that may not exist yet. */
export class NewManagedAddressParam extends CustomerNumberParam {
  @ApiProperty({ example: 'home', pattern: ID.source, description: 'Id of the address.' })
  @IsString()
  @Matches(ID, { message: BAD_ID })
  addressId!: string;
}
