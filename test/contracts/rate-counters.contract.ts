import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RateCounters } from '../../src/rate-limit/rate-counters.repository.js';
import { newId } from '../../src/shared/ids.js';
import { MachineTime } from '../support/programs/machine-time.js';

const RULE = { name: 'contract', points: 3, windowSeconds: 60 } as const;
const FORGIVABLE = { ...RULE, name: 'contract-forgivable', forgivable: true } as const;

/**
 * What every adapter promises for rate counters. One `describe` per driver calls this; see contracts.spec.ts. Windows
 * use the machine's clocks, so the tests move those.
 */
export function rateCountersContract(counters: () => RateCounters): void {
  let time: MachineTime;
  beforeEach(() => void (time = MachineTime.stand()));
  afterEach(() => time.goOn());
  const pass = (seconds: number) => time.pass(seconds);

  it('allows as many points as the rule has, and says when there are new ones', async () => {
    const key = newId();
    const take = () => counters().consume(key, RULE);
    expect(await take()).toEqual({ allowed: true, used: 1, remaining: 2, resetSeconds: 60 });
    pass(20);
    expect(await take()).toEqual({ allowed: true, used: 2, remaining: 1, resetSeconds: 40 });
    expect(await take()).toEqual({ allowed: true, used: 3, remaining: 0, resetSeconds: 40 });
    pass(30);
    expect(await take()).toMatchObject({ allowed: false, remaining: 0, resetSeconds: 10 });
  });

  it.each([RULE, FORGIVABLE])(
    'starts again when the window has ended, however much was refused',
    async (rule) => {
      const key = newId();
      for (let i = 0; i < 10; i += 1) await counters().consume(key, rule);
      pass(59);
      expect(await counters().consume(key, rule)).toMatchObject({ allowed: false, resetSeconds: 1 });
      pass(1);
      expect(await counters().look(key, rule)).toEqual({ allowed: true, remaining: 3, resetSeconds: 0 });
      expect(await counters().consume(key, rule)).toMatchObject({ allowed: true, used: 1, resetSeconds: 60 });
    },
  );

  it.each([RULE, FORGIVABLE])('allows no more if forty calls come at once', async (rule) => {
    const key = newId();
    const taken = await Promise.all(Array.from({ length: 40 }, () => counters().consume(key, rule)));
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(3);
  });

  it('keeps counting what it refuses, if that can be forgiven', async () => {
    const key = newId();
    const taken = await Promise.all(Array.from({ length: 10 }, () => counters().consume(key, FORGIVABLE)));
    expect(taken.map(({ used }) => used).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('looks without consuming', async () => {
    const key = newId();
    expect(await counters().look(key, RULE)).toEqual({ allowed: true, remaining: 3, resetSeconds: 0 });
    await counters().consume(key, RULE);
    for (let i = 0; i < 5; i += 1) {
      expect(await counters().look(key, RULE)).toEqual({ allowed: true, remaining: 2, resetSeconds: 60 });
    }
    await counters().consume(key, RULE);
    await counters().consume(key, RULE);
    expect(await counters().look(key, RULE)).toEqual({ allowed: false, remaining: 0, resetSeconds: 60 });
  });

  it('gives one point back without changing the window', async () => {
    const key = newId();
    for (let i = 0; i < 3; i += 1) await counters().consume(key, FORGIVABLE);
    pass(10);
    await counters().giveBack(key, FORGIVABLE);
    expect(await counters().look(key, FORGIVABLE)).toEqual({ allowed: true, remaining: 1, resetSeconds: 50 });
  });

  it('forgets a key whose points are all given back, so that it may be any text of a stranger [X-38]', async () => {
    const key = newId();
    await counters().consume(key, FORGIVABLE);
    await counters().consume(key, FORGIVABLE);
    pass(10);
    await counters().giveBack(key, FORGIVABLE);
    await counters().giveBack(key, FORGIVABLE);
    expect(await counters().look(key, FORGIVABLE)).toEqual({ allowed: true, remaining: 3, resetSeconds: 0 });
    expect(await counters().consume(key, FORGIVABLE)).toMatchObject({ used: 1, resetSeconds: 60 });
  });

  it('never has more points than the rule: a point of a window that has ended is not given back', async () => {
    const key = newId();
    await counters().giveBack(key, FORGIVABLE);
    await counters().consume(key, FORGIVABLE);
    pass(60);
    await counters().giveBack(key, FORGIVABLE);
    expect(await counters().consume(key, FORGIVABLE)).toMatchObject({ used: 1, remaining: 2 });
  });

  it('forgives everything, even a key that never existed', async () => {
    const key = newId();
    for (let i = 0; i < 5; i += 1) await counters().consume(key, FORGIVABLE);
    await counters().forgive(key, FORGIVABLE);
    await counters().forgive(key, FORGIVABLE);
    expect(await counters().consume(key, FORGIVABLE)).toMatchObject({ used: 1, resetSeconds: 60 });
  });

  it('keeps keys and rules apart', async () => {
    const [one, other] = [newId(), newId()];
    for (let i = 0; i < 4; i += 1) await counters().consume(one, RULE);
    expect(await counters().consume(other, RULE)).toMatchObject({ allowed: true, used: 1 });
    expect(await counters().consume(one, FORGIVABLE)).toMatchObject({ allowed: true, used: 1 });
  });

  it('uses the window that the first point asked for', async () => {
    const key = newId();
    await counters().consume(key, { ...FORGIVABLE, windowSeconds: 4 });
    expect(await counters().consume(key, { ...FORGIVABLE, windowSeconds: 900 })).toMatchObject({
      used: 2,
      resetSeconds: 4,
    });
  });

  it.each([-30, -3_600, -86_400])(
    'makes nobody wait longer than a window if the wall clock is set by %i s',
    async (seconds) => {
      const key = newId();
      for (let i = 0; i < 4; i += 1) await counters().consume(key, RULE);
      time.setBy(seconds);
      expect((await counters().look(key, RULE)).resetSeconds).toBeLessThanOrEqual(60);
      expect((await counters().consume(key, RULE)).resetSeconds).toBeLessThanOrEqual(60);
      pass(60);
      expect(await counters().consume(key, RULE)).toMatchObject({ allowed: true, resetSeconds: 60 });
    },
  );

  it('mistakes no longer window of a rule with several windows for one that ends too late', async () => {
    const key = newId();
    const longer = { ...FORGIVABLE, windowSeconds: 900, longestWindowSeconds: 900 };
    for (let i = 0; i < 3; i += 1) await counters().consume(key, longer);
    expect(await counters().consume(key, { ...longer, windowSeconds: 4 })).toMatchObject({
      allowed: false,
      resetSeconds: 900,
    });
  });
}
