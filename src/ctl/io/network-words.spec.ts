import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { networkReason } from './network-words.js';

const failed = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });

describe('Why an address could not be reached', () => {
  it('is said in words, with its code', () => {
    expect(networkReason(failed('ECONNREFUSED'))).toBe('nothing listens there, ECONNREFUSED');
    expect(networkReason(failed('ERR_SSL_WRONG_VERSION_NUMBER'))).toContain('it speaks http, not https');
    expect(networkReason(failed('DEPTH_ZERO_SELF_SIGNED_CERT'))).toContain('NODE_EXTRA_CA_CERTS');
  });

  it("is the system's, where a library has put a code of its own in its place", () => {
    const error = Object.assign(new Error('x'), {
      code: 'ESOCKET',
      errno: -constants.errno.ECONNREFUSED,
      syscall: 'connect',
    });
    expect(networkReason(error)).toBe('nothing listens there, ECONNREFUSED');
  });

  it('is the code or the message, where there are no words', () => {
    expect(networkReason(failed('ESTRANGE'))).toBe('ESTRANGE');
    expect(networkReason(new TypeError('fetch failed', { cause: new Error('bad port') }))).toBe('bad port');
    expect(networkReason('gone')).toBe('gone');
  });
});
