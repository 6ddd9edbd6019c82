import type { HttpUser } from '../people/http-user.js';

/** What a call of a tool names. */
export interface ToolThings {
  readonly sessionId: string;
  readonly cartId: string;
  readonly lineId: string;
}

/** Asks a route that a tool stands on, and returns the status. */
type Ask = (user: HttpUser, things: ToolThings) => Promise<number>;

export interface StaffRow {
  readonly args: (things: ToolThings) => Readonly<Record<string, unknown>>;
  /** The scopes that the tool needs, each with the route that asks for it, in the order of the calls. */
  readonly needs: Readonly<Record<string, Ask>>;
  /** What the tool answers about each of `OBJECTS` that its call can name. 200: it does what it is asked for. */
  readonly answers: Readonly<Partial<Record<ToolObject, number>>>;
}

const TENANT = 'acme';

const get =
  (pathOf: (things: ToolThings) => string): Ask =>
  async (user, things) =>
    (await user.get(pathOf(things))).status;

const session = ({ sessionId }: ToolThings): string =>
  `/admin/${TENANT}/sessions/${encodeURIComponent(sessionId)}`;
const items = ({ cartId }: ToolThings): string => `/cart/${TENANT}/carts/${encodeURIComponent(cartId)}/items`;

const dryRun: Ask = async (user, things) => (await user.post(`${session(things)}/dry-run`, {})).status;

/** With the version that there is: another one would be refused for that. */
const changeContext: Ask = async (user, things) => {
  const { body } = await user.get(session(things));
  const change = { language: 'de', metadata: { version: body.version ?? 1 } };
  return (await user.patch(`${session(things)}/context`, change)).status;
};

const matchPrices: Ask = async (user) => {
  const wanted = {
    itemId: { itemType: 'PRODUCT', id: 'raincoat' },
    quantity: { quantity: 1, unitCode: 'pc' },
  };
  const place = { siteCode: 'main', targetCurrency: 'EUR', targetLocation: { countryCode: 'DE' } };
  return (await user.post(`/price/${TENANT}/match-prices`, { items: [wanted], ...place })).status;
};

const addItem: Ask = async (user, things) => {
  const price = { priceId: 'raincoat-eur', originalAmount: 79, effectiveAmount: 79, currency: 'EUR' };
  const item = { itemYrn: `urn:yaas:hybris:product:product:${TENANT};raincoat`, quantity: 1, price };
  return (await user.post(items(things), item).set('session-id', things.sessionId)).status;
};

const changeItem: Ask = async (user, things) => {
  const line = `${items(things)}/${encodeURIComponent(things.lineId)}?partial=true`;
  return (await user.put(line, { quantity: 2 }).set('session-id', things.sessionId)).status;
};

/** What is named instead of a shopper's own things. */
export const OBJECTS = [
  'a shopper’s session with its cart',
  'a session of another tenant',
  'a session that ended',
  'a session that nobody began',
  'a session that is a step in a path',
  'a session that is a step upwards in a path',
  'a cart that is bound to another session',
  'a cart of another shopper that is bound to no session',
  'a cart of another tenant',
  'a cart that nobody made',
  'a cart that is a step in a path',
  'a cart that is a step upwards in a path',
  'a line that is not there',
  'a line that is a step in a path',
  'a line that is a step upwards in a path',
] as const;

export type ToolObject = (typeof OBJECTS)[number];

const ABOUT_SESSION = {
  'a shopper’s session with its cart': 200,
  'a session of another tenant': 404,
  'a session that ended': 404,
  'a session that nobody began': 404,
  'a session that is a step in a path': 404,
  'a session that is a step upwards in a path': 404,
} as const;

const ABOUT_CART = {
  'a cart that is bound to another session': 403,
  'a cart of another shopper that is bound to no session': 200,
  'a cart of another tenant': 404,
  'a cart that nobody made': 404,
  'a cart that is a step in a path': 404,
  'a cart that is a step upwards in a path': 404,
} as const;

const bySession = ({ sessionId }: ToolThings) => ({ sessionId });

/** Every tool for tokens of clients. */
export const STAFF: Readonly<Record<string, StaffRow>> = {
  sessions_find: {
    args: () => ({}),
    needs: { 'session.session_read': get(() => `/admin/${TENANT}/sessions`) },
    answers: {},
  },
  session_read: {
    args: bySession,
    needs: { 'session.session_read': get(session) },
    answers: ABOUT_SESSION,
  },
  session_explain: {
    args: bySession,
    needs: { 'session.session_read': get((things) => `${session(things)}/explain`) },
    answers: ABOUT_SESSION,
  },
  session_history: {
    args: bySession,
    needs: { 'session.session_read': get((things) => `${session(things)}/history`) },
    answers: ABOUT_SESSION,
  },
  session_dry_run: {
    args: ({ sessionId }) => ({ sessionId, values: {} }),
    needs: { 'session_context.context_manage': dryRun },
    answers: ABOUT_SESSION,
  },
  context_change: {
    args: ({ sessionId }) => ({ sessionId, language: 'de', reason: 'She speaks German' }),
    needs: { 'session.session_read': get(session), 'session.session_manage': changeContext },
    answers: ABOUT_SESSION,
  },
  cart_add: {
    args: ({ sessionId, cartId }) => ({ sessionId, cartId, productId: 'raincoat', quantity: 1 }),
    needs: {
      'session.session_read': get(session),
      'price.price_read': matchPrices,
      'cart.cart_manage': addItem,
    },
    answers: { ...ABOUT_SESSION, ...ABOUT_CART },
  },
  cart_change_line: {
    args: ({ sessionId, cartId, lineId }) => ({ sessionId, cartId, lineId, quantity: 2 }),
    needs: { 'cart.cart_manage': changeItem },
    answers: {
      // A cart that is bound to its session tells nobody else whether the session that they name is there.
      'a shopper’s session with its cart': 200,
      'a session of another tenant': 403,
      'a session that ended': 403,
      'a session that nobody began': 403,
      'a session that is a step in a path': 403,
      'a session that is a step upwards in a path': 403,
      ...ABOUT_CART,
      'a line that is not there': 404,
      'a line that is a step in a path': 404,
      'a line that is a step upwards in a path': 404,
    },
  },
};

/** Every tool for tokens of shoppers: what a call says beside the session, which is always that of the token. */
export const SHOPPER: Readonly<Record<string, (lineId: string) => Readonly<Record<string, unknown>>>> = {
  session_read: () => ({}),
  context_change: () => ({ language: 'de' }),
  cart_read: () => ({}),
  cart_add: () => ({ productId: 'raincoat', quantity: 1 }),
  cart_change_line: (lineId) => ({ lineId, quantity: 2 }),
};
