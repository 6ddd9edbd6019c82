import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createParser } from 'eventsource-parser';
import { freePort } from '../test/support/mongo/mongod-process.ts';
import { startMongod } from '../test/support/mongo/mongod.ts';
import { ask, json, many } from './lib/ask.js';

/**
 * `npm run bench:live [CHANGES]`: how long it takes from sending a change to one instance until a stream on another
 * instance has the event; on the embedded store, which has one instance, on the same. docs/performance.md.
 */
const CHANGES = Number(process.argv[2] ?? 1_000);
const SHOPPERS = 50;
const PAUSE_MS = 10;
const SETTINGS = { LOG_LEVEL: 'error', RATE_LIMITS: 'off', ISSUER: 'http://onesession.test' };

/** The built service, and how to end it. */
async function start(env) {
  const port = await freePort();
  const service = spawn(process.execPath, ['dist/main.js'], {
    env: { ...process.env, ...SETTINGS, ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  for (let ready = false; !ready; await sleep(100)) {
    if (service.exitCode !== null) throw new Error(`the service ended with ${service.exitCode}`);
    ready = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
  return {
    url,
    stop: async () => {
      service.kill('SIGTERM');
      await once(service, 'exit');
    },
  };
}

async function shopperAt(url) {
  const login = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
  const { json: tokens } = await ask(url, { path: login });
  const authorization = `Bearer ${tokens.access_token}`;
  const cart = { siteCode: 'main', currency: 'EUR' };
  await ask(url, { method: 'POST', path: '/cart/acme/carts', ...json(cart, { authorization }) });
  return { authorization };
}

/** Calls `seen` with the time and the data of each event. */
async function follow(url, { authorization }, seen) {
  const response = await fetch(`${url}/session-context/acme/me/events`, { headers: { authorization } });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  const parser = createParser({ onEvent: ({ data }) => seen(performance.now(), data) });
  const decoder = new TextDecoder();
  const reading = (async () => {
    for await (const chunk of response.body) parser.feed(decoder.decode(chunk, { stream: true }));
  })();
  reading.catch(() => undefined);
}

async function measure(name, writer, reader) {
  const sentAt = new Map();
  const times = [];
  const shoppers = await many(SHOPPERS, () => shopperAt(writer), 8);
  for (const shopper of shoppers) {
    await follow(reader, shopper, (at, data) => {
      for (const { field } of JSON.parse(data).data?.changes ?? []) {
        const sent = sentAt.get(field);
        if (sent !== undefined) times.push(at - sent);
        sentAt.delete(field);
      }
    });
  }
  for (let i = 0; i < CHANGES; i += 1) {
    const { authorization } = shoppers[i % SHOPPERS];
    sentAt.set(`context.n${i}`, performance.now());
    const change = json({ key: `n${i}`, value: String(i) }, { authorization });
    await ask(writer, { method: 'POST', path: '/session-context/acme/me/context/attributes', ...change });
    await sleep(PAUSE_MS);
  }
  for (let i = 0; i < 100 && sentAt.size > 0; i += 1) await sleep(100);
  times.sort((a, b) => a - b);
  const [p50, p95, p99, most] = [0.5, 0.95, 0.99, 1].map((part) =>
    Math.round(times[Math.min(times.length - 1, Math.floor(part * times.length))]),
  );
  console.log(
    `${name}: ${times.length} of ${CHANGES} changes, p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms, slowest ${most} ms`,
  );
}

const folder = await mkdtemp(join(tmpdir(), 'onesession-live-'));
const mongod = await startMongod();
const running = [];
try {
  const embedded = await start({ MONGODB_URI: undefined, DATA_DIR: folder });
  running.push(embedded);
  await measure('embedded, one instance', embedded.url, embedded.url);
  const MONGODB_URI = mongod.uri;
  const [one, other] = [await start({ MONGODB_URI }), await start({ MONGODB_URI })];
  running.push(one, other);
  await measure('mongo, two instances', one.url, other.url);
} finally {
  await Promise.all(running.map(({ stop }) => stop()));
  await mongod.stop();
  await rm(folder, { recursive: true, force: true });
}
