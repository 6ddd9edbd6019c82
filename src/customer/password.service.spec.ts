import { describe, expect, it } from 'vitest';
import { PasswordsBusy } from './customer.errors.js';
import { PasswordService } from './password.service.js';

describe('Passwords', () => {
  const passwords = new PasswordService();

  it('are hashed by Argon2id with 19 MiB and two passes, salted [P-03]', async () => {
    const [one, other] = await Promise.all([
      passwords.hash('a fine password'),
      passwords.hash('a fine password'),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
  });

  it('fit their own hash only', async () => {
    const hash = await passwords.hash('a fine password');
    expect(await passwords.fits('a fine password', hash)).toBe(true);
    expect(await passwords.fits('A fine password', hash)).toBe(false);
  });

  it('never fit where there is no hash, and are checked all the same [W-15, P-04]', async () => {
    expect(await passwords.fits('a fine password', undefined)).toBe(false);
    expect(await passwords.fits('', undefined)).toBe(false);
  });

  it('count to their last character, be it the 128th or behind a NUL', async () => {
    const long = await passwords.hash('x'.repeat(127) + 'a');
    expect(await passwords.fits('x'.repeat(127) + 'b', long)).toBe(false);
    const odd = await passwords.hash('before\0behind');
    expect(await passwords.fits('before\0other', odd)).toBe(false);
    expect(await passwords.fits('before', odd)).toBe(false);
  });

  it('are refused with a hint to come back when too many wait [P-03]', () => {
    expect(new PasswordsBusy()).toMatchObject({ kind: 'rate-limited', headers: { 'retry-after': '1' } });
  });
});
