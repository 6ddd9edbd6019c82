import { EmbeddedStorage } from '../../../src/storage/embedded/embedded-storage.js';
import { MongoStorage } from '../../../src/storage/mongo/mongo-storage.js';
import type { Storage } from '../../../src/storage/storage.js';
import { erasuresOf } from './erasures-of.js';

/**
 * A program that erases a person and kills itself, as `kill -9` would, right after the n-th write of the store.
 * Its environment: `ERASED` (the customer's id), `WRITES` (n), and `MONGODB_URI` or `DATA_DIR`.
 */
const { ERASED = '', WRITES = '', MONGODB_URI, DATA_DIR = '' } = process.env;

const WRITING: ReadonlySet<string> = new Set([
  'save',
  'remove',
  'replace',
  'overwriteRemoved',
  'change',
  'create',
]);

let left = Number(WRITES);

/** The same port, whose writes are counted. */
function counted<T extends object>(port: T): T {
  return new Proxy(port, {
    get: (target, name) => {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      const call = (...args: unknown[]): unknown => Reflect.apply(method, target, args);
      if (!WRITING.has(String(name))) return call;
      return async (...args: unknown[]) => {
        const result: unknown = await call(...args);
        left -= 1;
        if (left === 0) process.kill(process.pid, 'SIGKILL');
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

const storage = await opened();
await erasuresOf(storage, counted).erase('acme', ERASED);
await storage.close();
