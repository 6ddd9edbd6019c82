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

/** The response also has the other fields that the client sent with the item: product, tax, mixins and so on. */
export class CartItemDto extends LegacyItemTotalsDto {
  @ApiProperty({ example: '0', description: 'Id of the item, unique within the cart.' })
  id!: string;

  @ApiProperty({ description: 'URN of the item.' })
  yrn!: string;

  @ApiPropertyOptional({
    example: 'urn:yaas:hybris:product:product:acme;umbrella',
    description: 'URN of the product.',
  })
  itemYrn?: string;

  @ApiProperty({
    enum: ['INTERNAL', 'EXTERNAL'],
    description: 'INTERNAL for a price of this service, EXTERNAL for a price from elsewhere.',
  })
  type!: string;

  @ApiProperty({ description: 'Whether the item always keeps its own line.' })
  keepAsSeparateLineItem!: boolean;

  @ApiProperty({ example: 2, description: 'Number of units.' })
  quantity!: number;

  @ApiProperty({ example: 2, description: 'Number of units that is charged. Always equal to `quantity`.' })
  effectiveQuantity!: number;

  @ApiProperty({ type: CartPriceDto, description: 'Price of the item.' })
  price!: CartPriceDto;

  @ApiPropertyOptional({ type: TaxedAmountDto, description: 'Price of one unit, net and gross.' })
  unitPrice?: TaxedAmountDto;

  @ApiPropertyOptional({
    type: ItemCalculatedPriceDto,
    description: 'What the line costs. Left out with `expandCalculation=false`.',
  })
  calculatedPrice?: ItemCalculatedPriceDto;

  @ApiPropertyOptional({ ...ANY_OBJECT, description: 'Product data as it was sent.' })
  product?: JsonObject;

  @ApiPropertyOptional({ ...ANY_OBJECT, description: 'Custom data of the item.' })
  mixins?: JsonObject;
}

export class CartDto extends LegacyCartTotalsDto {
  @ApiProperty({ example: '65141d687308095e25ca0671', description: 'Id of the cart.' })
  id!: string;

  @ApiProperty({
    example: 'urn:yaas:saasag:cart:cart:acme;65141d687308095e25ca0671',
    description: 'URN of the cart.',
  })
  yrn!: string;

  @ApiPropertyOptional({ description: 'Customer who owns the cart. Absent for an anonymous cart.' })
  customerId?: string;

  @ApiPropertyOptional({ description: 'Session that the cart was created in.' })
  sessionId?: string;

  @ApiProperty({ example: 'main', description: 'Code of the site.' })
  siteCode!: string;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217 currency code.' })
  currency!: string;

  @ApiPropertyOptional({ description: 'Type of the cart. Absent if it has none.' })
  type?: string;

  @ApiPropertyOptional({ description: 'Legal entity that the cart is for.' })
  legalEntityId?: string;

  @ApiPropertyOptional({ description: 'Postal code that the cart is shipped to.' })
  zipCode?: string;

  @ApiPropertyOptional({
    example: 'DE',
    description: 'ISO 3166-1 alpha-2 code of the country that the cart is shipped to.',
  })
  countryCode?: string;

  @ApiPropertyOptional({ type: ChannelDto, description: 'Sales channel that the cart comes from.' })
  channel?: ChannelDto;

  @ApiProperty({
    enum: ['OPEN', 'CLOSED'],
    description: 'State of the cart. Only OPEN carts can be read and changed.',
  })
  status!: string;

  @ApiProperty({ type: [CartItemDto], description: 'Lines of the cart.' })
  items!: CartItemDto[];

  @ApiProperty({ example: 3, description: 'Number of units of all items together.' })
  totalUnitsCount!: number;

  @ApiPropertyOptional({
    type: [CartDiscountDto],
    description: 'Discount codes of the cart, in the order in which they were applied.',
  })
  discounts?: CartDiscountDto[];

  @ApiPropertyOptional({
    type: CartCalculatedPriceDto,
    description: 'What the cart costs. Left out with `expandCalculation=false`.',
  })
  calculatedPrice?: CartCalculatedPriceDto;

  @ApiProperty({
    type: 'array',
    items: ANY_OBJECT,
    description: 'Addresses as they were sent, with `origin` added.',
  })
  addresses!: JsonObject[];

  @ApiProperty({ ...ANY_OBJECT, description: 'Custom data of the cart.' })
  mixins!: JsonObject;

  @ApiProperty({ type: CartMetadataDto, description: 'Times, version and mixin schemas of the cart.' })
  metadata!: CartMetadataDto;
}

export class CreatedCartDto {
  @ApiProperty({ example: '65141d687308095e25ca0671', description: 'Id of the new cart.' })
  cartId!: string;

  @ApiProperty({
    example: 'urn:yaas:saasag:cart:cart:acme;65141d687308095e25ca0671',
    description: 'URN of the new cart.',
  })
  yrn!: string;
}

export class CreatedItemDto {
  @ApiProperty({ example: '0', description: 'Id of the line that has the item.' })
  itemId!: string;

  @ApiProperty({ description: 'URN of the item.' })
  yrn!: string;
}

export const toCartDto = (calculated: CalculatedCart): CartDto => ({
  ...toStoredCartDto(calculated.cart),
  ...toLegacyCartTotals(calculated),
  items: toItemDtos(calculated),
  discounts: toCartDiscounts(calculated),
  calculatedPrice: calculated.totals,
});

/** Maps the cart without what it costs. */
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
