import { describe, expect, it } from 'vitest';
import { isOwnHash, recipeOf } from './stored-hash.rules.js';

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

describe('A stored hash', () => {
  const key = unpadded(Buffer.alloc(32, 7));
  it.each([
    ['bcrypt', `$2b$31$${'a'.repeat(53)}`],
    ['Argon2, memory', `$argon2id$v=19$m=4194304,t=1,p=1$${key}$${key}`],
    ['Argon2, passes', `$argon2id$v=19$m=8192,t=1000,p=1$${key}$${key}`],
    ['Argon2, lanes', `$argon2id$v=19$m=65536,t=1,p=64$${key}$${key}`],
    ['PBKDF2, iterations', `$pbkdf2-sha256$i=999999999$${key}$${key}`],
    ['PBKDF2, length', `$pbkdf2-sha256$i=1000$${key}$${unpadded(Buffer.alloc(512, 7))}`],
    ['scrypt, memory', `$scrypt$ln=24,r=8,p=1$${key}$${key}`],
    ['scrypt, block size', `$scrypt$ln=1,r=99999999,p=1$${key}$${key}`],
    ['scrypt, parallelization', `$scrypt$ln=10,r=8,p=9999$${key}$${key}`],
    ['an unknown form', '5f4dcc3b5aa765d61d8327deb882cf99'],
    ['a key of few bytes', `$pbkdf2-sha256$i=1000$${key}$AA`],
    ['no text', ''],
  ])('can not be checked if that could stop the service, or if it fits too much: %s', (_, hash) => {
    expect(recipeOf(hash)).toBeUndefined();
  });

  it.each([
    ['bcrypt', `$2b$14$${'a'.repeat(53)}`, { scheme: 'bcrypt', cost: 14 }],
    [
      'Argon2',
      `$argon2id$v=19$m=131072,t=4,p=16$${key}$${key}`,
      { memoryKib: 131_072, passes: 4, lanes: 16 },
    ],
    ['PBKDF2', `$pbkdf2-sha512$i=2000000$${key}$${key}`, { digest: 'sha512', iterations: 2_000_000 }],
    ['scrypt', `$scrypt$ln=17,r=8,p=2$${key}$${key}`, { log2N: 17, blockSize: 8, parallelization: 2 }],
  ])('can be checked up to the limit: %s', (_, hash, recipe) => {
    expect(recipeOf(hash)).toMatchObject(recipe);
  });

  it.each([
    `$2b$15$${'a'.repeat(53)}`,
    `$2b$03$${'a'.repeat(53)}`,
    `$argon2id$v=19$m=131073,t=1,p=1$${key}$${key}`,
    `$argon2id$v=19$m=131072,t=5,p=1$${key}$${key}`,
    `$argon2id$v=19$m=131072,t=0,p=1$${key}$${key}`,
    `$argon2id$v=19$m=131072,t=1,p=17$${key}$${key}`,
    `$pbkdf2-sha512$i=2000001$${key}$${key}`,
    `$pbkdf2-sha512$i=0$${key}$${key}`,
    `$scrypt$ln=17,r=8,p=3$${key}$${key}`,
    `$scrypt$ln=18,r=8,p=1$${key}$${key}`,
    `$scrypt$ln=0,r=8,p=1$${key}$${key}`,
  ])('can not be checked past it: %s', (hash) => {
    expect(recipeOf(hash)).toBeUndefined();
  });

  it('is our own if it was made with our parameters', () => {
    expect(isOwnHash(`$argon2id$v=19$m=19456,t=2,p=1$${key}$${key}`)).toBe(true);
    expect(isOwnHash(`$argon2id$v=19$m=19456,t=3,p=1$${key}$${key}`)).toBe(false);
  });
});
