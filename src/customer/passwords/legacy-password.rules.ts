import type { Customer } from '../customer.types.js';
import { type HashRecipe, isOwnHash, recipeOf } from './stored-hash.rules.js';

/**
 * Tells whether the customer's password still is a hash of another system that is kept only for a time. The first login
 * and every change of the password replace it.
 */
export const hasLegacyPassword = ({ legacyPassword, passwordHash }: Customer): boolean =>
  legacyPassword !== undefined && passwordHash !== undefined && !isOwnHash(passwordHash);

/** Takes the password of the other system away, so that the customer has to set a new one. */
export function withoutLegacyPassword(customer: Customer): Customer {
  if (!hasLegacyPassword(customer)) return customer;
  const { passwordHash: _old, legacyPassword: _mark, ...rest } = customer;
  return rest;
}

/** Notes that the customer was asked to log in once. */
export const withReminder = (customer: Customer): Customer =>
  hasLegacyPassword(customer) ? { ...customer, legacyPassword: 'reminded' } : customer;

export type LegacyAlgorithm = HashRecipe['scheme'];

export const LEGACY_ALGORITHMS: readonly LegacyAlgorithm[] = ['argon2', 'bcrypt', 'pbkdf2', 'scrypt'];

/** How an imported customer will log in. */
export interface ImportedHash {
  readonly passwordHash?: string | undefined;
  readonly legacyAuth?: { readonly algorithm: string; readonly hash: string } | undefined;
}

const FORMS = 'must be a hash by Argon2, bcrypt, PBKDF2 or scrypt, in one of the forms of docs/moving.md';
const TWO_WAYS = "Exactly one of 'passwordHash' or 'legacyAuth' must be provided in the account";

/** @returns what is wrong, or undefined */
export function importedHashProblem({ passwordHash, legacyAuth }: ImportedHash): string | undefined {
  if ((passwordHash === undefined) === (legacyAuth === undefined)) return TWO_WAYS;
  if (passwordHash !== undefined)
    return recipeOf(passwordHash) ? undefined : `account.passwordHash: ${FORMS}`;
  const { algorithm = '', hash = '' } = legacyAuth ?? {};
  if (!LEGACY_ALGORITHMS.some((known) => known === algorithm)) {
    return `account.legacyAuth.algorithm: must be one of ${LEGACY_ALGORITHMS.join(', ')}`;
  }
  return recipeOf(hash)?.scheme === algorithm
    ? undefined
    : `account.legacyAuth.hash: ${FORMS}, and fit algorithm`;
}
