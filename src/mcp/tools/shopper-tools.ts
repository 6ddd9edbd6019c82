import type { CallToolResult } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { isJsonObject, type JsonObject } from '../../shared/json.js';
import type { RouteAnswer } from '../own-routes.js';
import { addAtPrice, changeLine, wantedItems } from './cart-lines.js';
import { answered, contextValues, quantity, refused, told, tool, type ToolSurroundings } from './tool.js';

const NO_CONTEXT =
  'The session is new and has no context yet. It gets one with its first cart: call `cart_add` or `cart_read`.';

/** For the token of a shopper: always about that shopper's own session. */
export const SHOPPER_TOOLS = [
  tool({
    name: 'session_read',
    title: 'Read the session',
    description:
      'Returns site, currency, country, language, custom attributes and the id of the cart of this shopping session. ' +
      'Call it first, before you name prices or change anything.',
    input: z.object({}),
    readOnly: true,
    run: async (_, around) => {
      const context = await contextOf(around);
      return context.status === 404 ? told(null, NO_CONTEXT) : answered(context);
    },
  }),
  tool({
    name: 'context_change',
    title: 'Change the session',
    description:
      'Changes site, currency, country, language or custom attributes. The cart and its prices follow. Fields that you ' +
      'leave out stay.',
    input: z.object(contextValues),
    readOnly: false,
    run: changeContext,
  }),
  tool({
    name: 'cart_read',
    title: 'Read the cart',
    description: 'Returns the open cart with its lines and totals. Makes an empty one if there is none.',
    input: z.object({}),
    readOnly: false,
    run: async (_, around) => answered(await cartOf(around)),
  }),
  tool({
    name: 'cart_add',
    title: 'Put a product into the cart',
    description:
      'Adds pieces of a product at the price that this shopper pays. Returns the cart. Ask the person before you add ' +
      'something that they did not name.',
    input: z.object({ productId: z.string().min(1).max(200).describe('Id of the product.'), quantity }),
    readOnly: false,
    run: async (wanted, around) => {
      const answer = await cartOf(around);
      if (!isJsonObject(answer.body) || answer.status >= 300) return refused(answer);
      const path = `/price/${around.tenant}/match-prices-by-context`;
      const found = await around.routes.call('POST', path, { body: { items: wantedItems(wanted) } });
      return addAtPrice(around, { ...wanted, cartId: String(answer.body['id']) }, found);
    },
  }),
  tool({
    name: 'cart_change_line',
    title: 'Change a line of the cart',
    description: 'Sets how many pieces a line has; 0 removes the line. Line ids come from `cart_read`.',
    input: z.object({
      lineId: z.string().min(1).max(64).describe('`id` of the line.'),
      quantity: z.number().int().min(0).max(9_999).describe('Pieces; 0 removes the line.'),
    }),
    readOnly: false,
    run: async (wanted, around) => {
      const answer = await cartOf(around);
      if (!isJsonObject(answer.body) || answer.status >= 300) return refused(answer);
      return changeLine(around, { ...wanted, cartId: String(answer.body['id']) });
    },
  }),
] as const;

const contextOf = ({ tenant, routes }: ToolSurroundings): Promise<RouteAnswer> =>
  routes.call('GET', `/session-context/${tenant}/me/context`);

/** The cart of the context, or a new one on the site of the session. */
async function cartOf(around: ToolSurroundings): Promise<RouteAnswer> {
  const { tenant, routes } = around;
  const { status, body } = await contextOf(around);
  const context: JsonObject = status === 200 && isJsonObject(body) ? body : {};
  const { cartId, siteCode } = context;
  if (typeof cartId === 'string') return routes.call('GET', `/cart/${tenant}/carts/${cartId}`);
  const site = typeof siteCode === 'string' ? siteCode : await defaultSite(around);
  return routes.call('GET', `/cart/${tenant}/carts`, { query: { siteCode: site, create: true } });
}

/** What a new session would have: its segment names the site. */
async function defaultSite({ tenant, routes }: ToolSurroundings): Promise<string> {
  const { body } = await routes.call('GET', '/api/segments', { query: { an: tenant } });
  const channel = isJsonObject(body) ? body['channel'] : undefined;
  return typeof channel === 'string' ? channel : 'main';
}

async function changeContext(
  { siteCode, currency, targetLocation, language, attributes }: z.infer<z.ZodObject<typeof contextValues>>,
  around: ToolSurroundings,
): Promise<CallToolResult> {
  const { tenant, routes } = around;
  const known = await contextOf(around);
  if (known.status === 404) return refused(known, NO_CONTEXT);
  if (known.status !== 200 || !isJsonObject(known.body)) return refused(known);
  const { cartId } = known.body;
  const cart = `/cart/${tenant}/carts/${String(cartId)}`;
  const hasCart = typeof cartId === 'string';
  const steps: (() => Promise<RouteAnswer>)[] = [];
  // An open cart takes the session along, so that its prices follow.
  if (hasCart && siteCode !== undefined)
    steps.push(() => routes.call('POST', `${cart}/changeSite`, { body: { siteCode } }));
  if (hasCart && currency !== undefined)
    steps.push(() => routes.call('POST', `${cart}/changeCurrency`, { body: { currency } }));
  const rest = {
    ...(!hasCart && { siteCode, currency }),
    targetLocation,
    language,
    context: attributes,
  };
  if (Object.values(rest).some((value) => value !== undefined)) steps.push(() => patchContext(around, rest));
  for (const step of steps) {
    const answer = await step();
    if (answer.status >= 300) return refused(answer);
  }
  return answered(await contextOf(around), 'Prices may differ now: read the cart before you name them.');
}

async function patchContext(around: ToolSurroundings, changes: object): Promise<RouteAnswer> {
  const { body } = await contextOf(around);
  const metadata = isJsonObject(body) ? body['metadata'] : undefined;
  const path = `/session-context/${around.tenant}/me/context`;
  return around.routes.call('PATCH', path, { body: { ...changes, metadata } });
}
