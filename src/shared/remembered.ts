import { isDeepStrictEqual } from 'node:util';
import { LRUCache } from 'lru-cache';
import type { Clock } from './clock.js';

/** How long another instance's change may go unnoticed, in milliseconds. */
const REMEMBERED_MS = 5_000;

/** Options of an `LRUCache` that keeps what the store said for five seconds, by a clock that never goes back. */
export const rememberedBy = (clock: Clock) => ({
  // `ttl` counts an entry of exactly this age as fresh, so one less.
  ttl: REMEMBERED_MS - 1,
  ttlResolution: 0,
  // A change deletes the entry. Requests that are waiting for it get what was read, but it is not remembered.
  ignoreFetchAbort: true,
  perf: { now: () => clock.monotonic() },
});

const REMEMBERED_TENANTS = 1_000;

/** Bounds memory, because one tenant may have much. Counted in characters of JSON. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/**
 * Something that each tenant has one of, less than five seconds old. It is the same object as long as it is equal, so that
 * others can remember with it what they made of it.
 */
export class RememberedOfTenants<V extends object> {
  private readonly values: LRUCache<string, V>;

  /** @param read undefined is not remembered: a new tenant is about to get its first value */
  constructor(clock: Clock, read: (tenant: string) => Promise<V | undefined>) {
    this.values = new LRUCache({
      max: REMEMBERED_TENANTS,
      maxSize: MOST_CHARACTERS,
      sizeCalculation: (value) => JSON.stringify(value).length,
      ...rememberedBy(clock),
      noDeleteOnStaleGet: true,
      fetchMethod: async (tenant, before) => {
        const now = await read(tenant);
        return isDeepStrictEqual(now, before) ? before : now;
      },
    });
  }

  async of(tenant: string): Promise<V | undefined> {
    return this.values.get(tenant) ?? this.values.fetch(tenant);
  }

  /** Makes this instance's own change take effect here at once. */
  forget(tenant: string): void {
    this.values.delete(tenant);
  }
}
