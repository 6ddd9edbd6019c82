import { loginEmail } from '../../shared/email.js';
import { isCommonPassword } from './common-passwords.rules.js';

/** In characters, not in bytes. A longer password is refused, never cut. */
const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

/** In UTF-16 units, as typed. A character may take two, and more if its accents are sent separately. */
export const LONGEST_TYPED_PASSWORD = 1024;

/**
 * Returns a password as it is hashed and compared. Keyboards and systems send the same characters in several ways (RFC
 * 8265 section 4.2.2, OpaqueString: all kinds of space become one, then NFC; capitals count).
 */
export const opaquePassword = (typed: string): string => typed.replaceAll(/\p{Zs}/gu, ' ').normalize('NFC');

/** Returns the forms that a stored hash may be of: today's form, or the password as it was typed, for older hashes. */
export function passwordSpellings(typed: string): readonly string[] {
  const opaque = opaquePassword(typed);
  return opaque === typed ? [typed] : [opaque, typed];
}

/**
 * Returns why this may not become a password. No rule asks for kinds of characters (NIST SP 800-63B section 5.1.1.2).
 * @param email the address that the customer logs in with
 * @param common passwords in lower case
 * @returns what to do about it, or undefined if the password is fine
 */
export function passwordProblem(
  typed: string,
  email: string,
  common: ReadonlySet<string>,
): string | undefined {
  const tooLong = `must have at most ${PASSWORD_LENGTH.max} characters`;
  if (typed.length > LONGEST_TYPED_PASSWORD) return tooLong;
  const password = opaquePassword(typed);
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.min) return `must have at least ${PASSWORD_LENGTH.min} characters`;
  if (length > PASSWORD_LENGTH.max) return tooLong;
  if (isCommonPassword(password, common)) return 'is one of the most common passwords: choose another one';
  if (loginEmail(password) === loginEmail(email)) return 'must not be the e-mail address: choose another one';
  return undefined;
}
