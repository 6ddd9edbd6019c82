import { dictionary } from '@zxcvbn-ts/language-common';

/** About fifty thousand passwords from leaks, in lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(dictionary['passwords-common']);
