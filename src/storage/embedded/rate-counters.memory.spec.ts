import { describe, expect, it } from 'vitest';
import { MemoryRateCounters } from './rate-counters.memory.js';

const FEW = { name: 'few', points: 5, windowSeconds: 60 };

describe('Counters in memory', () => {
  it('are bounded: the key that was used longest ago is forgotten for a new one', async () => {
    const counters = new MemoryRateCounters(3);
    for (const key of ['a', 'b', 'c', 'a', 'd']) await counters.consume(key, FEW);
    const remaining = async (key: string) => (await counters.look(key, FEW)).remaining;
    expect(await Promise.all(['a', 'b', 'c', 'd'].map(remaining))).toEqual([3, 5, 4, 4]);
  });

  it('are not forgotten for a flood of keys of another rule', async () => {
    const counters = new MemoryRateCounters(3);
    await counters.consume('a', FEW);
    for (let i = 0; i < 100; i += 1) await counters.consume(`key ${i}`, { ...FEW, name: 'flooded' });
    expect((await counters.look('a', FEW)).remaining).toBe(4);
  });
});
