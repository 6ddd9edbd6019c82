import type { Counted, RateRule } from './rate-limit.types.js';

/**
 * Where points are counted. The class is also the injection token. An adapter must pass
 * `test/contracts/rate-counters.contract.ts`. A store that is away throws StoreUnavailable: an uncounted request is
 * neither let through nor refused as one too many.
 *
 * Windows are measured by the machine's own clocks, not by the injected one: they are short, and nothing that is stored
 * depends on them. When somebody sets the machine's clock, a key waits no longer than its longest window for all that.
 */
export abstract class RateCounters {
  /** Takes a point, atomically: of any number at once, `rule.points` are allowed. */
  abstract consume(key: string, rule: RateRule): Promise<Counted & { readonly used: number }>;

  /** Takes none. @returns whether another point would be allowed */
  abstract look(key: string, rule: RateRule): Promise<Counted>;

  /** One point, which was taken for something that then did not happen. Forgivable rules only. */
  abstract giveBack(key: string, rule: RateRule): Promise<void>;

  /** All points. Forgivable rules only. */
  abstract forgive(key: string, rule: RateRule): Promise<void>;
}
