import { isCommonPassword } from './common-passwords.rules.js';
import { loginEmail } from '../shared/email.js';

/** In characters, not in bytes; what is longer is refused, never cut. */
export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;

/**
 * Whether it may become a password. No rule asks for kinds of characters (NIST SP 800-63B section 5.1.1.2).
 * @param email what the customer logs in with
 * @returns what to do about it; undefined when it may
 */
export function passwordProblem(password: string, email: string): string | undefined {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.min) return `must have at least ${PASSWORD_LENGTH.min} characters`;
  if (length > PASSWORD_LENGTH.max) return `must have at most ${PASSWORD_LENGTH.max} characters`;
  if (isCommonPassword(password)) return 'is one of the most common passwords: choose another one';
  if (loginEmail(password) === loginEmail(email)) return 'must not be the e-mail address: choose another one';
  return undefined;
}
