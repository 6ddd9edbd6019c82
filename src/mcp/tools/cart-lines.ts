import type { CallToolResult } from '@modelcontextprotocol/server';
import { isJsonObject, type JsonObject } from '../../shared/json.js';
import type { RouteAnswer } from '../own-routes.js';
import { linesChanged } from './cart-notes.rules.js';
import { answered, type NotedCart, refused, type ToolSurroundings } from './tool.js';

const AFTER_CHANGE = 'Tell the person what is in the cart and what it costs now.';

interface Wanted {
  readonly cartId: string;
  readonly productId: string;
  readonly quantity: number;
  /** The session to work in. Absent: that of the token. */
  readonly sessionId?: string;
}

interface WantedLine {
  readonly cartId: string;
  readonly lineId: string;
  /** Pieces; 0 removes the line. */
  readonly quantity: number;
  /** As for `Wanted`. */
  readonly sessionId?: string;
}

/** Puts a product into the cart of a session, at the price for everybody there. */
export async function addProduct(
  around: ToolSurroundings,
  wanted: Wanted & { readonly session: JsonObject },
): Promise<CallToolResult> {
  const { siteCode, currency, targetLocation } = wanted.session;
  const body = {
    items: wantedItems(wanted),
    siteCode,
    targetCurrency: currency,
    targetLocation: { countryCode: targetLocation },
  };
  const found = await around.routes.call('POST', `/price/${around.tenant}/match-prices`, { body });
  return addAtPrice(around, wanted, found);
}

/** What a price match is asked for. */
export const wantedItems = ({
  productId,
  quantity,
}: Pick<Wanted, 'productId' | 'quantity'>): readonly object[] => [
  { itemId: { itemType: 'PRODUCT', id: productId }, quantity: { quantity, unitCode: 'pc' } },
];

/** @param found the answer of a price match */
export async function addAtPrice(
  around: ToolSurroundings,
  { cartId, productId, quantity, sessionId }: Wanted,
  found: RouteAnswer,
): Promise<CallToolResult> {
  const { tenant, routes } = around;
  const headers = inSession(sessionId);
  if (found.status !== 200) return refused(found);
  const price = Array.isArray(found.body) ? found.body.find(isJsonObject) : undefined;
  if (!price) {
    const body = { message: `${productId} has no price at this site, in this currency and for this country` };
    return refused({ status: 404, body }, 'Offer another product, or change the currency or the site.');
  }
  const path = `/cart/${tenant}/carts/${encodeURIComponent(cartId)}`;
  const before = await routes.call('GET', path, { headers });
  if (before.status >= 300) return refused(before);
  const added = await routes.call('POST', `${path}/items`, {
    headers,
    body: {
      itemYrn: `urn:yaas:hybris:product:product:${tenant};${productId}`,
      quantity,
      price: {
        priceId: price['priceId'],
        originalAmount: price['originalValue'],
        effectiveAmount: price['effectiveValue'],
        currency: price['currency'],
      },
    },
  });
  if (added.status >= 300) return refused(added);
  return toldCart(around, { cartId, sessionId }, before);
}

export async function changeLine(
  around: ToolSurroundings,
  { cartId, lineId, quantity, sessionId }: WantedLine,
): Promise<CallToolResult> {
  const { tenant, routes } = around;
  const headers = inSession(sessionId);
  const path = `/cart/${tenant}/carts/${encodeURIComponent(cartId)}`;
  const line = `${path}/items/${encodeURIComponent(lineId)}`;
  const before = await routes.call('GET', path, { headers });
  if (before.status >= 300) return refused(before);
  const changed =
    quantity === 0
      ? await routes.call('DELETE', line, { headers })
      : await routes.call('PUT', line, { headers, query: { partial: true }, body: { quantity } });
  if (changed.status >= 300) return refused(changed);
  return toldCart(around, { cartId, sessionId }, before);
}

/** Notes what became of the cart, and tells the agent. @param before the cart as it was */
async function toldCart(
  { tenant, routes, noteCart }: ToolSurroundings,
  cart: NotedCart,
  before: RouteAnswer,
): Promise<CallToolResult> {
  const path = `/cart/${tenant}/carts/${encodeURIComponent(cart.cartId)}`;
  const after = await routes.call('GET', path, { headers: inSession(cart.sessionId) });
  if (after.status === 200) await noteCart(cart, linesChanged(before.body, after.body));
  return answered(after, AFTER_CHANGE);
}

const inSession = (id: string | undefined): Readonly<Record<string, string>> =>
  id === undefined ? {} : { 'session-id': id };
