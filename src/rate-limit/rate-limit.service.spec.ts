import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StoreUnavailable } from '../shared/domain-error.js';
import { MemoryRateCounters } from '../storage/embedded/rate-counters.memory.js';
import type { Limit, LimitRule } from './limits.rules.js';
import { RateCounters } from './rate-counters.repository.js';
import { RateLimitService } from './rate-limit.service.js';

const rule = (name: string, points: number, by: LimitRule['by']): LimitRule => ({
  name,
  points,
  windowSeconds: 60,
  by,
});

const CALLS: Limit = { calls: [rule('wide', 3, 'address'), rule('narrow', 2, 'subject')], failures: [] };
const FAILURES: Limit = { calls: [], failures: [rule('failures', 2, 'subject')] };
const TRIES: Limit = {
  calls: [],
  failures: [],
  tries: { ...rule('tries', 2, 'subject-and-address'), windowSeconds: 86_400, forgivable: true },
};

const anna = { subject: ['acme', 'anna'], address: '203.0.113.1' };
const stranger = { ...anna, address: '203.0.113.2' };
const ben = { ...anna, subject: ['acme', 'ben'] };

const refusal = (limit: number, seconds: number) => ({
  kind: 'rate-limited',
  headers: {
    'retry-after': String(seconds),
    ratelimit: `limit=${limit}, remaining=0, reset=${seconds}`,
  },
});

describe('A limit', () => {
  let limits: RateLimitService;
  beforeEach(() => {
    vi.useFakeTimers();
    limits = new RateLimitService(new MemoryRateCounters());
  });
  afterEach(() => void vi.useRealTimers());
  const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);

  describe('of calls', () => {
    it('tells what is left of the tightest rule, then refuses until the window ends', async () => {
      expect(await limits.consume(CALLS, anna)).toEqual({ limit: 2, remaining: 1, resetSeconds: 60 });
      pass(20);
      expect(await limits.consume(CALLS, anna)).toMatchObject({ remaining: 0, resetSeconds: 40 });
      await expect(limits.consume(CALLS, anna)).rejects.toMatchObject(refusal(2, 40));
      pass(40);
      expect(await limits.consume(CALLS, anna)).toMatchObject({ remaining: 1 });
    });

    it('takes nothing from a rule behind the one that refuses', async () => {
      for (const caller of [ben, ben, anna]) await limits.consume(CALLS, caller);
      await expect(limits.consume(CALLS, anna)).rejects.toMatchObject(refusal(3, 60));
      expect(await limits.consume(CALLS, stranger)).toMatchObject({ limit: 2, remaining: 0 });
    });
  });

  describe('of failures', () => {
    it('does not count what succeeds, however many there are', async () => {
      for (let i = 0; i < 10; i += 1) await limits.consume(FAILURES, anna);
      expect(await limits.countFailure(FAILURES, anna)).toMatchObject({ remaining: 1 });
    });

    it('refuses the right credentials as well once it is reached, but nobody else', async () => {
      await limits.countFailure(FAILURES, anna);
      await limits.countFailure(FAILURES, anna);
      await expect(limits.consume(FAILURES, anna)).rejects.toMatchObject(refusal(2, 60));
      await limits.consume(FAILURES, ben);
    });
  });

  describe('of failures that many guesses at once could exceed', () => {
    const HELD: Limit = { calls: [], failures: [{ ...rule('held', 3, 'subject'), holdsUnderWay: true }] };

    it('lets as many be judged at once as may still be wrong, and others when those are [X-39]', async () => {
      await limits.countFailure(HELD, anna);
      const ends: (() => void)[] = [];
      const many = await Promise.allSettled(
        Array.from({ length: 50 }, () => limits.consume(HELD, anna, ends)),
      );
      expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
      await expect(limits.consume(HELD, anna, ends)).rejects.toMatchObject(refusal(3, 1));
      await limits.consume(HELD, ben, []);
      for (const end of ends) end();
      await limits.consume(HELD, anna, ends);
    });

    it('counts those that were wrong after they are judged [X-39]', async () => {
      const ends: (() => void)[] = [];
      for (let i = 0; i < 3; i += 1) await limits.consume(HELD, anna, ends);
      for (const end of ends) {
        await limits.countFailure(HELD, anna);
        end();
      }
      await expect(limits.consume(HELD, anna, [])).rejects.toMatchObject(refusal(3, 60));
    });
  });

  describe('of tries', () => {
    it('makes each further one wait twice as long', async () => {
      await limits.consume(TRIES, anna);
      await limits.consume(TRIES, anna);
      for (const seconds of [1, 2, 4, 8]) {
        await expect(limits.consume(TRIES, anna)).rejects.toMatchObject(refusal(2, seconds));
        pass(seconds);
        expect(await limits.consume(TRIES, anna)).toEqual({
          limit: 2,
          remaining: 0,
          resetSeconds: 2 * seconds,
        });
      }
    });

    it('does not grow by tries during the delay', async () => {
      await limits.consume(TRIES, anna);
      await limits.consume(TRIES, anna);
      for (let i = 0; i < 20; i += 1) {
        await expect(limits.consume(TRIES, anna)).rejects.toMatchObject(refusal(2, 1));
      }
      pass(1);
      expect(await limits.consume(TRIES, anna)).toMatchObject({ resetSeconds: 2 });
    });

    it('lets through no more of many at once', async () => {
      const many = await Promise.allSettled(Array.from({ length: 50 }, () => limits.consume(TRIES, anna)));
      expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    });

    it('holds for the address that tried, not for the owner elsewhere', async () => {
      for (let i = 0; i < 2; i += 1) await limits.consume(TRIES, stranger);
      await expect(limits.consume(TRIES, stranger)).rejects.toMatchObject({ kind: 'rate-limited' });
      expect(await limits.consume(TRIES, anna)).toMatchObject({ remaining: 1 });
    });

    it('is lifted by a success, with the delay', async () => {
      await limits.consume(TRIES, anna);
      await limits.consume(TRIES, anna);
      expect(await limits.forgiveTries(TRIES, anna)).toEqual({ limit: 2, remaining: 2, resetSeconds: 0 });
      expect(await limits.consume(TRIES, anna)).toMatchObject({ remaining: 1 });
    });

    it('is not used up by calls that were no guesses', async () => {
      for (let i = 0; i < 10; i += 1) {
        expect(await limits.consume(TRIES, anna)).toMatchObject({ remaining: 1 });
        await limits.giveTryBack(TRIES, anna);
      }
    });
  });
});

class CountersAway extends RateCounters {
  override consume = () => Promise.reject(new StoreUnavailable());
  override look = () => Promise.reject(new StoreUnavailable());
  override giveBack = () => Promise.reject(new StoreUnavailable());
  override forgive = () => Promise.reject(new StoreUnavailable());
}

describe('A limit whose store is away', () => {
  it.each([CALLS, FAILURES, TRIES])(
    'neither admits a call nor refuses it as one too many [P-70]',
    async (limit) => {
      const limits = new RateLimitService(new CountersAway());
      await expect(limits.consume(limit, anna)).rejects.toThrow(StoreUnavailable);
    },
  );

  it('lets no guess be answered that it can not count', async () => {
    const limits = new RateLimitService(new CountersAway());
    await expect(limits.countFailure(FAILURES, anna)).rejects.toThrow(StoreUnavailable);
  });
});
