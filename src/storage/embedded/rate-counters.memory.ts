import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { RateCounters } from '../../rate-limit/rate-counters.repository.js';
import type { Counted, RateRule } from '../../rate-limit/rate-limit.types.js';

/**
 * Some 25 MB, if all are in use. Each rule has its own, so that a flood of made-up client ids makes nobody forget
 * wrong passwords.
 */
const MAX_KEYS_OF_A_RULE = 50_000;

/** For the one process that owns the embedded store: a restart forgets, as it ends a flood. */
export class MemoryRateCounters extends RateCounters {
  private readonly rules = new Map<string, RuleCounters>();

  constructor(private readonly maxKeys = MAX_KEYS_OF_A_RULE) {
    super();
  }

  override async consume(key: string, rule: RateRule): Promise<Counted & { used: number }> {
    const { consumedPoints: used, msBeforeNext } = await this.of(rule).take(key, rule.windowSeconds);
    return { used, ...counted(rule, used, msBeforeNext), allowed: used <= rule.points };
  }

  override async look(key: string, rule: RateRule): Promise<Counted> {
    const found = await this.of(rule).find(key);
    return counted(rule, found?.consumedPoints ?? 0, found?.msBeforeNext ?? 0);
  }

  override async giveBack(key: string, rule: RateRule): Promise<void> {
    await this.of(rule).giveBack(key, rule.windowSeconds);
  }

  override async forgive(key: string, rule: RateRule): Promise<void> {
    await this.of(rule).remove(key);
  }

  private of({ name }: RateRule): RuleCounters {
    const known = this.rules.get(name) ?? new RuleCounters(this.maxKeys);
    this.rules.set(name, known);
    return known;
  }
}

const counted = ({ points }: RateRule, used: number, msBeforeNext: number): Counted => ({
  allowed: used < points,
  remaining: Math.max(0, points - used),
  resetSeconds: Math.ceil(msBeforeNext / 1000),
});

/** The library's counters know no bound: the key that was used longest ago is removed for a new one. */
class RuleCounters {
  /** Points and window come with each call. */
  private readonly limiter = new RateLimiterMemory({ points: 1, duration: 1 });
  private readonly keys: LRUCache<string, true>;

  constructor(max: number) {
    const dispose = (_: true, key: string) => void this.limiter.delete(key);
    this.keys = new LRUCache({ max, dispose });
  }

  take(key: string, windowSeconds: number): Promise<RateLimiterRes> {
    this.keys.set(key, true);
    return this.limiter.penalty(key, 1, { customDuration: windowSeconds });
  }

  /** One whose window has ended stays until its timer runs. */
  async find(key: string): Promise<RateLimiterRes | undefined> {
    const found = await this.limiter.get(key);
    return found && found.msBeforeNext > 0 ? found : undefined;
  }

  async giveBack(key: string, windowSeconds: number): Promise<void> {
    if (await this.find(key)) await this.limiter.reward(key, 1, { customDuration: windowSeconds });
  }

  async remove(key: string): Promise<void> {
    this.keys.delete(key);
  }
}
