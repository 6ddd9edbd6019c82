import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/app.setup.ts';
import { BootstrapService, readBootstrap } from '../src/bootstrap/index.ts';
import { readConfig } from '../src/config/config.schema.ts';
import { createPino, openTracing, Readiness } from '../src/observability/index.ts';
import { SystemClock } from '../src/shared/clock.ts';
import { openStorage } from '../src/storage/open-storage.ts';
import { startMongod } from '../test/support/mongo/mongod.ts';
import { median } from './median.js';

/**
 * `npm run bench:tracing [ROUNDS]`: CPU of a read without tracing, with tracing that records one request in a hundred,
 * and with tracing that records all, on both stores. Reads are made in this process, without sockets, and in turns. The
 * collector, which accepts everything, is another process.
 */
const ROUNDS = Number(process.argv[2] ?? 15);
const REQUESTS = 1_000;

if (process.send) await collect();
else await main();

async function collect() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send(server.address().port);
}

async function main() {
  const collector = fork(process.argv[1]);
  const [port] = await once(collector, 'message');
  const mongod = await startMongod();
  const folder = mkdtempSync(join(tmpdir(), 'onesession-bench-tracing-'));
  try {
    const on = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
    const some = { ...on, OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.01' };
    const kinds = { 'a second one, off': {}, 'one in a hundred': some, all: on };
    for (const [store, placeOf] of [
      ['embedded', () => ({ DATA_DIR: join(folder, randomBytes(4).toString('hex')) })],
      ['MongoDB', () => ({ MONGODB_URI: mongod.uri.replace('/?', `/${randomBytes(4).toString('hex')}?`) })],
    ]) {
      const off = await open(placeOf());
      for (const [kind, env] of Object.entries(kinds)) {
        const other = await open({ ...placeOf(), ...env });
        await compare(`${store}, ${kind}`, off, other);
        await other.close();
      }
      await off.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
    await mongod.stop();
    collector.kill();
  }
}

/** A service with a shopper, who reads the session context. */
async function open(env) {
  const config = readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'error', RATE_LIMITS: 'off', ...env });
  const tracing = await openTracing(config);
  const storage = await openStorage(config, { tracing });
  const app = await createApp(
    { config, storage, clock: new SystemClock(), tracing },
    createPino(config, { tracing }),
  );
  await app.init();
  await app.get(BootstrapService).load(await readBootstrap(readConfig({})));
  app.get(Readiness).state = 'serving';
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.ready();
  const login = await fastify.inject(
    '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront',
  );
  const headers = { authorization: `Bearer ${login.json().access_token}` };
  const send = async (status, request) => {
    const answer = await fastify.inject({ headers, ...request });
    if (answer.statusCode !== status) throw new Error(`${request.url}: ${answer.statusCode} ${answer.body}`);
  };
  await send(201, {
    method: 'POST',
    url: '/cart/acme/carts',
    payload: { siteCode: 'main', currency: 'EUR' },
  });
  return {
    read: () => send(200, { url: '/session-context/acme/me/context' }),
    close: async () => {
      await app.close();
      await tracing.close();
    },
  };
}

/** Microseconds of CPU of one request. */
async function cpuOf(request) {
  const begun = process.cpuUsage();
  for (let i = 0; i < REQUESTS; i += 1) await request();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / REQUESTS;
}

async function compare(what, off, other) {
  const [without, by] = [[], []];
  await cpuOf(off.read);
  await cpuOf(other.read);
  for (let i = 0; i < ROUNDS; i += 1) {
    without.push(await cpuOf(off.read));
    by.push(await cpuOf(other.read));
  }
  const [a, b] = [median(without), median(by)];
  console.log(`${what}: ${b.toFixed(0)} µs, off ${a.toFixed(0)} µs (${(b / a).toFixed(2)} of it)`);
}
