import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../config/config.schema.js';
import { TestClock } from '../../test/support/test-clock.js';
import { Sweeps } from './sweeps.js';

describe('Sweeps', () => {
  const removed = vi.fn<(records: number) => void>();
  const clock = new TestClock();
  let sweeps: Sweeps;
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(['log', 'warn', 'error']));
  beforeEach(() => {
    removed.mockReset();
    sweeps = new Sweeps({ removed }, readConfig({ LOG_LEVEL: 'silent' }), clock);
  });

  it('run in the order in which they were added, at the time of the clock, and are counted together', async () => {
    const done: string[] = [];
    sweeps.add('one', async (now) => {
      done.push(`one ${now.toISOString()}`);
      return 2;
    });
    sweeps.add('uncounted', async () => void done.push('uncounted'));
    sweeps.add('two', async () => done.push('two'));
    expect(await sweeps.run()).toBe(5);
    expect(removed.mock.calls).toEqual([[5]]);
    expect(done).toEqual([`one ${clock.now().toISOString()}`, 'uncounted', 'two']);
  });

  it('run and are counted even if one of them fails', async () => {
    sweeps.add('broken', () => Promise.reject(new Error('no disk')));
    sweeps.add('sound', async () => 4);
    expect(await sweeps.run()).toBe(4);
    expect(removed.mock.calls).toEqual([[4]]);
  });

  it('are told when the service stops, and no other begins then', async () => {
    const told: boolean[] = [];
    let stopped: Promise<void> | undefined;
    sweeps.add('long', async (_, isStopping) => {
      told.push(isStopping());
      stopped = sweeps.onModuleDestroy();
      told.push(isStopping());
    });
    const next = vi.fn(async () => 1);
    sweeps.add('next', next);
    expect(await sweeps.run()).toBe(0);
    await stopped;
    expect(told).toEqual([false, true]);
    expect(next).not.toHaveBeenCalled();
  });
});
