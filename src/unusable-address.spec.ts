import { describe, expect, it } from 'vitest';
import { readConfig } from './config/config.schema.js';
import { unusableAddress } from './unusable-address.js';

const config = readConfig({ PORT: '443', ADMIN_PORT: '9000', HOST: '0.0.0.0', ADMIN_HOST: '127.0.0.1' });

const failed = (code: string, more: object = {}): Error =>
  Object.assign(new Error(code), { code, syscall: 'listen', ...more });

describe("An address that the service can't listen on", () => {
  it.each([
    ['PORT', 443],
    ['ADMIN_PORT', 9000],
  ])('gets the advice of a port above 1023 if the user may not use %s [F-41]', async (setting, port) => {
    const problem = await unusableAddress(failed('EACCES', { port, address: '0.0.0.0' }), config);
    expect(problem?.message).toBe(
      `${setting} ${port} may not be used by this user: set ${setting} to 1024 or more`,
    );
  });

  it('is named if it is an unknown host [F-41]', async () => {
    const unknown = failed('ENOTFOUND', { syscall: 'getaddrinfo', hostname: '127.0.0.1' });
    expect((await unusableAddress(unknown, config))?.message).toMatch(
      /^ADMIN_HOST 127\.0\.0\.1 can't be used: .+\. Set ADMIN_HOST to an address of this machine$/,
    );
  });

  it.each([new Error('something else'), failed('EACCES', { syscall: 'open' }), 'text'])(
    'is not what %s is about',
    async (error) => {
      expect(await unusableAddress(error, config)).toBeUndefined();
    },
  );
});
