/**
 * Common passwords, in lower case, that are missing from the library's list. The library finds them with other tests
 * (repeats, sequences, letters in disguise), which are not used here.
 */
const NOT_LISTED = `
  p@ssword p@ssword1 p@ssw0rd1 p@ssw0rd123 pa$$word passwort123 changeme123 change_me
  00000000 0000000000 1111111111 22222222 55555555 66666666 77777777 88888888 99999999
  0123456789 0987654321 87654321 987654321 12341234 12121212 123123123 13131313 20202020
  zaq1zaq1 qwertzuiop abcdefgh aa12345678 admin1234 root1234 guest123 user1234
`;

const FURTHER: ReadonlySet<string> = new Set(NOT_LISTED.trim().split(/\s+/));

/**
 * Ignores capitals.
 * @param password in NFC
 * @param listed in lower case
 */
export function isCommonPassword(password: string, listed: ReadonlySet<string>): boolean {
  const lower = password.toLowerCase();
  return listed.has(lower) || FURTHER.has(lower);
}
