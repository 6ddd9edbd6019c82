import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { IsCurrency } from '../../http/input/fields.decorator.js';
import type { CalculatedDiscount } from '../totals/cart-totals.types.js';
import type { CartFaults } from './cart-validation.service.js';

/** Of one call: more than a shopper has, and a bound for those who try. */
const MOST_CARTS = 20;

/** POST /carts/{cartId}/merge */
export class MergeCartsDto {
  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: MOST_CARTS,
    example: ['65141d687308095e25ca0671'],
    description:
      'anonymous carts, of any session unless they are sessionValidated, and carts that a login has made this customer’s; those that are in the cart already change nothing',
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

class DiscountFaultDto {
  @ApiProperty({ example: 'FIVE asks for products of 50 EUR in all; these are 39.8' })
  message!: string;

  @ApiProperty({ example: 'discounts.code' })
  field!: string;
}

class DiscountFaultsDto {
  @ApiProperty({ example: '0', description: 'of the discount' })
  id!: string;

  @ApiProperty({ example: 'FIVE' })
  code!: string;

  @ApiProperty({ type: [DiscountFaultDto] })
  errors!: readonly DiscountFaultDto[];
}

export class CartValidityDto {
  @ApiProperty()
  isValid!: boolean;

  @ApiPropertyOptional({ type: [ItemFaultsDto], description: 'absent when all items are valid' })
  itemsValidationDetails?: ItemFaultsDto[];

  @ApiPropertyOptional({
    type: [DiscountFaultsDto],
    description: 'codes that take nothing off now; absent when there are none',
  })
  discountsValidationDetails?: DiscountFaultsDto[];
}

export const toCartValidityDto = ({ items, discounts }: CartFaults): CartValidityDto => ({
  isValid: items.size === 0 && discounts.length === 0,
  ...(items.size > 0 && { itemsValidationDetails: [...items].map(([id, errors]) => ({ id, errors })) }),
  ...(discounts.length > 0 && { discountsValidationDetails: discounts.map(toDiscountFaults) }),
});

const toDiscountFaults = ({ id, code, problems }: CalculatedDiscount): DiscountFaultsDto => ({
  id,
  code,
  errors: problems.map((problem) => ({ message: `${code} ${problem}`, field: 'discounts.code' })),
});
