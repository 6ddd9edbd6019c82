import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type End, GuessesUnderWay } from './guesses-under-way.js';
import { countedParts, delayAfter, type Limit, type LimitRule, tightest } from './limits.rules.js';
import { RateCounters } from './rate-counters.repository.js';
import { TooManyRequests } from './rate-limit.errors.js';
import type { Counted, LimitedCaller, Quota } from './rate-limit.types.js';

interface Looked {
  readonly rule: LimitRule;
  readonly key: string;
  readonly counted: Counted;
}

/** Counts before and after the work that is limited. */
@Injectable()
export class RateLimitService {
  private readonly underWay = new GuessesUnderWay();

  constructor(private readonly counters: RateCounters) {}

  /**
   * Counts a call before any work. If a rule refuses, later rules count nothing.
   * @param ends gets what ends the guess, if the call is one. The caller ends it after `countFailure`, or without it
   * @throws TooManyRequests | StoreUnavailable
   */
  async consume(
    { calls, failures, tries }: Limit,
    caller: LimitedCaller,
    ends?: End[],
  ): Promise<Quota | undefined> {
    const looked = await Promise.all(failures.map((rule) => this.look(rule, caller)));
    for (const failure of looked) this.refuseUsedUp(failure, ends);
    const quotas: Quota[] = [];
    for (const rule of calls) {
      const counted = await this.counters.consume(keyOf(rule, caller), rule);
      if (!counted.allowed) throw new TooManyRequests(quotaOf(rule, counted));
      quotas.push(quotaOf(rule, counted));
    }
    if (tries) quotas.push(await this.takeTry(tries, caller));
    return tightest(quotas);
  }

  /** Counts refused credentials. @throws StoreUnavailable - an uncounted guess gets no answer */
  async countFailure({ failures }: Limit, caller: LimitedCaller): Promise<Quota | undefined> {
    const count = async (rule: LimitRule) =>
      quotaOf(rule, await this.counters.consume(keyOf(rule, caller), rule));
    return tightest(await Promise.all(failures.map(count)));
  }

  /** Forgives all tries after credentials were accepted. */
  async forgiveTries({ tries }: Limit, caller: LimitedCaller): Promise<Quota | undefined> {
    if (!tries) return undefined;
    const key = keyOf(tries, caller);
    await Promise.all([
      this.counters.forgive(key, tries),
      this.counters.forgive(key, delayAfter(tries, tries.points)),
    ]);
    return { limit: tries.points, remaining: tries.points, resetSeconds: 0 };
  }

  /** Gives back a try whose credentials were never judged. */
  async giveTryBack({ tries }: Limit, caller: LimitedCaller): Promise<void> {
    if (tries) await this.counters.giveBack(keyOf(tries, caller), tries);
  }

  private async look(rule: LimitRule, caller: LimitedCaller): Promise<Looked> {
    const key = keyOf(rule, caller);
    return { rule, key, counted: await this.counters.look(key, rule) };
  }

  /** Waits for nobody, so that between looking and beginning no other guess begins. */
  private refuseUsedUp({ rule, key, counted }: Looked, ends?: End[]): void {
    if (!counted.allowed) throw new TooManyRequests(quotaOf(rule, counted));
    if (!ends || !rule.holdsUnderWay) return;
    const held = `${rule.name}/${key}`;
    if (this.underWay.of(held) >= counted.remaining) throw new TooManyRequests(whileJudging(rule));
    ends.push(this.underWay.begin(held));
  }

  /**
   * Uses a try before the outcome is known, so that of many concurrent tries only the free ones cost a password hash.
   */
  private async takeTry(rule: LimitRule, caller: LimitedCaller): Promise<Quota> {
    const key = keyOf(rule, caller);
    const taken = await this.counters.consume(key, rule);
    if (taken.used < rule.points) return quotaOf(rule, taken);
    const delay = await this.counters.consume(key, delayAfter(rule, taken.used));
    const quota = { limit: rule.points, remaining: 0, resetSeconds: delay.resetSeconds };
    if (delay.allowed) return quota;
    await this.counters.giveBack(key, rule);
    throw new TooManyRequests(quota);
  }
}

const quotaOf = ({ points }: LimitRule, { remaining, resetSeconds }: Counted): Quota => ({
  limit: points,
  remaining,
  resetSeconds,
});

/** Those that are being judged may all be right. */
const whileJudging = ({ points }: LimitRule): Quota => ({ limit: points, remaining: 0, resetSeconds: 1 });

/** Hashes the key, so that a store of counters reveals no e-mail address, and all keys have the same length. */
const keyOf = (rule: LimitRule, caller: LimitedCaller): string =>
  hash('sha256', JSON.stringify(countedParts(rule, caller)), 'base64url');
