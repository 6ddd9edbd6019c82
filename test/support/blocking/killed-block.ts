import { createApp } from '../../../src/app.setup.js';
import { readConfig } from '../../../src/config/config.schema.js';
import { createPino, Readiness } from '../../../src/observability/index.js';
import { EmbeddedStorage } from '../../../src/storage/embedded/embedded-storage.js';
import { MongoStorage } from '../../../src/storage/mongo/mongo-storage.js';
import type { Storage } from '../../../src/storage/storage.js';
import { TestClock } from '../test-clock.js';

/**
 * An instance that is asked to block a customer and kills itself, as `kill -9` would, at the n-th write of the request:
 * when the write has begun, or when it is done. Its environment: `REQUEST` (path, token and body), `WRITES` (n), `MOMENT`
 * (`begun` or `done`), `NOW`, and `MONGODB_URI` or `DATA_DIR`.
 */
const { REQUEST = '{}', WRITES = '', MOMENT = '', NOW = '', MONGODB_URI, DATA_DIR = '' } = process.env;

const WRITING: ReadonlySet<string> = new Set(['append', 'add', 'change', 'create', 'remove']);

/** Infinite until the request is sent: what a start writes does not count. */
let left = Infinity;

const die = (): void => void process.kill(process.pid, 'SIGKILL');

/** The same port, whose writes are counted. */
function counted<T extends object>(port: T): T {
  return new Proxy(port, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      const call = (...args: unknown[]): unknown => Reflect.apply(method, target, args);
      if (!WRITING.has(String(name))) return call;
      return async (...args: unknown[]) => {
        left -= 1;
        const isLast = left === 0;
        const writing = call(...args);
        if (isLast && MOMENT === 'begun') die();
        const result: unknown = await writing;
        if (isLast) die();
        return result;
      };
    },
  });
}

async function opened(): Promise<Storage> {
  if (MONGODB_URI === undefined) return EmbeddedStorage.open(DATA_DIR);
  const storage = MongoStorage.open(MONGODB_URI);
  await storage.prepare();
  return storage;
}

const stored = await opened();
const storage: Storage = Object.assign(Object.create(stored), {
  customers: counted(stored.customers),
  sessions: counted(stored.sessions),
  outbox: counted(stored.outbox),
  audit: counted(stored.audit),
});
const config = readConfig(process.env);
const app = await createApp({ config, storage, clock: new TestClock(new Date(NOW)) }, createPino(config));
app.get(Readiness).state = 'serving';
await app.listen(0, '127.0.0.1');
const { path, token, body } = JSON.parse(REQUEST);
left = Number(WRITES);
const { status } = await fetch(`${await app.getUrl()}${path}`, {
  method: 'PATCH',
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
await app.close();
process.exitCode = status === 200 ? 0 : 1;
