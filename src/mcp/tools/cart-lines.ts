import type { CallToolResult } from '@modelcontextprotocol/server';
import { isJsonObject, type JsonObject } from '../../shared/json.js';
import type { RouteAnswer } from '../own-routes.js';
import { answered, refused, type ToolSurroundings } from './tool.js';

const AFTER_CHANGE = 'Tell the person what is in the cart and what it costs now.';

interface Wanted {
  readonly cartId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly headers?: Readonly<Record<string, string>>;
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
  { tenant, routes }: ToolSurroundings,
  { cartId, productId, quantity, headers = {} }: Wanted,
  found: RouteAnswer,
): Promise<CallToolResult> {
  if (found.status !== 200) return refused(found);
  const price = Array.isArray(found.body) ? found.body.find(isJsonObject) : undefined;
  if (!price) {
    const body = { message: `${productId} has no price at this site, in this currency and for this country` };
    return refused({ status: 404, body }, 'Offer another product, or change the currency or the site.');
  }
  const path = `/cart/${tenant}/carts/${encodeURIComponent(cartId)}`;
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
  return answered(await routes.call('GET', path, { headers }), AFTER_CHANGE);
}

/** @param pieces 0 removes the line */
export async function changeLine(
  { tenant, routes }: ToolSurroundings,
  cartId: string,
  lineId: string,
  pieces: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<CallToolResult> {
  const path = `/cart/${tenant}/carts/${encodeURIComponent(cartId)}`;
  const line = `${path}/items/${encodeURIComponent(lineId)}`;
  const changed =
    pieces === 0
      ? await routes.call('DELETE', line, { headers })
      : await routes.call('PUT', line, { headers, query: { partial: true }, body: { quantity: pieces } });
  if (changed.status >= 300) return refused(changed);
  return answered(await routes.call('GET', path, { headers }), AFTER_CHANGE);
}
