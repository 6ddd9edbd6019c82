import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../config/config.schema.js';
import { Forbidden, Unauthenticated, Unavailable } from '../../shared/domain-error.js';
import { NO_TRACING } from '../../shared/tracing.js';
import type { App, AppContext } from '../values/app.types.js';
import { failedApps } from './engine.rules.js';
import { TransformRunner } from './transform-runner.js';

const runner = (milliseconds = 25_000) =>
  new TransformRunner(
    readConfig({ NODE_ENV: 'test', SESSION_TRANSFORM_MILLISECONDS: String(milliseconds) }),
    {
      cycle: () => undefined,
    },
    NO_TRACING,
  );

/** Writes what it is given, once it is told of `s.in`. */
const app = (run: App['run'], over: Partial<App> = {}): App => ({
  name: 'A',
  inputs: { s: ['in'] },
  outputs: { s: ['out'] },
  runOnCreate: false,
  order: 0,
  builtIn: true,
  run,
  ...over,
});

const start = (...apps: App[]) => ({
  apps,
  values: new Map([['s.in', 'x']]),
  changed: ['s.in'],
  creating: false,
});
const about = {} as Omit<AppContext, 'signal'>;
const written = async () => new Map([['s.out', 'y']]);
const never = () => new Promise<never>(() => undefined);
const broken = () => Promise.reject(new Error('broken'));

describe('The runner of session apps', () => {
  afterEach(() => vi.restoreAllMocks());

  it('calls apps round by round, and reports how long each call took', async () => {
    vi.spyOn(performance, 'now')
      .mockReturnValueOnce(100)
      .mockReturnValueOnce(107)
      .mockReturnValueOnce(200)
      .mockReturnValueOnce(203);
    const second = app(async () => new Map(), { name: 'B', inputs: { s: ['out'] }, outputs: {} });
    const { cycle, milliseconds } = await runner().run(start(app(written), second), about);
    expect(cycle.values.get('s.out')).toBe('y');
    expect(milliseconds).toEqual([[7], [3]]);
  });

  it('continues without an app of a tenant that fails [M-29, D-16]', async () => {
    const failing = app(broken, { name: 'failing', builtIn: false });
    const { cycle } = await runner().run(start(failing, app(written)), about);
    expect(failedApps(cycle)).toEqual(['failing']);
    expect(cycle.values.get('s.out')).toBe('y');
  });

  it('fails if a built-in app fails, because its answer is needed', async () => {
    await expect(runner().run(start(app(broken)), about)).rejects.toThrow('broken');
  });

  it('fails when an app refuses, for whichever of the two reasons it gives [M-33, M-34, M-35]', async () => {
    const refuses = (refused: 'forbidden' | 'unauthenticated') =>
      runner().run(start(app(async () => ({ refused, message: 'not you' }))), about);
    await expect(refuses('forbidden')).rejects.toThrow(new Forbidden('not you'));
    await expect(refuses('unauthenticated')).rejects.toMatchObject({ fault: 'not-for-guests' });
    await expect(refuses('unauthenticated')).rejects.toThrow(Unauthenticated);
  });

  it('waits no longer than all apps together may take, and says that a retry may succeed', async () => {
    const answer = runner(1).run(start(app(never)), about);
    await expect(answer).rejects.toThrow(Unavailable);
    await expect(answer).rejects.toThrow(/did not answer in time; try again/);
  });

  it('continues without an app of a tenant that is late, and names those that were not called', async () => {
    const late = app(never, { name: 'late', builtIn: false });
    const next = app(written, { name: 'next', inputs: { s: ['out'] }, outputs: {} });
    const { cycle, milliseconds } = await runner(1).run(start(late, app(written), next), about);
    expect(failedApps(cycle)).toEqual(['late']);
    expect(milliseconds).toHaveLength(1);
    expect([...cycle.looping]).toEqual(['next']);
  });

  it('stops listening for the end of the time once the app has answered', async () => {
    const signals: AbortSignal[] = [];
    const heard = app(async (_inputs, { signal }) => {
      signals.push(signal);
      return new Map();
    });
    await runner().run(start(heard), about);
    expect(signals).toHaveLength(1);
    expect(signals.flatMap((signal) => getEventListeners(signal, 'abort'))).toEqual([]);
  });
});
