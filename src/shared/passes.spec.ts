import { describe, expect, it } from 'vitest';
import { Passes } from './passes.js';

describe('Passes', () => {
  it('run one at a time, and one more for any number of calls meanwhile', async () => {
    let [running, most, done] = [0, 0, 0];
    const passes = new Passes(async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      done += 1;
    });
    passes.wake();
    await Promise.resolve();
    for (let i = 0; i < 5; i += 1) passes.wake();
    await passes.settled();
    expect([most, done]).toEqual([1, 2]);
  });

  it('are waited for by a stop, which they are told of', async () => {
    let finish = (): void => undefined;
    let wasStopped = false;
    const passes: Passes = new Passes(async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      wasStopped = passes.isStopped;
    });
    passes.wake();
    await Promise.resolve();
    const stopped = passes.stop();
    finish();
    await stopped;
    expect(wasStopped).toBe(true);
  });
});
