import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { newCart } from '../../src/cart/cart.rules.js';
import { attachCart, setAttribute, withFirstContext } from '../../src/session/context/context.rules.js';
import { anonymousSession } from '../../src/session/new-session.rules.js';
import {
  formatRefreshToken,
  hashRefreshSecret,
  newRefreshSecret,
} from '../../src/session/tokens/refresh-token.js';
import { firstRefreshToken } from '../../src/session/tokens/refresh.rules.js';
import { secondsAfter } from '../../src/shared/clock.js';
import { newId, newSessionId } from '../../src/shared/ids.js';
import { EmbeddedStorage } from '../../src/storage/embedded/embedded-storage.js';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';

/**
 * A program that fills a store with the sessions of anonymous shoppers, made by the service's own rules and written through
 * its own ports. It writes the refresh tokens of some of those with a context to a file, evenly spread over all sessions.
 */
const BATCH = 1_000;
/** One session in this many has filled a cart, and so has a context. */
const CONTEXT_EVERY = 10;
const ALIVE_SECONDS = 3_600;
const WINDOW_SECONDS = 86_400;

const KEY = { tenant: 'acme', siteCode: 'main' };
const VALUES = Object.fromEntries(
  Object.entries({ siteCode: 'main', currency: 'EUR', targetLocation: 'DE', language: 'en' }).map(
    ([name, value]) => [name, { value, source: 'site' }],
  ),
);
const ATTRIBUTES = { segment: 'returning', latitude: '52.5200', utm_campaign: 'black friday' };

function shopper(now, withContext) {
  const secret = newRefreshSecret();
  const goneAt = secondsAfter(now, WINDOW_SECONDS);
  const token = { hash: hashRefreshSecret(secret), grant: newId(), windowSeconds: WINDOW_SECONDS };
  const made = {
    tenant: KEY.tenant,
    sessionId: newSessionId(),
    clientId: 'acme-storefront',
    epoch: randomUUID(),
    lifetime: { aliveUntil: secondsAfter(now, ALIVE_SECONDS), goneAt },
    refreshTokens: firstRefreshToken(token, now),
    asked: {},
  };
  const session = anonymousSession(made, now);
  const refreshToken = formatRefreshToken(session, secret);
  if (!withContext) return { session, refreshToken };
  const { sessionId } = session;
  const origin = { ...KEY, id: newId(), owner: { kind: 'session', sessionId }, sessionId, goneAt };
  const cart = newCart({ currency: 'EUR' }, origin, now);
  return { session: usedSession(session, cart, now), cart, refreshToken };
}

function usedSession(session, cart, now) {
  const attached = attachCart(withFirstContext(session, VALUES, now), cart.id, now);
  const author = { source: 'shopper', now };
  return Object.entries(ATTRIBUTES).reduce(
    (s, [name, value]) => setAttribute(s, name, value, author),
    attached,
  );
}

async function fill(storage, count, mostTokens) {
  const tokens = [];
  const every = Math.max(1, Math.floor(count / CONTEXT_EVERY / mostTokens)) * CONTEXT_EVERY;
  for (let done = 0; done < count; done += BATCH) {
    const now = new Date();
    const size = Math.min(BATCH, count - done);
    const batch = Array.from({ length: size }, (_, i) => shopper(now, (done + i) % CONTEXT_EVERY === 0));
    const created = await Promise.all(batch.map(({ session }) => storage.sessions.create(session, now)));
    const carts = await Promise.all(batch.flatMap(({ cart }) => (cart ? [storage.carts.create(cart)] : [])));
    if ([...created, ...carts].includes(false)) throw new Error('a record was there already');
    tokens.push(...batch.filter((_, i) => (done + i) % every === 0).map(({ refreshToken }) => refreshToken));
    process.send?.({ done: done + size });
  }
  return tokens.slice(0, mostTokens);
}

async function open({ MONGODB_URI, DATA_DIR }) {
  if (!MONGODB_URI) return EmbeddedStorage.open(DATA_DIR);
  const storage = MongoStorage.open(MONGODB_URI);
  await storage.prepare();
  return storage;
}

const { SESSIONS, TOKENS, TOKENS_FILE } = process.env;
const storage = await open(process.env);
try {
  writeFileSync(TOKENS_FILE, JSON.stringify(await fill(storage, Number(SESSIONS), Number(TOKENS))));
} finally {
  await storage.close();
}
process.disconnect?.();
