import { pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { verify as verifyArgon2 } from '@node-rs/argon2';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';
import { type HashRecipe, recipeOf } from './stored-hash.rules.js';

type Recipe<Scheme extends HashRecipe['scheme']> = Extract<HashRecipe, { readonly scheme: Scheme }>;

const derivePbkdf2 = promisify(pbkdf2);

/**
 * Tells whether a password fits a hash, of this service or of another one.
 * @param decoy takes the place of a hash that can't be checked, and fits no password
 */
export async function verifyHash(hash: string, password: string, decoy: string): Promise<boolean> {
  const recipe = recipeOf(hash);
  switch (recipe?.scheme) {
    case 'argon2':
      return verifyArgon2(hash, password);
    case 'bcrypt':
      return verifyBcrypt(password, hash);
    case 'pbkdf2':
      return fitsPbkdf2(recipe, password);
    case 'scrypt':
      return fitsScrypt(recipe, password);
    default:
      await verifyArgon2(decoy, password);
      return false;
  }
}

async function fitsPbkdf2(recipe: Recipe<'pbkdf2'>, password: string): Promise<boolean> {
  const [salt, key] = [bytesOf(recipe.salt), bytesOf(recipe.key)];
  const derived = await derivePbkdf2(password, salt, recipe.iterations, key.length, recipe.digest);
  return timingSafeEqual(derived, key);
}

function fitsScrypt(recipe: Recipe<'scrypt'>, password: string): Promise<boolean> {
  const { log2N, blockSize, parallelization } = recipe;
  const [salt, key] = [bytesOf(recipe.salt), bytesOf(recipe.key)];
  // Twice what it takes (RFC 7914 section 2), because OpenSSL counts a little more.
  const maxmem = 256 * (2 ** log2N + parallelization) * blockSize + 1_048_576;
  const options = { N: 2 ** log2N, r: blockSize, p: parallelization, maxmem };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, key.length, options, (error, derived) =>
      error ? reject(error) : resolve(timingSafeEqual(derived, key)),
    );
  });
}

const bytesOf = (base64: string): Buffer => Buffer.from(base64, 'base64');
