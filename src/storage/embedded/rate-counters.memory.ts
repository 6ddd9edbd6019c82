import { RateCounters } from '../../rate-limit/rate-counters.repository.js';
import type { Counted, RateRule } from '../../rate-limit/rate-limit.types.js';
import { BoundedCounters } from '../../shared/bounded-counters.js';

/**
 * Some 25 MB, if all are in use. Each rule has its own, so that a flood of made-up client ids makes nobody forget
 * wrong passwords.
 */
const MAX_KEYS_OF_A_RULE = 50_000;

/** For the one process that owns the embedded store: a restart forgets, as it ends a flood. */
export class MemoryRateCounters extends RateCounters {
  private readonly rules = new Map<string, BoundedCounters>();

  constructor(private readonly maxKeys = MAX_KEYS_OF_A_RULE) {
    super();
  }

  override async consume(key: string, rule: RateRule): Promise<Counted & { used: number }> {
    const { consumedPoints: used, msBeforeNext } = this.of(rule).take(key, 1, rule.windowSeconds);
    return { used, ...counted(rule, used, msBeforeNext), allowed: used <= rule.points };
  }

  override async look(key: string, rule: RateRule): Promise<Counted> {
    const found = this.of(rule).find(key);
    return counted(rule, found?.consumedPoints ?? 0, found?.msBeforeNext ?? 0);
  }

  override async giveBack(key: string, rule: RateRule): Promise<void> {
    this.of(rule).giveBack(key);
  }

  override async forgive(key: string, rule: RateRule): Promise<void> {
    this.of(rule).remove(key);
  }

  private of({ name }: RateRule): BoundedCounters {
    const known = this.rules.get(name) ?? new BoundedCounters(this.maxKeys);
    this.rules.set(name, known);
    return known;
  }
}

const counted = ({ points }: RateRule, used: number, msBeforeNext: number): Counted => ({
  allowed: used < points,
  remaining: Math.max(0, points - used),
  resetSeconds: Math.ceil(msBeforeNext / 1000),
});
