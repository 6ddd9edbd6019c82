import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type BatchEntry, doEach } from './batch.js';

describe('The entries of a batch', () => {
  it('run one after the other if they have the same id, and in parallel otherwise', async () => {
    const begun: number[] = [];
    const ids = ['a', 'a', 'b', undefined, 'a', undefined];
    const entries: readonly BatchEntry<{ id?: string; n: number }>[] = ids.map((id, n) => ({
      wanted: { n, ...(id !== undefined && { id }) },
    }));
    const done: number[] = [];
    await doEach(entries, async ({ id = '', n }) => {
      begun.push(n);
      for (let ticks = ids.length - n; ticks > 0; ticks--) await setImmediate();
      done.push(n);
      return { id, done: 'created' };
    });
    expect(begun.slice(0, 4)).toEqual([0, 2, 3, 5]);
    expect(done.filter((n) => ids[n] === 'a')).toEqual([0, 1, 4]);
  });
});
