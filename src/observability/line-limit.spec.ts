import { describe, expect, it } from 'vitest';
import { LineLimit } from './line-limit.js';

const MINUTE = 60_000;

describe('Lines of one kind', () => {
  it('are written up to a limit in each minute; the first one of the next says how many were left out', () => {
    let now = 5;
    const limit = new LineLimit(() => now);
    const taken = (): readonly (number | undefined)[] => Array.from({ length: 4 }, () => limit.take('a', 2));
    expect(taken()).toEqual([0, 0, undefined, undefined]);
    now += MINUTE - 1;
    expect(limit.take('a', 2)).toBeUndefined();
    now += 1;
    expect(taken()).toEqual([3, 0, undefined, undefined]);
  });

  it('do not count for another kind', () => {
    const limit = new LineLimit(() => 0);
    expect([limit.take('a', 1), limit.take('b', 1), limit.take('a', 1)]).toEqual([0, 0, undefined]);
  });

  it('take a bounded amount of memory, however many kinds there are', () => {
    const limit = new LineLimit(() => 0);
    for (let i = 0; i < 1_001; i += 1) limit.take(String(i), 1);
    expect(limit.take('0', 1), 'it was forgotten').toBe(0);
  });
});
