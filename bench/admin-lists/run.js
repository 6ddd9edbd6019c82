import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApp } from '../../src/app.setup.ts';
import { BootstrapService, readBootstrap } from '../../src/bootstrap/index.ts';
import { readConfig } from '../../src/config/config.schema.ts';
import { createPino, Readiness } from '../../src/observability/index.ts';
import { SystemClock } from '../../src/shared/clock.ts';
import { openStorage } from '../../src/storage/open-storage.ts';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.ts';
import { Records } from '../../src/storage/mongo/rows/records.ts';
import { toStored } from '../../src/storage/mongo/rows/stored-text.ts';
import { sessionCodec } from '../../src/storage/mongo/sessions/session.row.ts';
import { median } from '../median.js';
import { customerLists, fillCustomers } from './customers.js';
import { aSession, randomOf } from './sessions.js';
import { writePrice } from './writes.js';

/** The bundled half of `npm run bench:admin-lists`: one store, by the environment. */
const SESSIONS = Number(process.env.SESSIONS);
const CUSTOMERS = Number(process.env.CUSTOMERS);
const ONLY = process.env.ONLY;
const ROUNDS = Number(process.env.ROUNDS);
const AT_ONCE = 2_000;

const env = { ...process.env, NODE_ENV: 'development', PORT: '0', RATE_LIMITS: 'off', LOG_LEVEL: 'error' };
if (env.MONGODB_URI === '') delete env.MONGODB_URI;
const config = readConfig(env);
const clock = new SystemClock();
const storage = await openStorage(config);
const random = randomOf(1);
if ((await storage.sessionDirectory.groups('acme')).length === 0) await fill();
if (!(await storage.customers.find('acme', 'customer-0'))) await fillCustomers(storage, CUSTOMERS);
const samples = await sampled();
const app = await createApp({ config, storage, clock }, createPino(config));
await app.get(BootstrapService).load(await readBootstrap(config));
app.get(Readiness).state = 'serving';
await app.init();
const server = app.getHttpAdapter().getInstance();
await server.ready();
const authorization = `Bearer ${await tokenOf('acme-support')}`;
if (storage.driver === 'mongo' && process.env.WRITES) await writePrice(storage, random, clock);
else await report();
if (storage.driver === 'mongo' && process.env.REINDEX) await reindex();
await app.close();

async function fill() {
  const begun = performance.now();
  const now = clock.now();
  for (let done = 0; done < SESSIONS; done += AT_ONCE) {
    const some = Math.min(AT_ONCE, SESSIONS - done);
    const made = Array.from({ length: some }, (_, i) => aSession(random, now, done + i, SESSIONS));
    // A few that only their combination of values makes rare.
    if (done === 0) for (const one of made.slice(0, 3)) makeRare(one);
    await store(made, now);
    if (done % 100_000 === 0) process.stderr.write(`${done} of ${SESSIONS}\n`);
  }
  const seconds = (performance.now() - begun) / 1000;
  console.log(
    `\n${storage.driver}: ${SESSIONS} sessions, stored in ${seconds.toFixed(0)} s, ${availableParallelism()} cores`,
  );
}

/** A start on a store that an earlier version has written, which lacks an index. */
async function reindex() {
  await storage.connection.collection('sessions').dropIndex('newest_of_facets');
  const begun = performance.now();
  const again = MongoStorage.open(config.MONGODB_URI);
  await again.prepare();
  const first = performance.now() - begun;
  for (;;) {
    const up = await again.ping().then(
      () => true,
      () => false,
    );
    if (up) break;
    await sleep(200);
  }
  const seconds = (ms) => (ms / 1000).toFixed(1);
  console.log(
    `a start without one index: prepared in ${seconds(first)} s, serves after ${seconds(performance.now() - begun)} s`,
  );
  await again.sessionDirectory.slice('acme', { passing: () => true }, {}, 50);
  console.log('and lists by it');
  await again.close();
}

/** One call for many rows fills MongoDB several times as fast. */
async function store(made, now) {
  if (storage.driver !== 'mongo') return Promise.all(made.map((one) => storage.sessions.create(one, now)));
  const records = new Records(undefined, sessionCodec);
  const rows = made.map((one) => toStored(records.rowOf(one)));
  return storage.connection.collection('sessions').insertMany(rows, { ordered: false });
}

async function sampled() {
  return (await storage.sessionDirectory.slice('acme', { passing: () => true }, {}, 2_000)).sessions;
}

function makeRare(session) {
  const at = session.createdAt;
  const sourced = (value) => ({ value, source: 'site', at });
  const values = { siteCode: sourced('b2b'), currency: sourced('CHF'), targetLocation: sourced('PL') };
  const rest = { language: sourced('fr'), attributes: new Map(), version: 1, createdAt: at, modifiedAt: at };
  Object.assign(session, { context: { ...values, ...rest } });
}

async function tokenOf(client) {
  const response = await server.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `grant_type=client_credentials&client_id=${client}&client_secret=${client}-secret`,
  });
  return response.json().access_token;
}

async function aRareOne() {
  const { body } = await ask('sessions?siteCode=b2b&currency=CHF&targetLocation=PL');
  return body.items[0].sessionId;
}

async function ask(path) {
  const [begun, used] = [performance.now(), process.cpuUsage()];
  const response = await server.inject({ url: `/admin/acme/${path}`, headers: { authorization } });
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(used);
  const cpu = (user + system) / 1000;
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode} ${response.body}`);
  return { ms, cpu, body: response.json() };
}

async function report() {
  const { body: counted, ms } = await ask('sessions/count?by=kind,siteCode,currency');
  const { body: segments, ms: segmentMs } = await ask('segments');
  const groups = (await storage.sessionDirectory.groups('acme')).length;
  console.log(`${groups} groups, ${segments.total} segments`);
  console.log(`load ${loadavg()[0].toFixed(1)}`);
  console.log('| list | items of a page | p50 ms | p95 ms | CPU ms |\n| --- | --: | --: | --: | --: |');
  const [segment] = segments.items.slice(-1);
  const { segment: rare } = (await ask(`sessions/${await aRareOne()}`)).body;
  const middle = new Date(clock.now().getTime() - 12 * 3_600_000).toISOString();
  const twoHoursAgo = new Date(clock.now().getTime() - 2 * 3_600_000).toISOString();
  const one = () => samples[Math.floor(Math.random() * samples.length)];
  const withCart = samples.filter(({ context }) => context?.cartId);
  const customers = samples.filter(({ customerId }) => customerId);
  const any = (list) => list[Math.floor(Math.random() * list.length)];
  const lists = {
    'all sessions': () => 'sessions',
    'all sessions, a page of 200 from the middle': () => `sessions?limit=200&createdBefore=${middle}`,
    kind: () => 'sessions?kind=customer',
    'site and currency': () => 'sessions?siteCode=us&currency=USD',
    'site, currency and country: 3 sessions': () => 'sessions?siteCode=b2b&currency=CHF&targetLocation=PL',
    'client and country, of one hour': () =>
      `sessions?clientId=acme-app&targetLocation=IT&createdBefore=${middle}&createdAfter=${hourBefore(middle)}`,
    'a rare segment': () => `sessions?segment=${encodeURIComponent(segment?.segmentToken ?? '')}`,
    'a rare segment without links': () => `sessions?segment=${encodeURIComponent(rare)}`,
    'state=dormant': () => 'sessions?state=dormant',
    'state=alive of the older half, mostly dormant': () =>
      `sessions?state=alive&kind=anonymous&createdBefore=${middle}`,
    'state=alive before the last two hours': () => `sessions?state=alive&createdBefore=${twoHoursAgo}`,
    'sessions of a customer': () => `sessions?customerId=${any(customers)?.customerId}`,
    'sessions with a cart': () => `sessions?cartId=${any(withCart)?.context.cartId.value}`,
    'one session': () => `sessions/${one()?.sessionId}`,
  };
  for (const [name, path] of Object.entries({ ...lists, ...customerLists(CUSTOMERS) })) {
    if (name.includes(ONLY)) await row(name, path);
  }
  await pages();
  console.log(`count, not kept: ${ms.toFixed(0)} ms; segments, from kept counts: ${segmentMs.toFixed(0)} ms`);
  console.log(`counted: ${counted.total}; load ${loadavg()[0].toFixed(1)}`);
}

function hourBefore(time) {
  return new Date(new Date(time).getTime() - 3_600_000).toISOString();
}

async function row(name, path) {
  await ask(path());
  const [times, cpus] = [[], []];
  let items = 0;
  for (let i = 0; i < ROUNDS; i += 1) {
    const { ms, cpu, body } = await ask(path());
    times.push(ms);
    cpus.push(cpu);
    items = body.items?.length ?? 1;
  }
  print(name, items, times, cpus);
}

/** Page after page, as an export would. */
async function pages() {
  const [times, cpus] = [[], []];
  let next;
  for (let i = 0; i < ROUNDS; i += 1) {
    const { ms, cpu, body } = await ask(`sessions?limit=200${next ? `&cursor=${next}` : ''}`);
    times.push(ms);
    cpus.push(cpu);
    next = body.next;
  }
  print('page after page, by the cursor', 200, times, cpus);
}

function print(name, items, times, cpus) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(1);
  console.log(`| ${name} | ${items} | ${at(0.5)} | ${at(0.95)} | ${median(cpus).toFixed(1)} |`);
}
