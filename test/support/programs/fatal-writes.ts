import { EmbeddedStorage } from '../../../src/storage/embedded/embedded-storage.js';
import { MongoStorage } from '../../../src/storage/mongo/mongo-storage.js';
import type { Storage } from '../../../src/storage/storage.js';

/** Counts writes of a store, and has this process kill itself at the n-th, as `kill -9` would. */
export class FatalWrites {
  private left = Infinity;

  /**
   * @param names of the methods of ports that write
   * @param moment of the last write: when it has begun, or when it is done
   */
  constructor(
    private readonly names: ReadonlySet<string>,
    private readonly moment: string,
  ) {}

  /** Those before do not count. */
  countTo(writes: number): void {
    this.left = writes;
  }

  /** The same port, whose writes are counted. */
  readonly counted = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name, target);
        if (typeof method !== 'function') return method;
        const call = (...args: unknown[]): unknown => Reflect.apply(method, target, args);
        if (!this.names.has(String(name))) return call;
        return async (...args: unknown[]) => {
          this.left -= 1;
          const isLast = this.left === 0;
          const writing = call(...args);
          if (isLast && this.moment === 'begun') die();
          const result: unknown = await writing;
          if (isLast) die();
          return result;
        };
      },
    });
}

const die = (): void => void process.kill(process.pid, 'SIGKILL');

/** The store that `MONGODB_URI` or `DATA_DIR` names. */
export async function storeOf({ MONGODB_URI, DATA_DIR = '' }: NodeJS.ProcessEnv): Promise<Storage> {
  if (MONGODB_URI === undefined) return EmbeddedStorage.open(DATA_DIR);
  const storage = MongoStorage.open(MONGODB_URI);
  await storage.prepare();
  return storage;
}
