import { hash, verify } from '@node-rs/argon2';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PasswordsBusy } from '../customer.errors.js';
import { PasswordService } from './password.service.js';

vi.mock('@node-rs/argon2', { spy: true });
vi.mock('@node-rs/bcrypt', { spy: true });

/** Of another system, and a hundred times as costly as those made here. */
const COSTLY = `$2b$14$${'a'.repeat(53)}`;

describe('Passwords', () => {
  const passwords = new PasswordService();
  beforeEach(() => void vi.clearAllMocks());

  it('are hashed by Argon2id with 19 MiB and two passes, salted [P-03]', async () => {
    const [one, other] = await Promise.all([
      passwords.hash('a fine password'),
      passwords.hash('a fine password'),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
  });

  it('fit only their own hash', async () => {
    const made = await passwords.hash('a fine password');
    expect(await passwords.fits('a fine password', made)).toBe(true);
    expect(await passwords.fits('A fine password', made)).toBe(false);
  });

  it('never fit if there is no hash, but are checked all the same [W-15, P-04]', async () => {
    expect(await passwords.fits('a fine password', undefined)).toBe(false);
    expect(await passwords.fits('', undefined)).toBe(false);
    expect(verify).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['plain letters', 'a wrong password'],
    ['letters that can be sent in several ways', 'a wro\u0308ng password'],
  ])(
    'that are wrong cost as many checks with a hash as without one: %s [W-15, P-04, F-28]',
    async (_what, wrong) => {
      const made = await passwords.hash('a fine password');
      await passwords.fits(wrong, made);
      const checks = vi.mocked(verify).mock.calls.length;
      vi.mocked(verify).mockClear();
      await passwords.fits(wrong, undefined);
      expect(verify).toHaveBeenCalledTimes(checks);
    },
  );

  it('fit however a keyboard composes them [F-28]', async () => {
    const made = await passwords.hash('gr\u00fcn ist gut');
    expect(await passwords.fits('gru\u0308n ist gut', made)).toBe(true);
    expect(await passwords.fits('gr\u00fcn\u00a0ist gut', made)).toBe(true);
    const other = await passwords.hash('gru\u0308n ist gut');
    expect(await passwords.fits('gr\u00fcn ist gut', other)).toBe(true);
  });

  it('fit a hash that was made of them as typed [F-28]', async () => {
    const before = await hash('gru\u0308n\u00a0ist gut');
    expect(await passwords.fits('gru\u0308n\u00a0ist gut', before)).toBe(true);
    expect(await passwords.fits('grun ist gut', before)).toBe(false);
  });

  it('count to their last character, even if it is the 128th or follows a NUL', async () => {
    const long = await passwords.hash('x'.repeat(127) + 'a');
    expect(await passwords.fits('x'.repeat(127) + 'b', long)).toBe(false);
    const odd = await passwords.hash('before\0behind');
    expect(await passwords.fits('before\0other', odd)).toBe(false);
    expect(await passwords.fits('before', odd)).toBe(false);
  });

  it('are checked two at a time; when a hundred wait, the next one is told to come back [P-03]', async () => {
    const busy = new PasswordService();
    vi.mocked(hash).mockReturnValue(new Promise(() => {}));
    for (let i = 0; i < 102; i += 1) void busy.hash('a fine password');
    await expect(busy.hash('a fine password')).rejects.toThrow(PasswordsBusy);
    expect(hash).toHaveBeenCalledTimes(3);
    vi.mocked(hash).mockReset();
    expect(new PasswordsBusy()).toMatchObject({ kind: 'rate-limited', headers: { 'retry-after': '1' } });
  });

  it('with costly hashes of another system are checked one at a time, and never keep others waiting [X-32, P-03]', async () => {
    const busy = new PasswordService();
    const ends: ((fits: boolean) => void)[] = [];
    vi.mocked(verifyBcrypt).mockImplementation(() => new Promise((resolve) => ends.push(resolve)));
    const floods = Array.from({ length: 51 }, () => busy.fits('a wrong password', COSTLY));
    await expect(busy.fits('a wrong password', COSTLY)).rejects.toThrow(PasswordsBusy);
    expect(ends).toHaveLength(1);
    const made = await busy.hash('a fine password');
    expect(await busy.fits('a fine password', made)).toBe(true);
    expect(await busy.fits('a fine password', undefined)).toBe(false);
    for (let i = 0; i < floods.length; i += 1) {
      await vi.waitFor(() => expect(ends).toHaveLength(i + 1));
      ends[i]?.(false);
    }
    expect(await Promise.all(floods)).toEqual(floods.map(() => false));
    vi.mocked(verifyBcrypt).mockReset();
  });
});
