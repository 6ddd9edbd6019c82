import { describe, expect, it } from 'vitest';
import { readConfig } from '../config/config.schema.js';
import { StoreAway } from '../shared/domain-error.js';
import { createPino } from './pino.logger.js';

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
