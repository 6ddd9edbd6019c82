import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { Flag } from '../../http/query/flag.decorator.js';
import { OptionalCountry, OptionalText } from '../dto/fields.decorator.js';

/** The place to ship to, shown in the response when the cart has none of its own. Both fields, or neither. */
class ShipToDto {
  @ApiPropertyOptional({
    example: '10557',
    maxLength: 9,
    description: 'Postal code to show if the cart has none. Requires `countryCode`.',
  })
  @OptionalText(9)
  zipCode?: string;

  @ApiPropertyOptional({
    example: 'DE',
    description:
      'Country to show if the cart has none: an ISO 3166-1 alpha-2 code in upper or lower case. Requires ' +
      '`zipCode`.',
  })
  @OptionalCountry()
  countryCode?: string;
}

/** GET /carts: the criteria identify one open cart (W-50). A cart that is created keeps the place to ship to. */
export class CartCriteriaDto extends ShipToDto {
  @ApiProperty({ example: 'main' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  siteCode!: string;

  @ApiPropertyOptional({ description: 'Type of the cart. Leave it out to find the cart without a type.' })
  @OptionalText(64)
  type?: string;

  @ApiPropertyOptional({ description: 'Id of the legal entity. Leave it out to find the cart without one.' })
  @OptionalText(200)
  legalEntityId?: string;

  @ApiPropertyOptional({
    description:
      'Session that owns the cart. For service tokens; a shopper’s token already names the session.',
  })
  @OptionalText(256)
  sessionId?: string;

  @ApiPropertyOptional({ description: 'Customer who owns the cart. For service tokens.' })
  @OptionalText(200)
  customerId?: string;

  @Flag({ description: 'Whether to create the cart if there is none.', default: false })
  create = false;
}

/** GET /carts/{cartId} */
export class ReadCartDto extends ShipToDto {
  @Flag({ description: 'Whether to include the calculated prices and totals.', default: true })
  expandCalculation = true;
}
