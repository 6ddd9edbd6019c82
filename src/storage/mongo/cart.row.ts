import type { Cart, CartAddress, CartItem, CartPrice, IncomingCart } from '../../cart/cart.types.js';
import { type Codec, type RecordRow } from './rows/records.js';
import { idOf } from './rows/rows.js';
import { type Texts, withGivenJson, withStoredJson } from './rows/stored-json.js';

const CART = ['mixins', 'mixinSchemas'] as const;
const ITEM = ['extra'] as const;
const PRICE = ['measurementUnit'] as const;
const ADDRESS = ['fields'] as const;

interface ItemRow extends Omit<Texts<CartItem, 'extra'>, 'price'> {
  readonly price: Texts<CartPrice, 'measurementUnit'>;
}

interface IncomingRow extends Omit<IncomingCart, 'items'> {
  readonly items: readonly ItemRow[];
}

type OwnRows = 'items' | 'incoming' | 'addresses';

export interface CartRow extends RecordRow, Omit<Texts<Cart, (typeof CART)[number]>, OwnRows> {
  readonly items: readonly ItemRow[];
  readonly incoming?: readonly IncomingRow[];
  readonly addresses: readonly Texts<CartAddress, 'fields'>[];
}

const toItemRow = (item: CartItem): ItemRow => ({
  ...withStoredJson(item, ITEM),
  price: withStoredJson(item.price, PRICE),
});

const fromItemRow = (row: ItemRow): CartItem => ({
  ...withGivenJson<CartItem>(row, ITEM),
  price: withGivenJson<CartPrice>(row.price, PRICE),
});

export const cartCodec: Codec<Cart, CartRow> = {
  idOf: ({ tenant, id }) => idOf(tenant, id),
  toRow: ({ incoming, ...cart }) => ({
    ...withStoredJson(cart, CART),
    items: cart.items.map(toItemRow),
    ...(incoming && { incoming: incoming.map((one) => ({ ...one, items: one.items.map(toItemRow) })) }),
    addresses: cart.addresses.map((address) => withStoredJson(address, ADDRESS)),
  }),
  fromRow: ({ _id, rev: _rev, outbox: _outbox, ...row }) => ({
    ...withGivenJson<Cart>(row, CART),
    items: row.items.map(fromItemRow),
    ...(row.incoming && {
      incoming: row.incoming.map((one) => ({ ...one, items: one.items.map(fromItemRow) })),
    }),
    addresses: row.addresses.map((address) => withGivenJson<CartAddress>(address, ADDRESS)),
  }),
};
