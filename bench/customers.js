import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/app.setup.ts';
import { BootstrapService, readBootstrap } from '../src/bootstrap/index.ts';
import { readConfig } from '../src/config/config.schema.ts';
import { createPino, Readiness } from '../src/observability/index.ts';
import { SystemClock } from '../src/shared/clock.ts';
import { newId } from '../src/shared/ids.ts';
import { openStorage } from '../src/storage/open-storage.ts';
import { startMongod } from '../test/support/mongo/mongod.ts';

/**
 * `npm run bench:customers [-- COUNT [embedded|mongo]]`: how long it takes to find one of a million customers, over
 * HTTP on loopback. Service and client share one process. docs/performance.md has the figures.
 */
const [count = '1000000', store = 'embedded'] = process.argv.slice(2);
const COUNT = Number(count);
const AT_ONCE = 2_000;
const ASKED = 200;

const SYLLABLES = 'an ber chri da el fre ga han in jo ka lu ma ni ol pe ro sa ti ul vi wal xe yo zo'.split(
  ' ',
);
const nameOf = (i, parts) =>
  Array.from({ length: parts }, (_, part) => SYLLABLES[Math.floor(i / 25 ** part) % 25]).join('');

/** 625 first names and 15,625 last names, none of which is rare. */
function customer(i) {
  const [firstName, lastName] = [nameOf(i * 7, 2), nameOf(i * 11, 3)];
  return {
    tenant: 'acme',
    id: newId(),
    email: `${firstName}.${lastName}.${i}@shop.test`,
    firstName,
    lastName,
    groups: [],
    addresses: [],
    mixins: {},
    createdAt: new Date(Date.UTC(2020, 0, 1) + i * 1_000),
    version: 1,
  };
}

async function fill({ customers }) {
  for (let i = 0; i < COUNT; i += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, k) => customers.create(customer(i + k))));
    if (i % 100_000 === 0) process.stderr.write(`${i} customers\n`);
  }
}

async function serve(storage, config) {
  const app = await createApp({ config, storage, clock: new SystemClock() }, createPino(config));
  await app.get(BootstrapService).load(await readBootstrap(config));
  app.get(Readiness).state = 'serving';
  await app.listen(0, '127.0.0.1');
  return app;
}

async function tokenOf(url) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: 'acme-support',
    client_secret: 'acme-support-secret',
  });
  const answer = await fetch(`${url}/oauth/token`, { method: 'POST', body });
  return (await answer.json()).access_token;
}

const percentile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

async function measure(what, ask) {
  const times = [];
  let items = 0;
  for (let i = -10; i < ASKED; i += 1) {
    const begun = performance.now();
    const found = await ask(Math.abs(i));
    if (i >= 0) times.push(performance.now() - begun);
    items += found;
  }
  times.sort((a, b) => a - b);
  const [p50, p95] = [0.5, 0.95].map((part) => percentile(times, part).toFixed(1));
  console.log(`| ${what} | ${(items / (ASKED + 10)).toFixed(0)} | ${p50} | ${p95} |`);
}

const folder = mkdtempSync(join(tmpdir(), 'onesession-bench-'));
const mongod = store === 'mongo' ? await startMongod() : undefined;
const config = readConfig({
  PORT: '0',
  LOG_LEVEL: 'warn',
  RATE_LIMITS: 'off',
  KEYS_SECRET: 'a secret of the benchmark',
  ...(mongod ? { MONGODB_URI: mongod.uri } : { DATA_DIR: join(folder, 'data') }),
});
const storage = await openStorage(config);
const begun = performance.now();
await fill(storage);
process.stderr.write(`filled in ${((performance.now() - begun) / 1_000).toFixed(0)} s\n`);
const app = await serve(storage, config);
try {
  const url = await app.getUrl();
  const headers = { authorization: `Bearer ${await tokenOf(url)}` };
  const get = async (path) => {
    const answer = await fetch(`${url}/admin/acme/customers${path}`, { headers });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const lengthOf = async (query) => (await get(`?${query}`)).items.length;
  console.log(`${COUNT} customers, ${store} store, Node ${process.versions.node}\n`);
  console.log('| request | items | p50 ms | p95 ms |\n| --- | --: | --: | --: |');
  await measure('the newest 50', () => lengthOf(''));
  let cursor = '';
  await measure('50, page after page', async () => {
    const { items, next } = await get(`?cursor=${cursor}`.replace(/cursor=$/, ''));
    cursor = next;
    return items.length;
  });
  const one = (i) => customer((i * 4_999) % COUNT);
  await measure('one by e-mail', (i) => lengthOf(`email=${one(i).email}`));
  await measure('by a whole e-mail as a prefix', (i) => lengthOf(`q=${one(i).email}`));
  await measure('by a last name', (i) => lengthOf(`q=${one(i).lastName}`));
  await measure('by a first name', (i) => lengthOf(`q=${one(i).firstName}`));
  await measure('by three letters', (i) => lengthOf(`q=${one(i).lastName.slice(0, 3)}`));
  await measure('by one letter', (i) => lengthOf(`q=${one(i).lastName.slice(0, 1)}`));
  await measure('by a beginning that nobody has', (i) => lengthOf(`q=q${i}`));
  const { items } = await get('?limit=200');
  await measure('read one', async (i) => Number((await get(`/${items[i % 200].id}`)).sessions === 0));
} finally {
  await app.close();
  await mongod?.stop();
  rmSync(folder, { recursive: true, force: true });
}
