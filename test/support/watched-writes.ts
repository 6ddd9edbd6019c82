import type { OpenedStorage } from './drivers.js';

const WRITES = new Set(['create', 'change', 'moveIfFree', 'takeSlot', 'remove']);

/** The moments between two writes of carts and sessions: there somebody else looks, or the process dies. */
export class WatchedWrites {
  /** What it throws is what the write throws, and nothing is written. */
  beforeEach: (() => Promise<void>) | undefined;

  readonly opened: OpenedStorage;

  constructor(opened: OpenedStorage) {
    const { storage } = opened;
    const watched = { carts: this.watch(storage.carts), sessions: this.watch(storage.sessions) };
    this.opened = { ...opened, storage: Object.assign(Object.create(storage), watched) };
  }

  private watch<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        if (!WRITES.has(String(name))) return value.bind(target);
        return async (...given: unknown[]) => {
          await this.beforeEach?.();
          return value.apply(target, given);
        };
      },
    });
  }
}
