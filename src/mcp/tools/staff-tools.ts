import type { CallToolResult } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { isJsonObject } from '../../shared/json.js';
import { addProduct, changeLine } from './cart-lines.js';
import { answered, contextValues, quantity, refused, tool, type ToolSurroundings } from './tool.js';

const sessionId = z.string().min(1).max(64).describe('Id of the session; `sessions_find` returns it.');
const reason = z.string().min(1).max(500).describe('Why, in words that a colleague understands later.');
const cartId = z.string().min(1).max(64).describe('Id of the cart; `session_read` returns it.');

const SCOPES = {
  read: 'session.session_read',
  tryOut: 'session_context.context_manage',
  manage: 'session.session_manage',
  carts: 'cart.cart_manage',
  prices: 'price.price_read',
} as const;

const admin = ({ tenant }: ToolSurroundings, id: string): string =>
  `/admin/${tenant}/sessions/${encodeURIComponent(id)}`;

/** Headers are bytes, which the service reads as UTF-8. */
const withReason = (text: string): Readonly<Record<string, string>> => ({
  'x-reason': Buffer.from(text, 'utf8').toString('latin1'),
});

/**
 * For the token of a backend or an employee's tool; each with the scopes that its routes ask for, and whether one of these
 * is below `/admin`, which with `ADMIN_PORT` is not served where agents are.
 */
export const STAFF_TOOLS = [
  {
    isForOperators: true,
    scopes: [SCOPES.read],
    ...tool({
      name: 'sessions_find',
      title: 'Find sessions',
      description:
        'Lists sessions by e-mail, customer, cart, site, currency or kind, the newest first. Use it when you do not know ' +
        'the session’s id.',
      input: z.object({
        email: z.string().max(320).optional().describe('E-mail address of the customer.'),
        customerId: z.string().max(64).optional(),
        cartId: z.string().max(64).optional(),
        siteCode: z.string().max(64).optional(),
        currency: z.string().max(3).optional(),
        kind: z.enum(['anonymous', 'customer']).optional(),
        limit: z.number().int().min(1).max(50).default(10),
      }),
      readOnly: true,
      run: async (query, { tenant, routes }) =>
        answered(
          await routes.call('GET', `/admin/${tenant}/sessions`, { query }),
          'Read one with `session_read`, or say why its values are so with `session_explain`.',
        ),
    }),
  },
  {
    isForOperators: true,
    scopes: [SCOPES.read],
    ...tool({
      name: 'session_read',
      title: 'Read a session',
      description: 'Returns a session with all values and where each came from, its segment and its cart.',
      input: z.object({ sessionId }),
      readOnly: true,
      run: async ({ sessionId: id }, around) => answered(await around.routes.call('GET', admin(around, id))),
    }),
  },
  {
    isForOperators: true,
    scopes: [SCOPES.read],
    ...tool({
      name: 'session_explain',
      title: 'Explain a session',
      description:
        'Says of each value which app or person set it, from which inputs. Answers “why is it so?”.',
      input: z.object({ sessionId }),
      readOnly: true,
      run: async ({ sessionId: id }, around) =>
        answered(await around.routes.call('GET', `${admin(around, id)}/explain`)),
    }),
  },
  {
    isForOperators: true,
    scopes: [SCOPES.read],
    ...tool({
      name: 'session_history',
      title: 'Read the history of a session',
      description: 'Returns who changed what and when, the newest first. Answers “who did this?”.',
      input: z.object({ sessionId }),
      readOnly: true,
      run: async ({ sessionId: id }, around) =>
        answered(await around.routes.call('GET', `${admin(around, id)}/history`)),
    }),
  },
  {
    isForOperators: true,
    scopes: [SCOPES.tryOut],
    ...tool({
      name: 'session_dry_run',
      title: 'Try a change',
      description: 'Shows what the session apps would make of new public values. Saves nothing.',
      input: z.object({
        sessionId,
        values: z.record(z.string().max(256), z.string().max(1_000)).describe('Values of `public`, by name.'),
      }),
      readOnly: true,
      run: async ({ sessionId: id, values }, around) => {
        const entries = Object.entries(values).map(([name, value]) => [name, { value }] as const);
        const body = { public: Object.fromEntries(entries) };
        return answered(await around.routes.call('POST', `${admin(around, id)}/dry-run`, { body }));
      },
    }),
  },
  {
    isForOperators: true,
    scopes: [SCOPES.read, SCOPES.manage],
    ...tool({
      name: 'context_change',
      title: 'Change a session',
      description:
        'Changes site, currency, country, language or attributes of a shopper’s session. The cart follows. Only on a ' +
        'person’s word: give the reason.',
      input: z.object({ sessionId, reason, ...contextValues }),
      readOnly: false,
      run: changeContext,
    }),
  },
  {
    isForOperators: true,
    scopes: [SCOPES.read, SCOPES.carts, SCOPES.prices],
    ...tool({
      name: 'cart_add',
      title: 'Put a product into a cart',
      description:
        'Adds pieces of a product at the price for everybody, in a shopper’s cart. Returns the cart.',
      input: z.object({
        sessionId,
        cartId,
        productId: z.string().min(1).max(200).describe('Id of the product.'),
        quantity,
      }),
      readOnly: false,
      run: async (wanted, around) => {
        const session = await around.routes.call('GET', admin(around, wanted.sessionId));
        if (session.status !== 200 || !isJsonObject(session.body)) return refused(session);
        return addProduct(around, { ...wanted, session: session.body });
      },
    }),
  },
  {
    isForOperators: false,
    scopes: [SCOPES.carts],
    ...tool({
      name: 'cart_change_line',
      title: 'Change a line of a cart',
      description: 'Sets how many pieces a line has; 0 removes the line.',
      input: z.object({
        sessionId,
        cartId,
        lineId: z.string().min(1).max(64).describe('`id` of the line.'),
        quantity: z.number().int().min(0).max(9_999).describe('Pieces; 0 removes the line.'),
      }),
      readOnly: false,
      run: (wanted, around) => changeLine(around, wanted),
    }),
  },
] as const;

interface StaffChange extends z.infer<z.ZodObject<typeof contextValues>> {
  readonly sessionId: string;
  readonly reason: string;
}

async function changeContext(
  { sessionId: id, reason: why, attributes, ...values }: StaffChange,
  around: ToolSurroundings,
): Promise<CallToolResult> {
  const path = admin(around, id);
  const known = await around.routes.call('GET', path);
  if (known.status !== 200 || !isJsonObject(known.body)) return refused(known);
  const body = { ...values, context: attributes, metadata: { version: known.body['version'] } };
  const changed = await around.routes.call('PATCH', `${path}/context`, { body, headers: withReason(why) });
  return answered(changed, 'Tell the person what changed, and that the cart’s prices followed.');
}
