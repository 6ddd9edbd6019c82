import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { IsCurrency } from '../../http/fields.decorator.js';
import type { ItemFault } from '../cart-prices.rules.js';

/** Of one call: more than a shopper has, and a bound for those who try. */
const MOST_CARTS = 20;

/** POST /carts/{cartId}/merge */
export class MergeCartsDto {
  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: MOST_CARTS,
    example: ['65141d687308095e25ca0671'],
    description: 'anonymous carts, or such that a login has made this customer’s',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_CARTS)
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  @MaxLength(200, { each: true })
  carts!: string[];
}

/** POST /carts/{cartId}/changeCurrency */
export class ChangeCurrencyDto {
  @ApiProperty({ example: 'USD', description: 'ISO 4217; one that the cart’s site sells in' })
  @IsCurrency()
  currency!: string;
}

/** POST /carts/{cartId}/changeSite */
export class ChangeSiteDto {
  @ApiProperty({ example: 'us', maxLength: 64, description: 'an active site' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  siteCode!: string;
}

class ItemFaultDto {
  @ApiProperty({
    enum: ['CART-ITEM-UNIT-PRICE-100001', 'CART-ITEM-UNIT-PRICE-100002'],
    description: '100001: the price applies no more; 100002: the product has several prices in the cart',
  })
  errorCode!: string;

  @ApiProperty()
  message!: string;

  @ApiProperty({ example: 'items.unitPrice' })
  field!: string;
}

class ItemFaultsDto {
  @ApiProperty({ example: '0', description: 'of the item' })
  id!: string;

  @ApiProperty({ type: [ItemFaultDto] })
  errors!: readonly ItemFaultDto[];
}

export class CartValidityDto {
  @ApiProperty()
  isValid!: boolean;

  @ApiPropertyOptional({ type: [ItemFaultsDto], description: 'absent when the cart is valid' })
  itemsValidationDetails?: ItemFaultsDto[];
}

export const toCartValidityDto = (faults: ReadonlyMap<string, readonly ItemFault[]>): CartValidityDto =>
  faults.size === 0
    ? { isValid: true }
    : { isValid: false, itemsValidationDetails: [...faults].map(([id, errors]) => ({ id, errors })) };
