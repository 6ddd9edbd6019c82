import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { hash as argon2, Algorithm } from '@node-rs/argon2';
import { hash as bcrypt } from '@node-rs/bcrypt';
import { describe, expect, it } from 'vitest';
import { PasswordService } from './password.service.js';

const PASSWORD = 'a fine password';
const SALT = Buffer.from('sixteen byte salt');
const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');
const passlib = (bytes: Buffer): string => unpadded(bytes).replaceAll('+', '.');

const pbkdf2 = (digest: string, length: number): Buffer => pbkdf2Sync(PASSWORD, SALT, 1000, length, digest);
const scrypt = scryptSync(PASSWORD, SALT, 32, { N: 1024, r: 8, p: 2 });

/** From RFC 7914 section 12, and from the test vectors of jBCrypt. */
const PUBLISHED = {
  scrypt: {
    password: 'pleaseletmein',
    hash: '$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw',
  },
  bcrypt: { password: 'a', hash: '$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe' },
};

describe('A password whose hash was made elsewhere', () => {
  const passwords = new PasswordService();

  it.each([
    ['bcrypt', () => bcrypt(PASSWORD, 4)],
    ['bcrypt of PHP', async () => (await bcrypt(PASSWORD, 4)).replace(/^\$2b/, '$2y')],
    ['Argon2i', () => argon2(PASSWORD, { algorithm: Algorithm.Argon2i, memoryCost: 64, timeCost: 3 })],
    ['Argon2id', () => argon2(PASSWORD, { memoryCost: 128, timeCost: 1, parallelism: 2 })],
    ['PBKDF2', () => `$pbkdf2-sha512$i=1000,l=64$${unpadded(SALT)}$${unpadded(pbkdf2('sha512', 64))}`],
    ['PBKDF2 of passlib', () => `$pbkdf2$1000$${passlib(SALT)}$${passlib(pbkdf2('sha1', 20))}`],
    [
      'PBKDF2 of Django',
      () => `pbkdf2_sha256$1000$${SALT.toString()}$${pbkdf2('sha256', 32).toString('base64')}`,
    ],
    ['scrypt', () => `$scrypt$ln=10,r=8,p=2$${unpadded(SALT)}$${unpadded(scrypt)}`],
  ])('fits it, and no other one does: %s', async (_, made) => {
    const hash = await made();
    expect(await passwords.fits(PASSWORD, hash)).toBe(true);
    expect(await passwords.fits('A fine password', hash)).toBe(false);
    expect(passwords.needsRenewal(hash)).toBe(true);
  });

  it.each(Object.entries(PUBLISHED))('fits the published one of %s', async (_, { password, hash }) => {
    expect(await passwords.fits(password, hash)).toBe(true);
    expect(await passwords.fits(`${password}x`, hash)).toBe(false);
  });

  it('is refused like a wrong one if its hash can not be checked', async () => {
    expect(await passwords.fits(PASSWORD, `$2b$31$${'a'.repeat(53)}`)).toBe(false);
    expect(await passwords.fits(PASSWORD, '5f4dcc3b5aa765d61d8327deb882cf99')).toBe(false);
  });

  it('needs no renewal once the hash is our own', async () => {
    expect(passwords.needsRenewal(await passwords.hash(PASSWORD))).toBe(false);
    expect(passwords.needsRenewal(undefined)).toBe(false);
  });
});
