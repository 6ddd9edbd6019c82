import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '../../shared/json.js';
import { cartYrn } from '../cart.rules.js';
import type { Cart, CartItem } from '../cart.types.js';
import { itemYrn } from '../lines/cart-items.rules.js';
import {
  CartCalculatedPriceDto,
  ItemCalculatedPriceDto,
  TaxedAmountDto,
  toItemCalculatedPrice,
} from '../totals/calculated-price.dto.js';
import { totalUnits } from '../totals/cart-totals.rules.js';
import type { CalculatedCart, LineTotals } from '../totals/cart-totals.types.js';
import {
  LegacyCartTotalsDto,
  LegacyItemTotalsDto,
  toLegacyCartTotals,
  toLegacyItemTotals,
} from '../totals/legacy-totals.dto.js';
import { CartPriceDto } from './cart-item-request.dto.js';
import { ChannelDto } from './cart-request.dto.js';
import { CartDiscountDto, toCartDiscounts } from './discount.dto.js';
import { CartMetadataDto } from './metadata.dto.js';

const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;

/** What the client sent with an item comes back beside these: product, tax, mixins and so on. */
export class CartItemDto extends LegacyItemTotalsDto {
  @ApiProperty({ example: '0' })
  id!: string;

  @ApiProperty()
  yrn!: string;

  @ApiPropertyOptional({ example: 'urn:yaas:hybris:product:product:acme;umbrella' })
  itemYrn?: string;

  @ApiProperty({ enum: ['INTERNAL', 'EXTERNAL'] })
  type!: string;

  @ApiProperty()
  keepAsSeparateLineItem!: boolean;

  @ApiProperty({ example: 2 })
  quantity!: number;

  @ApiProperty({ example: 2 })
  effectiveQuantity!: number;

  @ApiProperty({ type: CartPriceDto })
  price!: CartPriceDto;

  @ApiPropertyOptional({ type: TaxedAmountDto })
  unitPrice?: TaxedAmountDto;

  @ApiPropertyOptional({ type: ItemCalculatedPriceDto })
  calculatedPrice?: ItemCalculatedPriceDto;

  @ApiPropertyOptional(ANY_OBJECT)
  product?: JsonObject;

  @ApiPropertyOptional(ANY_OBJECT)
  mixins?: JsonObject;
}

export class CartDto extends LegacyCartTotalsDto {
  @ApiProperty({ example: '65141d687308095e25ca0671' })
  id!: string;

  @ApiProperty({ example: 'urn:yaas:saasag:cart:cart:acme;65141d687308095e25ca0671' })
  yrn!: string;

  @ApiPropertyOptional()
  customerId?: string;

  @ApiPropertyOptional({ description: 'the session that it was made in' })
  sessionId?: string;

  @ApiProperty({ example: 'main' })
  siteCode!: string;

  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiPropertyOptional()
  type?: string;

  @ApiPropertyOptional()
  legalEntityId?: string;

  @ApiPropertyOptional()
  zipCode?: string;

  @ApiPropertyOptional({ example: 'DE' })
  countryCode?: string;

  @ApiPropertyOptional({ type: ChannelDto })
  channel?: ChannelDto;

  @ApiProperty({ enum: ['OPEN', 'CLOSED'] })
  status!: string;

  @ApiProperty({ type: [CartItemDto] })
  items!: CartItemDto[];

  @ApiProperty({ example: 3, description: 'of all items together' })
  totalUnitsCount!: number;

  @ApiPropertyOptional({ type: [CartDiscountDto] })
  discounts?: CartDiscountDto[];

  @ApiPropertyOptional({ type: CartCalculatedPriceDto, description: 'left out with expandCalculation=false' })
  calculatedPrice?: CartCalculatedPriceDto;

  @ApiProperty({ type: 'array', items: ANY_OBJECT, description: 'as they were sent, with `origin`' })
  addresses!: JsonObject[];

  @ApiProperty(ANY_OBJECT)
  mixins!: JsonObject;

  @ApiProperty({ type: CartMetadataDto })
  metadata!: CartMetadataDto;
}

export class CreatedCartDto {
  @ApiProperty({ example: '65141d687308095e25ca0671' })
  cartId!: string;

  @ApiProperty({ example: 'urn:yaas:saasag:cart:cart:acme;65141d687308095e25ca0671' })
  yrn!: string;
}

export class CreatedItemDto {
  @ApiProperty({ example: '0' })
  itemId!: string;

  @ApiProperty()
  yrn!: string;
}

export const toCartDto = (calculated: CalculatedCart): CartDto => ({
  ...toStoredCartDto(calculated.cart),
  ...toLegacyCartTotals(calculated),
  items: toItemDtos(calculated),
  discounts: toCartDiscounts(calculated),
  calculatedPrice: calculated.totals,
});

/** What it costs left out. */
export function toStoredCartDto(cart: Cart): CartDto {
  const { owner, sessionId, type, legalEntityId, zipCode, countryCode, channel } = cart;
  return {
    id: cart.id,
    yrn: cartYrn(cart),
    ...(owner.kind === 'customer' && { customerId: owner.customerId }),
    ...(sessionId !== undefined && { sessionId }),
    siteCode: cart.siteCode,
    currency: cart.currency,
    ...(type !== undefined && { type }),
    ...(legalEntityId !== undefined && { legalEntityId }),
    ...(zipCode !== undefined && { zipCode }),
    ...(countryCode !== undefined && { countryCode }),
    ...(channel && { channel }),
    status: cart.status,
    items: cart.items.map((item) => toStoredItemDto(cart, item)),
    totalUnitsCount: totalUnits(cart),
    addresses: cart.addresses.map((address) => ({
      ...address.fields,
      type: address.type,
      origin: 'REQUEST',
    })),
    mixins: cart.mixins,
    metadata: {
      createdAt: cart.createdAt.toISOString(),
      modifiedAt: cart.modifiedAt.toISOString(),
      version: cart.version,
      mixins: cart.mixinSchemas,
    },
  };
}

export const toItemDtos = (calculated: CalculatedCart): CartItemDto[] =>
  calculated.lines.map((line) => toItemDto(calculated, line));

export const toItemDto = ({ cart, calculation }: CalculatedCart, line: LineTotals): CartItemDto => ({
  ...toStoredItemDto(cart, line.item),
  unitPrice: line.unitPrice,
  ...toLegacyItemTotals(line, calculation),
  calculatedPrice: toItemCalculatedPrice(line),
});

const toStoredItemDto = (cart: Cart, item: CartItem): CartItemDto => ({
  ...item.extra,
  id: item.id,
  yrn: itemYrn(cart, item.id),
  ...(item.itemYrn !== undefined && { itemYrn: item.itemYrn }),
  type: item.itemType,
  keepAsSeparateLineItem: item.keepAsSeparateLineItem,
  quantity: item.quantity,
  effectiveQuantity: item.quantity,
  price: item.price,
});
