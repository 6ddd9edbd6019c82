import type { Cart, CartAddress, CartItem, CartPrice } from '../../cart/cart.types.js';
import { type Codec, type RecordRow } from './records.js';
import { idOf } from './rows.js';
import { type Texts, withGivenJson, withStoredJson } from './stored-json.js';

const CART = ['mixins', 'mixinSchemas'] as const;
const ITEM = ['extra'] as const;
const PRICE = ['measurementUnit'] as const;
const ADDRESS = ['fields'] as const;

interface ItemRow extends Omit<Texts<CartItem, 'extra'>, 'price'> {
  readonly price: Texts<CartPrice, 'measurementUnit'>;
}

export interface CartRow extends RecordRow, Omit<Texts<Cart, (typeof CART)[number]>, 'items' | 'addresses'> {
  readonly items: readonly ItemRow[];
  readonly addresses: readonly Texts<CartAddress, 'fields'>[];
}

export const cartCodec: Codec<Cart, CartRow> = {
  idOf: ({ tenant, id }) => idOf(tenant, id),
  toRow: (cart) => ({
    ...withStoredJson(cart, CART),
    items: cart.items.map((item) => ({
      ...withStoredJson(item, ITEM),
      price: withStoredJson(item.price, PRICE),
    })),
    addresses: cart.addresses.map((address) => withStoredJson(address, ADDRESS)),
  }),
  fromRow: ({ _id, rev: _rev, ...row }) => ({
    ...withGivenJson<Cart>(row, CART),
    items: row.items.map((item) => ({
      ...withGivenJson<CartItem>(item, ITEM),
      price: withGivenJson<CartPrice>(item.price, PRICE),
    })),
    addresses: row.addresses.map((address) => withGivenJson<CartAddress>(address, ADDRESS)),
  }),
};
