import { randomUUID } from 'node:crypto';
import type { Cart } from '../../../src/cart/cart.types.js';
import type { Session } from '../../../src/session/session.types.js';
import type { Storage } from '../../../src/storage/storage.js';

const BATCH = 1_000;
/** One session in this many has a cart. */
const CART_EVERY = 20;

/** Anonymous sessions that end at the same time, through the ports. */
export async function createSessions(
  storage: Storage,
  count: number,
  now: Date,
  goneAt: Date,
): Promise<void> {
  for (let done = 0; done < count; done += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - done) }, () => aSession(now, goneAt));
    const created = await Promise.all(batch.map((session) => storage.sessions.create(session, now)));
    if (created.includes(false)) throw new Error('a session was there already');
    const carts = batch.filter((_, i) => i % CART_EVERY === 0).map(cartOf);
    await Promise.all(carts.map((cart) => storage.carts.create(cart)));
  }
}

export const cartsAmong = (sessions: number): number => Math.ceil(sessions / CART_EVERY);

function aSession(now: Date, goneAt: Date): Session {
  const lifetime = { aliveUntil: goneAt, goneAt };
  const hash = randomUUID().repeat(2).slice(0, 43);
  return {
    tenant: 'acme',
    sessionId: randomUUID(),
    kind: 'anonymous',
    clientId: 'acme-storefront',
    epoch: randomUUID(),
    revision: 1,
    createdAt: now,
    lifetime,
    refreshTokens: { current: { hash, issuedAt: now, expiresAt: goneAt }, used: [] },
    asked: {},
  };
}

const cartOf = ({ sessionId, createdAt, lifetime }: Session): Cart => ({
  id: randomUUID().replaceAll('-', '').slice(0, 24),
  tenant: 'acme',
  siteCode: 'main',
  owner: { kind: 'session', sessionId },
  sessionId,
  status: 'OPEN',
  currency: 'EUR',
  sessionValidated: false,
  items: [],
  nextItemId: 0,
  addresses: [],
  mixins: {},
  mixinSchemas: {},
  createdAt,
  modifiedAt: createdAt,
  version: 1,
  ...(lifetime && { reviewAt: lifetime.goneAt }),
});
