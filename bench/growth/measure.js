import { ask, json, many } from '../lib/ask.js';
import { cpuSecondsOf, residentBytesOf } from '../lib/program.js';

const CLIENT = 'tenant=acme&client_id=acme-storefront';
/** Calls of each operation before it is measured. */
const WARM_UP = 200;
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

/** These sessions were written without the service, so it can sign tokens for them only when they are refreshed. */
export async function withTokens(store) {
  const tokens = await many(store.refreshTokens.length, async (i) => {
    const path = `/customerlogin/auth/anonymous/refresh?${CLIENT}&refresh_token=${store.refreshTokens[i]}`;
    return (await ask(store.url, { path })).json.access_token;
  });
  return { ...store, tokens, turn: 0, samples: {} };
}

/**
 * Puts the same light load on each store in turn, so that other work of the machine affects all sizes alike.
 * @param stores as `withTokens` returns them
 * @param servers pids of what serves all of them, such as a mongod
 */
export async function measureAll(stores, servers, options) {
  const { rounds, tell } = options;
  await warmUp(stores, options);
  for (let round = 1; round <= rounds; round += 1) {
    for (const [id, operation] of Object.entries(MEASURED)) {
      for (const store of stores) {
        tell(`round ${round} of ${rounds}: ${store.sessions}, ${id}`);
        const sample = await sampleOf(operation, store, servers, options);
        (store.samples[id] ??= []).push(sample);
      }
    }
  }
  return stores.map(({ sessions, bytes, samples, program }) => ({
    sessions,
    bytes,
    memory: residentBytesOf(program.pid),
    operations: Object.fromEntries(Object.entries(samples).map(([id, all]) => [id, quietest(all)])),
  }));
}

/** Each token is used once: the first use of a token checks its signature, and a small store has fewer shoppers. */
async function warmUp(stores, { tell }) {
  for (const store of stores) {
    tell(`warm-up: ${store.sessions}`);
    await many(store.tokens.length, (i) => ask(store.url, MEASURED['read-own'].request(store.tokens[i])));
    for (const { request } of Object.values(MEASURED)) {
      await many(WARM_UP, (i) => ask(store.url, request(store.tokens[i % store.tokens.length], i)));
    }
  }
}

async function sampleOf(operation, store, servers, { generator, connections, seconds, folder }) {
  const pids = [store.program.pid, ...servers];
  const cpu = () => pids.reduce((sum, pid) => sum + cpuSecondsOf(pid), 0);
  const requests = requestsOf(operation, store);
  const before = cpu();
  const load = { requests, once: true, answer: operation.answer, seconds, connections, folder };
  const sent = await generator.send(store.url, load);
  return { ...sent, cpuSeconds: cpu() - before };
}

/** Shoppers take turns, and go on in the next round where they were. */
function requestsOf({ perRound, request }, store) {
  const { tokens } = store;
  return Array.from({ length: perRound }, () => {
    store.turn += 1;
    return request(tokens[store.turn % tokens.length], store.turn);
  });
}

/** The times of the quickest round, because other work of the machine only adds to them, and the CPU of all rounds. */
function quietest(samples) {
  const sum = (of) => samples.reduce((all, sample) => all + of(sample), 0);
  const { p50, p99 } = samples.toSorted((a, b) => a.p50 - b.p50)[0];
  const cpuMicros = (sum(({ cpuSeconds }) => cpuSeconds) * 1e6) / sum(({ requests }) => requests);
  return { p50, p99, cpuMicros, wrong: sum(({ wrong, lost }) => wrong + lost) };
}
