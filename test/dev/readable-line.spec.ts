import { describe, expect, it } from 'vitest';
import { readableLine } from '../../scripts/dev/readable-line.js';

const line = (fields: object): string =>
  JSON.stringify({
    level: 30,
    time: new Date(2026, 0, 2, 3, 4, 5).getTime(),
    pid: 1,
    hostname: 'h',
    ...fields,
  });
const request = (fields: object): string =>
  line({ level: 20, context: 'http', msg: 'request', method: 'GET', route: '/a/:tenant', ms: 7, ...fields });

describe('A line of the service under npm run dev', () => {
  it('says of a request who asked for what, how it ended and how long it took', () => {
    const fields = { tenant: 'acme', path: '/a/acme', status: 200 };
    expect(readableLine(request(fields))).toBe('03:04:05 acme GET /a/acme 200 7 ms');
  });

  it('says why a request was refused', () => {
    const fields = { tenant: 'acme', path: '/a/acme', status: 404, reason: 'Session not found' };
    expect(readableLine(request(fields))).toBe('03:04:05 acme GET /a/acme 404 7 ms Session not found');
  });

  it('has no character in it that a terminal obeys, of anybody [X-34]', () => {
    const fields = {
      tenant: 'acme',
      path: '/a/\u001b[2J\n03:04:05',
      status: 404,
      reason: '\u009b\u0007\u202e',
    };
    expect(readableLine(request(fields))).toBe(
      '03:04:05 acme GET /a/\\u001b[2J\\u000a03:04:05 404 7 ms \\u009b\\u0007\\u202e',
    );
    const err = { message: 'no', stack: 'Error: \u001b[2J\n    at a.ts:1' };
    expect(readableLine(line({ level: 50, context: 'Link', msg: 'failed \u001b', err }))).toBe(
      '03:04:05 ERROR Link: failed \\u001b\nError: \\u001b[2J\n    at a.ts:1',
    );
  });

  it('says the route where the path is not told, and a dash where no tenant was named', () => {
    expect(readableLine(request({ status: 200 }))).toBe('03:04:05 - GET /a/:tenant 200 7 ms');
  });

  it('says what a class tells, with its fields', () => {
    expect(readableLine(line({ context: 'Sweeper', msg: 'swept', erased: 3 }))).toBe(
      '03:04:05 Sweeper: swept erased=3',
    );
  });

  it('shows the level from a warning on, and where an error came from', () => {
    expect(readableLine(line({ level: 40, context: 'Link', msg: 'away' }))).toBe('03:04:05 WARN Link: away');
    const err = { message: 'no', stack: 'Error: no\n    at a.ts:1' };
    expect(readableLine(line({ level: 50, context: 'Link', msg: 'failed', err }))).toBe(
      '03:04:05 ERROR Link: failed\nError: no\n    at a.ts:1',
    );
  });

  it('is left out when it only tells how the framework does its work', () => {
    expect(readableLine(line({ level: 20, context: 'RouterExplorer', msg: 'Mapped' }))).toBeUndefined();
  });

  it.each(['onesession listens on http://127.0.0.1:3000', '{"level":broken', ''])(
    'stays as it is when it is not an entry of the log: %s',
    (text) => {
      expect(readableLine(text)).toBe(text);
    },
  );
});
