import { dictionary } from '@zxcvbn-ts/language-common';

/** Some fifty thousand passwords from leaks, in lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(dictionary['passwords-common']);
