import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { AddressDto, ClearableText, ProfileChangesDto, ProfileDto } from '../../customer/index.js';
import { OptionalField } from '../../http/input/fields.decorator.js';
import type { JsonObject } from '../../shared/json.js';

const ID = /^[\w-]{1,66}$/;
const BAD_ID = '$property must be 1 to 66 letters, digits and any of _ -';
/** Longer passwords are refused by the rules for passwords, which say so in characters. */
const LONGEST_PASSWORD = 1024;

const OptionalBoolean =
  (description: string): PropertyDecorator =>
  (target, key) => {
    ApiPropertyOptional({ type: Boolean, nullable: true, description })(target, key);
    IsOptional()(target, key);
    IsBoolean()(target, key);
  };

/** What every body that writes a customer may have. */
export class ManagedFieldsDto extends ProfileChangesDto {
  @ClearableText('CUSTOMER', '`CUSTOMER` or `CONTACT`. Kept and returned.')
  type?: string | null;

  @ClearableText('https://acme.test/anna.png', 'URL of a picture. Kept and returned.')
  photoUrl?: string | null;

  @ClearableText('DE', 'Kept and returned. It restricts nothing: access goes by scopes alone.')
  restriction?: string | null;
}

/** The body of POST. */
export class NewManagedCustomerDto extends ManagedFieldsDto {
  @ApiPropertyOptional({ pattern: ID.source, description: 'Id of the customer; generated if left out.' })
  @OptionalField()
  @IsString()
  @Matches(ID, { message: BAD_ID })
  id?: string;

  @ApiPropertyOptional({ minLength: 8, maxLength: 128, description: 'The first password of the customer.' })
  @OptionalField()
  @IsString()
  @MaxLength(LONGEST_PASSWORD)
  password?: string;
}

/** The body of PUT and PATCH. */
export class ManagedChangesDto extends ManagedFieldsDto {
  @OptionalBoolean('False switches the account off: all sessions end at once, and nobody can log in.')
  active?: boolean | null;

  @OptionalBoolean('True puts the account on hold, with the same effect.')
  onHold?: boolean | null;
}

export class CustomerNumberParam {
  @ApiProperty({ example: '34751075', maxLength: 128, description: 'Id of the customer.' })
  @IsString()
  @MaxLength(128)
  customerNumber!: string;
}

/** The id of a customer that may not exist yet. */
export class NewCustomerNumberParam {
  @ApiProperty({ example: '34751075', pattern: ID.source, description: 'Id of the customer.' })
  @IsString()
  @Matches(ID, { message: BAD_ID })
  customerNumber!: string;
}

class AccountOfCustomerDto {
  @ApiProperty({ description: 'The e-mail address that logs in.' })
  id!: string;
}

export class ManagedCustomerDto extends OmitType(ProfileDto, [
  'id',
  'accounts',
  'mixins',
  'addresses',
  'defaultAddress',
] as const) {
  @ApiProperty({ example: '34751075', description: 'Id of the customer.' })
  id!: string;

  @ApiProperty({ description: 'The e-mail address that logs in.' })
  email!: string;

  @ApiProperty({ description: 'Whether the account is switched on.' })
  active!: boolean;

  @ApiProperty({ description: 'Whether the account is on hold.' })
  onHold!: boolean;

  @ApiPropertyOptional({ description: '`CUSTOMER` or `CONTACT`, as it was sent.' })
  type?: string;

  @ApiPropertyOptional({ description: 'URL of a picture.' })
  photoUrl?: string;

  @ApiPropertyOptional({ description: 'As it was sent.' })
  restriction?: string;

  @ApiProperty({ format: 'date-time', description: 'When the customer was created.' })
  metadataCreatedAt!: string;

  @ApiPropertyOptional({ type: [AccountOfCustomerDto], description: 'Only with `expand=accounts`.' })
  accounts?: readonly AccountOfCustomerDto[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Only with `expand=mixin:*`, or `expand=mixin:` and a name.',
  })
  mixins?: JsonObject;

  @ApiPropertyOptional({ type: [AddressDto], description: 'Only with `expand=addresses`.' })
  addresses?: readonly AddressDto[];

  @ApiPropertyOptional({ type: AddressDto, description: 'Only with `expand=addresses`.' })
  defaultAddress?: AddressDto;
}
