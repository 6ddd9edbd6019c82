import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { IsCurrency } from '../../http/input/fields.decorator.js';
import type { CalculatedDiscount } from '../totals/cart-totals.types.js';
import type { CartFaults } from './cart-validation.service.js';

/** Limit per call. A shopper never has as many, and it bounds attempts to guess ids. */
const MOST_CARTS = 20;

/** POST /carts/{cartId}/merge */
export class MergeCartsDto {
  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: MOST_CARTS,
    example: ['65141d687308095e25ca0671'],
    description:
      'Ids of the carts to merge: anonymous carts of any session unless they are `sessionValidated`, and ' +
      'guest carts that a login has made this customer’s. Carts that were merged into this cart before ' +
      'change nothing.',
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
  @ApiProperty({ example: 'USD', description: 'ISO 4217 code of a currency that the cart’s site sells in.' })
  @IsCurrency()
  currency!: string;
}

/** POST /carts/{cartId}/changeSite */
export class ChangeSiteDto {
  @ApiProperty({ example: 'us', maxLength: 64, description: 'Code of an active site.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(64)
  siteCode!: string;
}

class ItemFaultDto {
  @ApiProperty({
    enum: ['CART-ITEM-UNIT-PRICE-100001', 'CART-ITEM-UNIT-PRICE-100002'],
    description:
      '100001: the price no longer applies or has changed. 100002: the product has several prices in the cart.',
  })
  errorCode!: string;

  @ApiProperty({ description: 'What is wrong, in words.' })
  message!: string;

  @ApiProperty({ example: 'items.unitPrice', description: 'Field that has the problem.' })
  field!: string;
}

class ItemFaultsDto {
  @ApiProperty({ example: '0', description: 'Id of the item.' })
  id!: string;

  @ApiProperty({ type: [ItemFaultDto], description: 'Problems of the item.' })
  errors!: readonly ItemFaultDto[];
}

class DiscountFaultDto {
  @ApiProperty({
    example: 'FIVE asks for products of 50 EUR in all; these are 39.8',
    description: 'Why the code takes nothing off.',
  })
  message!: string;

  @ApiProperty({ example: 'discounts.code', description: 'Field that has the problem.' })
  field!: string;
}

class DiscountFaultsDto {
  @ApiProperty({ example: '0', description: 'Id of the discount.' })
  id!: string;

  @ApiProperty({ example: 'FIVE', description: 'The discount code.' })
  code!: string;

  @ApiProperty({ type: [DiscountFaultDto], description: 'Problems of the discount.' })
  errors!: readonly DiscountFaultDto[];
}

export class CartValidityDto {
  @ApiProperty({ description: 'Whether all items and discount codes are valid.' })
  isValid!: boolean;

  @ApiPropertyOptional({
    type: [ItemFaultsDto],
    description: 'Problems by item. Absent when all items are valid.',
  })
  itemsValidationDetails?: ItemFaultsDto[];

  @ApiPropertyOptional({
    type: [DiscountFaultsDto],
    description: 'Codes that currently take nothing off. Absent when there are none.',
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
