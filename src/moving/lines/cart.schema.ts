import { z } from 'zod';
import type { Cart } from '../../cart/cart.types.js';
import type { MovedCart } from '../moved.types.js';
import { count, jsonObject, maybe, text, time } from './fields.schema.js';

const price = z.strictObject({
  priceId: maybe(text),
  yrn: maybe(text),
  originalAmount: z.number(),
  effectiveAmount: z.number(),
  currency: text,
  measurementUnit: maybe(jsonObject),
});

const item = z.strictObject({
  id: text,
  itemYrn: maybe(text),
  itemType: z.enum(['INTERNAL', 'EXTERNAL']),
  keepAsSeparateLineItem: z.boolean(),
  quantity: z.number(),
  price,
  extra: jsonObject,
});

const discount = z.strictObject({ id: text, code: text, stackable: z.boolean() });

const owner = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('session'), sessionId: text }),
  z.strictObject({ kind: z.literal('customer'), customerId: text }),
]);

const incoming = z.strictObject({
  mergeId: text,
  cartId: text,
  version: count,
  items: z.array(item),
  discounts: maybe(z.array(discount)),
});

const cart = z.strictObject({
  tenant: text,
  id: text.min(1),
  siteCode: text,
  type: maybe(text),
  legalEntityId: maybe(text),
  owner,
  status: z.enum(['OPEN', 'CLOSED']),
  currency: text,
  sessionId: maybe(text),
  sessionValidated: z.boolean(),
  channel: maybe(z.strictObject({ name: maybe(text), source: maybe(text) })),
  zipCode: maybe(text),
  countryCode: maybe(text),
  items: z.array(item),
  nextItemId: count,
  discounts: maybe(z.array(discount)),
  addresses: z.array(z.strictObject({ type: z.enum(['BILLING', 'SHIPPING']), fields: jsonObject })),
  mixins: jsonObject,
  mixinSchemas: jsonObject,
  createdAt: time,
  modifiedAt: time,
  version: count,
  wasGuests: maybe(z.literal(true)),
  incoming: maybe(z.array(incoming)),
  mergedInto: maybe(z.strictObject({ cartId: text, mergeId: text })),
  reviewAt: maybe(time),
}) satisfies z.ZodType<Cart>;

export const cartSchema: z.ZodType<MovedCart> = cart
  .extend({ holdsSlot: z.boolean() })
  .transform(({ holdsSlot, ...rest }) => ({ cart: rest, holdsSlot }));
