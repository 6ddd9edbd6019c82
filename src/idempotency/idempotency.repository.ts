import type { KeptKey } from './idempotency.types.js';

/** Stores the keys of changes and their answers, until they end. */
export abstract class IdempotencyRepository {
  /**
   * Takes a key for a request. Of concurrent requests, one gets it.
   * @returns undefined when this request got it; else what another request has stored under this id that is neither
   * lost nor over at `now`
   */
  abstract take(key: KeptKey, now: Date): Promise<KeptKey | undefined>;

  /** Stores the answer, if the key still has the claim of this request. */
  abstract keep(key: KeptKey): Promise<void>;

  /** Gives a key back, if it still has the claim of this request. */
  abstract giveBack(key: KeptKey): Promise<void>;
}
