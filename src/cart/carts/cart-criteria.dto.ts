import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { Flag } from '../../http/query/flag.decorator.js';
import { OptionalCountry, OptionalText } from '../dto/fields.decorator.js';

/** Where the cart would be sent to, for an answer that has no address yet. Both, or neither. */
class ShipToDto {
  @ApiPropertyOptional({ example: '10557', maxLength: 9, description: 'shown where the cart has none' })
  @OptionalText(9)
  zipCode?: string;

  @ApiPropertyOptional({
    example: 'DE',
    description: 'ISO 3166-1 alpha-2, in either case; shown where the cart has none',
  })
  @OptionalCountry()
  countryCode?: string;
}

/** GET /carts: together they are those of one open cart (W-50). A cart that is made keeps where it would be sent to. */
export class CartCriteriaDto extends ShipToDto {
  @ApiProperty({ example: 'main' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  siteCode!: string;

  @ApiPropertyOptional({ description: 'left out: the cart that has no type' })
  @OptionalText(64)
  type?: string;

  @ApiPropertyOptional({ description: 'left out: the cart that has none' })
  @OptionalText(200)
  legalEntityId?: string;

  @ApiPropertyOptional({ description: "for a service token; a shopper's own session is known" })
  @OptionalText(256)
  sessionId?: string;

  @ApiPropertyOptional({ description: 'for a service token' })
  @OptionalText(200)
  customerId?: string;

  @Flag({ description: 'true: create the cart if there is none', default: false })
  create = false;
}

export class PartialDto {
  @Flag({ description: 'true: keep the fields that the body leaves out', default: false })
  partial = false;
}

/** GET /carts/{cartId} */
export class ReadCartDto extends ShipToDto {
  @Flag({ description: 'false: leave out the calculated prices and totals', default: true })
  expandCalculation = true;
}
