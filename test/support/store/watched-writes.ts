import type { OpenedStorage } from './drivers.js';

const WRITES = new Set(['create', 'change', 'moveIfFree', 'takeSlot', 'remove']);

/** Runs a hook between writes of carts and sessions, where somebody else looks or the process dies. */
export class WatchedWrites {
  /** If this throws, the write throws the same error, and nothing is written. */
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
