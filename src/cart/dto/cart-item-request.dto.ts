import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { IsCurrency, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import type { CartPrice } from '../cart.types.js';
import type { ItemChanges, ItemDraft } from '../lines/cart-items.rules.js';
import { externalDiscountProblem, externalFeeProblem } from './external-parts.js';
import { IsAmount, JsonData, JsonList, OptionalText, toJson } from './fields.decorator.js';
import { MixinSchemasDto } from './metadata.dto.js';

const ITEM_TYPES = ['INTERNAL', 'EXTERNAL'] as const;

const FROM_PRICE =
  'Answers show the value of the price that `priceId` names, at the line’s quantity. What a request sends counts only ' +
  'for EXTERNAL items, and for tenants with `cartPrices: "given"`.';

const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;
const ANY_LIST = { type: 'array', items: ANY_OBJECT } as const;

export class CartPriceDto {
  @ApiPropertyOptional({
    maxLength: 200,
    example: 'umbrella-eur',
    description:
      'Required unless `itemType` is EXTERNAL: a price of the product that applies to the cart’s site, currency, ' +
      'country and customer. It decides the amounts, the currency and the unit.',
  })
  @OptionalText(200)
  priceId?: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @OptionalText(200)
  yrn?: string;

  @ApiProperty({ example: 19.9, minimum: 0, description: FROM_PRICE })
  @IsAmount()
  originalAmount!: number;

  @ApiProperty({ example: 19.9, minimum: 0, description: FROM_PRICE })
  @IsAmount()
  effectiveAmount!: number;

  @ApiProperty({ example: 'EUR', description: FROM_PRICE })
  @IsCurrency()
  currency!: string;

  @ApiPropertyOptional({ ...ANY_OBJECT, example: { quantity: 1, unitCode: 'H87' }, description: FROM_PRICE })
  @JsonData({ texts: ['unitCode'], numbers: ['quantity'], needed: ['quantity'] })
  measurementUnit?: JsonObject;
}

/** What is kept of an item as it came. */
class ItemExtraDto {
  @ApiPropertyOptional({ ...ANY_OBJECT, description: 'needed for a product that is not known here' })
  @JsonData({ texts: ['id', 'sku', 'code', 'name', 'yrn', 'description'] })
  product?: JsonObject;

  @ApiPropertyOptional({ maxLength: 64 })
  @OptionalText(64)
  taxCode?: string;

  @ApiPropertyOptional(ANY_OBJECT)
  @JsonData({ texts: ['name'], numbers: ['rate', 'grossValue', 'netValue'] })
  tax?: JsonObject;

  @ApiPropertyOptional(ANY_OBJECT)
  @JsonData({
    texts: ['currency'],
    numbers: ['effectiveAmount', 'originalAmount'],
    needed: ['effectiveAmount', 'originalAmount', 'currency'],
  })
  linePrice?: JsonObject;

  @ApiPropertyOptional(ANY_OBJECT)
  @JsonData({
    texts: ['name'],
    numbers: ['rate', 'grossValue', 'netValue'],
    needed: ['rate', 'grossValue', 'netValue'],
  })
  lineTax?: JsonObject;

  @ApiPropertyOptional(ANY_LIST)
  @JsonList(50, externalFeeProblem)
  externalFees?: JsonObject[];

  @ApiPropertyOptional(ANY_LIST)
  @JsonList(50, externalDiscountProblem)
  externalDiscounts?: JsonObject[];

  @ApiPropertyOptional({ type: MixinSchemasDto })
  @OptionalField()
  @Nested(() => MixinSchemasDto)
  metadata?: MixinSchemasDto;

  @ApiPropertyOptional(ANY_OBJECT)
  @JsonData()
  mixins?: JsonObject;
}

/** POST /items */
export class AddItemDto extends ItemExtraDto {
  @ApiPropertyOptional({ maxLength: 512, example: 'urn:yaas:hybris:product:product:acme;umbrella' })
  @OptionalText(512)
  itemYrn?: string;

  @ApiPropertyOptional({ enum: ITEM_TYPES, default: 'INTERNAL' })
  @OptionalField()
  @IsIn(ITEM_TYPES)
  itemType?: (typeof ITEM_TYPES)[number];

  @ApiPropertyOptional({ default: false, description: 'true: it never joins a line of the same product' })
  @OptionalField()
  @IsBoolean()
  keepAsSeparateLineItem?: boolean;

  @ApiProperty({ example: 2, minimum: 0, description: 'decimal' })
  @IsAmount()
  quantity!: number;

  @ApiProperty({ type: CartPriceDto })
  @Nested(() => CartPriceDto)
  price!: CartPriceDto;

  @ApiPropertyOptional({ deprecated: true })
  @OptionalField()
  @IsBoolean()
  weightDependent?: boolean;
}

/** PUT /items/{itemId} */
export class UpdateItemDto extends ItemExtraDto {
  @ApiPropertyOptional({ maxLength: 512 })
  @OptionalText(512)
  itemYrn?: string;

  @ApiPropertyOptional({ enum: ITEM_TYPES })
  @OptionalField()
  @IsIn(ITEM_TYPES)
  itemType?: (typeof ITEM_TYPES)[number];

  @ApiPropertyOptional({ minimum: 0 })
  @OptionalField()
  @IsAmount()
  quantity?: number;

  @ApiPropertyOptional({ type: CartPriceDto })
  @OptionalField()
  @Nested(() => CartPriceDto)
  price?: CartPriceDto;
}

export function toItemWish({
  itemYrn,
  itemType,
  keepAsSeparateLineItem,
  quantity,
  price,
  ...extra
}: AddItemDto): ItemDraft {
  return {
    ...(itemYrn !== undefined && { itemYrn }),
    itemType: itemType ?? 'INTERNAL',
    keepAsSeparateLineItem: keepAsSeparateLineItem ?? false,
    quantity,
    price: toPrice(price),
    extra: toExtra(extra),
  };
}

export function toItemChanges({ itemYrn, itemType, quantity, price, ...extra }: UpdateItemDto): ItemChanges {
  return { itemYrn, itemType, quantity, price: price && toPrice(price), extra: toExtra(extra) };
}

const toPrice = ({ priceId, yrn, measurementUnit, ...amounts }: CartPriceDto): CartPrice => ({
  ...amounts,
  ...(priceId !== undefined && { priceId }),
  ...(yrn !== undefined && { yrn }),
  ...(measurementUnit && { measurementUnit }),
});

const toExtra = ({ metadata, ...extra }: ItemExtraDto): JsonObject =>
  toJson({ ...extra, metadata: metadata?.mixins && { mixins: metadata.mixins } });
