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
  'Responses show the value of the price that `priceId` names, for the quantity of the line. The value in ' +
  'a request is used only for EXTERNAL items, and for tenants with `cartPrices: "given"`.';

const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;
const ANY_LIST = { type: 'array', items: ANY_OBJECT } as const;

export class CartPriceDto {
  @ApiPropertyOptional({
    maxLength: 200,
    example: 'umbrella-eur',
    description:
      'Id of a price of the product that applies to the cart’s site, currency, country and customer. ' +
      'Required unless `itemType` is EXTERNAL. It decides the amounts, the currency and the unit.',
  })
  @OptionalText(200)
  priceId?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'URN of the price.' })
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

/** Fields of an item that are stored as they were sent. */
class ItemExtraDto {
  @ApiPropertyOptional({
    ...ANY_OBJECT,
    description: 'Product data to show with the item. Required for a product without `itemYrn`.',
  })
  @JsonData({ texts: ['id', 'sku', 'code', 'name', 'yrn', 'description'] })
  product?: JsonObject;

  @ApiPropertyOptional({ maxLength: 64, description: 'Tax code of the item.' })
  @OptionalText(64)
  taxCode?: string;

  @ApiPropertyOptional({
    ...ANY_OBJECT,
    description: 'Tax of one unit: `name`, `rate` in percent, `grossValue` and `netValue`.',
  })
  @JsonData({ texts: ['name'], numbers: ['rate', 'grossValue', 'netValue'] })
  tax?: JsonObject;

  @ApiPropertyOptional({
    ...ANY_OBJECT,
    description: 'Price of the whole line; valid only for the quantity that is sent with it. Backends only.',
  })
  @JsonData({
    texts: ['currency'],
    numbers: ['effectiveAmount', 'originalAmount'],
    needed: ['effectiveAmount', 'originalAmount', 'currency'],
  })
  linePrice?: JsonObject;

  @ApiPropertyOptional({
    ...ANY_OBJECT,
    description: 'Tax of the whole line; valid only for the quantity that is sent with it. Backends only.',
  })
  @JsonData({
    texts: ['name'],
    numbers: ['rate', 'grossValue', 'netValue'],
    needed: ['rate', 'grossValue', 'netValue'],
  })
  lineTax?: JsonObject;

  @ApiPropertyOptional({ ...ANY_LIST, description: 'At most 50 fees to add to the line. Backends only.' })
  @JsonList(50, externalFeeProblem)
  externalFees?: JsonObject[];

  @ApiPropertyOptional({ ...ANY_LIST, description: 'At most 50 discounts on the line. Backends only.' })
  @JsonList(50, externalDiscountProblem)
  externalDiscounts?: JsonObject[];

  @ApiPropertyOptional({ type: MixinSchemasDto, description: 'Schemas of the mixins.' })
  @OptionalField()
  @Nested(() => MixinSchemasDto)
  metadata?: MixinSchemasDto;

  @ApiPropertyOptional({ ...ANY_OBJECT, description: 'Custom data of the item. At most 64 KiB.' })
  @JsonData()
  mixins?: JsonObject;
}

/** POST /items */
export class AddItemDto extends ItemExtraDto {
  @ApiPropertyOptional({
    maxLength: 512,
    example: 'urn:yaas:hybris:product:product:acme;umbrella',
    description: 'URN of the product.',
  })
  @OptionalText(512)
  itemYrn?: string;

  @ApiPropertyOptional({
    enum: ITEM_TYPES,
    default: 'INTERNAL',
    description:
      'INTERNAL for a price of this service; EXTERNAL for a price from elsewhere, which only backends may send.',
  })
  @OptionalField()
  @IsIn(ITEM_TYPES)
  itemType?: (typeof ITEM_TYPES)[number];

  @ApiPropertyOptional({
    default: false,
    description:
      'Whether the item always gets its own line, even if the cart has a line of the same product.',
  })
  @OptionalField()
  @IsBoolean()
  keepAsSeparateLineItem?: boolean;

  @ApiProperty({ example: 2, minimum: 0, description: 'Number of units; may have decimals.' })
  @IsAmount()
  quantity!: number;

  @ApiProperty({ type: CartPriceDto, description: 'Price of the item.' })
  @Nested(() => CartPriceDto)
  price!: CartPriceDto;

  @ApiPropertyOptional({ deprecated: true, description: 'Stored and returned, but without effect.' })
  @OptionalField()
  @IsBoolean()
  weightDependent?: boolean;
}

/** PUT /items/{itemId} */
export class UpdateItemDto extends ItemExtraDto {
  @ApiPropertyOptional({ maxLength: 512, description: 'URN of the product.' })
  @OptionalText(512)
  itemYrn?: string;

  @ApiPropertyOptional({
    enum: ITEM_TYPES,
    description:
      'INTERNAL for a price of this service; EXTERNAL for a price from elsewhere, which only backends may send.',
  })
  @OptionalField()
  @IsIn(ITEM_TYPES)
  itemType?: (typeof ITEM_TYPES)[number];

  @ApiPropertyOptional({ minimum: 0, description: 'Number of units; may have decimals.' })
  @OptionalField()
  @IsAmount()
  quantity?: number;

  @ApiPropertyOptional({ type: CartPriceDto, description: 'Price of the item. Keeps its value if left out.' })
  @OptionalField()
  @Nested(() => CartPriceDto)
  price?: CartPriceDto;
}

export function toItemDraft({
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
