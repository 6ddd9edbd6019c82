/**
 * Loads the list when a password is set for the first time. So the start does not wait for it, and an instance where
 * nobody sets a password never holds it.
 * @returns passwords in lower case
 */
export async function commonPasswords(): Promise<ReadonlySet<string>> {
  const { COMMON_PASSWORDS } = await import('./common-password-list.js');
  return COMMON_PASSWORDS;
}
