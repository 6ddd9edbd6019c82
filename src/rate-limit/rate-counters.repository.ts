import type { Counted, RateRule } from './rate-limit.types.js';

/**
 * Counts points. The class is also the injection token. An adapter must pass
 * `test/contracts/rate-counters.contract.ts`. If the store can't be reached, methods throw StoreUnavailable: an
 * uncounted request is neither let through nor refused as one too many.
 *
 * Windows use the machine's clock, not the injected one, because they are short and nothing that is stored depends on
 * them. Even if somebody sets that clock, a key waits no longer than its longest window.
 */
export abstract class RateCounters {
  /** Uses a point atomically. Of any number of concurrent calls, `rule.points` are allowed. */
  abstract consume(key: string, rule: RateRule): Promise<Counted & { readonly used: number }>;

  /** Uses no point. @returns whether another point would be allowed */
  abstract look(key: string, rule: RateRule): Promise<Counted>;

  /** Gives back one point that was used for something that did not happen. For forgivable rules only. */
  abstract giveBack(key: string, rule: RateRule): Promise<void>;

  /** Gives back all points. For forgivable rules only. */
  abstract forgive(key: string, rule: RateRule): Promise<void>;
}
