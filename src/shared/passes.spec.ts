import { describe, expect, it } from 'vitest';
import { Passes } from './passes.js';

const notExpected = (error: unknown): void => {
  throw error;
};

describe('Passes', () => {
  it('run one at a time, and one more for any number of calls meanwhile', async () => {
    let [running, most, done] = [0, 0, 0];
    const passes = new Passes(async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      done += 1;
    }, notExpected);
    passes.wake();
    await Promise.resolve();
    for (let i = 0; i < 5; i += 1) passes.wake();
    await passes.settled();
    expect([most, done]).toEqual([1, 2]);
  });

  it('are told of a stop, which waits for them', async () => {
    let finish = (): void => undefined;
    let wasStopped = false;
    const passes: Passes = new Passes(async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      wasStopped = passes.isStopped;
    }, notExpected);
    passes.wake();
    await Promise.resolve();
    const stopped = passes.stop();
    finish();
    await stopped;
    expect(wasStopped).toBe(true);
  });

  it('do not start after a stop, even if they were asked for before it', async () => {
    let done = 0;
    const passes = new Passes(async () => void (done += 1), notExpected);
    passes.wake();
    await passes.stop();
    passes.wake();
    await passes.settled();
    expect(done).toBe(0);
  });

  it('go on after one that failed, and report why it failed', async () => {
    const told: unknown[] = [];
    let done = 0;
    const passes = new Passes(
      async () => {
        done += 1;
        if (done === 1) throw new Error('away');
      },
      (error) => told.push(error),
    );
    for (let i = 0; i < 2; i += 1) {
      passes.wake();
      await passes.settled();
    }
    expect([done, told]).toEqual([2, [new Error('away')]]);
  });
});
