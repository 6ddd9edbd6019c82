import { describe, expect, it } from 'vitest';
import {
  countedParts,
  delayAfter,
  type LimitRule,
  LIMITS,
  rateLimitHeader,
  tightest,
} from './limits.rules.js';

const { tries } = LIMITS.login;

describe('The limits', () => {
  /** A rule may be part of several limits: then they share its counters. */
  const rules: LimitRule[] = [
    ...new Set(Object.values(LIMITS).flatMap(({ calls, failures }) => [...calls, ...failures])),
  ];

  it('are counted apart from each other', () => {
    const names = [...rules.map(({ name }) => name), tries.name, delayAfter(tries, 5).name];
    expect(new Set(names).size).toBe(names.length);
  });

  it('remember a refusal nowhere, where a success forgives it', () => {
    expect(rules.filter(({ forgivable }) => forgivable)).toEqual([]);
    expect(delayAfter(tries, 5).forgivable).toBe(true);
  });
});

describe('A wrong password', () => {
  it('is free five times; then each one doubles the delay, up to a quarter of an hour', () => {
    const delays = [5, 6, 7, 8, 14, 15, 16, 2000].map((used) => delayAfter(tries, used).windowSeconds);
    expect(delays).toEqual([1, 2, 4, 8, 512, 900, 900, 900]);
  });

  it('lets through one try a delay', () => {
    expect(delayAfter(tries, 9).points).toBe(1);
  });
});

describe('A caller', () => {
  const caller = { subject: ['acme', 'anna@acme.test'], address: '2001:db8::1' };
  const rule = { name: 'any', points: 1, windowSeconds: 1 };

  it('is counted by subject, by network, or by both', () => {
    expect(countedParts({ ...rule, by: 'subject' }, caller)).toEqual(caller.subject);
    expect(countedParts({ ...rule, by: 'address' }, caller)).toEqual(['2001:db8:0:0']);
    expect(countedParts({ ...rule, by: 'subject-and-address' }, caller)).toEqual([
      '2001:db8:0:0',
      'acme',
      'anna@acme.test',
    ]);
  });

  it('is told the limit that will refuse first, in the form of the draft [P-58]', () => {
    const wide = { limit: 600, remaining: 599, resetSeconds: 60 };
    const narrow = { limit: 20, remaining: 19, resetSeconds: 7 };
    expect(tightest([wide, narrow])).toBe(narrow);
    expect(tightest([])).toBeUndefined();
    expect(rateLimitHeader(narrow)).toBe('limit=20, remaining=19, reset=7');
  });
});
