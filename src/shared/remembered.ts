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
