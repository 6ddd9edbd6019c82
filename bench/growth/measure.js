import { ask, json, many } from '../lib/ask.js';
import { residentBytesOf } from '../lib/program.js';
import { median } from '../median.js';

const CLIENT = 'tenant=acme&client_id=acme-storefront';
const OWN = '/session-context/acme/me/context';

const bearer = (token) => ({ authorization: `Bearer ${token}` });

/** What is measured, and how much of it in one round: few logins, as each adds a session to the store. */
export const MEASURED = {
  'read-own': {
    title: 'read your own context',
    perRound: 1000,
    request: (token) => ({ path: OWN, headers: bearer(token) }),
    answer: { status: 200, text: '"siteCode":"main"' },
  },
  'add-attribute': {
    title: 'add an attribute',
    perRound: 400,
    request: (token, i) => ({
      method: 'POST',
      path: `${OWN}/attributes`,
      ...json({ key: 'longitude', value: `13.${i}` }, bearer(token)),
    }),
    answer: { status: 201, text: '"longitude"' },
  },
  'anonymous-login': {
    title: 'anonymous login',
    perRound: 150,
    request: () => ({ path: `/customerlogin/auth/anonymous/login?${CLIENT}`, headers: {} }),
    answer: { status: 200, text: '"access_token":"' },
  },
};

/** The service can sign tokens for sessions that were written past it only when they are refreshed. */
export async function withTokens(store) {
  const tokens = await many(store.refreshTokens.length, async (i) => {
    const path = `/customerlogin/auth/anonymous/refresh?${CLIENT}&refresh_token=${store.refreshTokens[i]}`;
    return (await ask(store.url, { path })).json.access_token;
  });
  return { ...store, tokens, turn: 0, samples: {} };
}

/**
 * A light load that is the same for each store, in turns: so what else the machine does meets all sizes alike.
 * @param stores as `withTokens` returns them
 */
export async function measureAll(stores, { rounds, generator, connections, seconds, folder, tell }) {
  for (let round = 0; round <= rounds; round += 1) {
    for (const [id, operation] of Object.entries(MEASURED)) {
      for (const store of stores) {
        tell(`${round === 0 ? 'warm-up' : `round ${round} of ${rounds}`}: ${store.sessions}, ${id}`);
        const requests = requestsOf(operation, store);
        const load = { requests, once: true, answer: operation.answer, seconds, connections, folder };
        const sent = await generator.send(store.url, load);
        if (round > 0) (store.samples[id] ??= []).push(sent);
      }
    }
  }
  return stores.map(({ sessions, bytes, samples, program }) => ({
    sessions,
    bytes,
    memory: residentBytesOf(program.pid),
    operations: Object.fromEntries(Object.entries(samples).map(([id, sent]) => [id, mediansOf(sent)])),
  }));
}

/** Shoppers take turns, and go on in the next round where they were. */
function requestsOf({ perRound, request }, store) {
  const { tokens } = store;
  return Array.from({ length: perRound }, () => {
    store.turn += 1;
    return request(tokens[store.turn % tokens.length], store.turn);
  });
}

const mediansOf = (sent) => ({
  p50: median(sent.map(({ p50 }) => p50)),
  p99: median(sent.map(({ p99 }) => p99)),
  wrong: sent.reduce((sum, { wrong, lost }) => sum + wrong + lost, 0),
});
