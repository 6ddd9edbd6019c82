import type { CartItem } from '../../../src/cart/cart.types.js';
import type { CartAtLogin } from '../../../src/tenant/index.js';
import type { Visitor } from '../people/http-user.js';
import { openShop, type Shop, type ShopOptions } from '../shop.js';

export const CARTS = '/cart/acme/carts';
export const ON_MAIN = { siteCode: 'main', currency: 'EUR' };
export const BEN = ['ben@acme.test', 'demo-Ben-2026'] as const;

export const product = (name: string, quantity: number, currency = 'EUR') => ({
  itemYrn: `urn:yaas:hybris:product:product:acme;${name}`,
  quantity,
  price: { priceId: `price-of-${name}`, originalAmount: 10, effectiveAmount: 10, currency },
});

/** Returns quantities by product. */
export const linesOf = (items: readonly CartItem[]): Record<string, number> =>
  Object.fromEntries(items.map(({ itemYrn = '', quantity }) => [itemYrn.replace(/^.*;/, ''), quantity]));

/** Starts a service in which the tenant `acme` has this mode, and another price service. */
export const openShopWith = (cartAtLogin: CartAtLogin, options: ShopOptions = {}): Promise<Shop> =>
  openShop({ ...options, settings: { cartPrices: 'given', ...options.settings, cartAtLogin } });

/** Returns a guest with a cart of these items. */
export async function guestWith(
  shop: Shop,
  items: readonly object[],
  cart: object = ON_MAIN,
): Promise<{ guest: Visitor; cartId: string }> {
  const guest = await shop.visitor();
  const { cartId } = (await guest.post(CARTS, cart).expect(201)).body;
  for (const item of items) await guest.post(`${CARTS}/${cartId}/items`, item).expect(201);
  return { guest, cartId };
}

/** Makes the customer's older open cart, in a session that is over. */
export async function olderCart(
  shop: Shop,
  items: readonly object[],
  cart: object = ON_MAIN,
): Promise<string> {
  const customer = await (await shop.visitor()).logIn(...BEN);
  const { cartId } = (await customer.post(CARTS, cart).expect(201)).body;
  for (const item of items) await customer.post(`${CARTS}/${cartId}/items`, item).expect(201);
  await customer.logOut().expect(204);
  return cartId;
}
