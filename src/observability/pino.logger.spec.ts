import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/config.schema.js';
import { StoreAway, StoreUnavailable } from '../shared/domain-error.js';
import { createPino, PinoLogger } from './pino.logger.js';

/** The `err` of the line that is logged. */
function logged(error: unknown): unknown {
  const lines: string[] = [];
  createPino(readConfig({}), { destination: { write: (line: string) => void lines.push(line) } }).warn({
    err: error,
  });
  return JSON.parse(lines.join('')).err;
}

describe('An error in the log', () => {
  it('has its kind, its message and its stack, and nothing that a driver attached', () => {
    const error = Object.assign(new TypeError('x is not a function'), { command: 'secret' });
    expect(logged(error)).toEqual({ type: 'TypeError', message: error.message, stack: error.stack });
  });

  it('says without a stack why something does not respond, because many callers may report it every second', () => {
    const cause = new Error('getaddrinfo ENOTFOUND db');
    const err = logged(new StoreAway({ cause }));
    expect(err).toEqual({ type: 'Error', message: expect.any(String), reason: cause.message });
    expect(logged(new StoreAway())).not.toHaveProperty('stack');
  });
});

describe('The log', () => {
  /** The lines that are written. */
  function linesOf(tell: (log: PinoLogger) => void): readonly Record<string, unknown>[] {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    tell(new PinoLogger(createPino(readConfig({}), { destination })));
    return lines.map((line) => JSON.parse(line));
  }
  const often = (tell: () => void): void => {
    for (let i = 0; i < 1_000; i += 1) tell();
  };

  it('says once in a minute that the store is away, however many requests meet it', () => {
    const err = new StoreUnavailable({ cause: new Error('no space left on device') });
    const lines = linesOf((log) => {
      often(() => log.warn({ err }, 'the store does not answer', 'Health'));
      log.warn({ err }, 'sweep failed', 'Sweeper');
    });
    expect(lines.map(({ msg }) => msg)).toEqual(['the store does not answer', 'sweep failed']);
  });

  it('has at most 60 lines of one kind in a minute, whatever a client provokes and puts into them', () => {
    const fault = (what: string): Error => new Error(what);
    const lines = linesOf((log) => {
      let i = 0;
      often(() =>
        log.error({ id: i, err: fault(`no ${(i += 1)}\n    at ${i}`) }, 'A request failed', 'Filter'),
      );
      log.error({ err: new Error('elsewhere') }, 'A request failed', 'Filter');
    });
    expect(lines).toHaveLength(61);
    expect(lines.at(-1)).toHaveProperty('err.message', 'elsewhere');
  });

  it('leaves out no line that is not of trouble', () => {
    expect(
      linesOf((log) => often(() => log.log({ action: 'session.ended' }, 'audit', 'Audit'))),
    ).toHaveLength(1_000);
  });
});
