import type { PostalCodeRange } from '../vtex-settings.types.js';

/** Returns a code in normal form: `05408-000` equals `05408000`, and `ec1a 1bb` equals `EC1A1BB`. */
export const normalPostalCode = (code: string): string => code.replace(/[\s.-]/g, '').toUpperCase();

/** Tells whether a text is a postal code. Spaces, dots and hyphens do not matter. */
export const isPostalCode = (code: string): boolean => /^[0-9A-Z]{1,10}$/.test(normalPostalCode(code));

export const beginsWith = (code: string, prefix: string): boolean =>
  normalPostalCode(code).startsWith(normalPostalCode(prefix));

/** Compares only as many characters of the code as the range has: `10001-1234` is within 10001 to 10099. */
export function isWithin(code: string, range: PostalCodeRange): boolean {
  const [from, to] = [normalPostalCode(range.from), normalPostalCode(range.to)];
  const part = normalPostalCode(code).slice(0, from.length);
  return part.length === from.length && from <= part && part <= to;
}

const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Returns the share of all codes that a range covers, so that ranges of different lengths can be compared. */
export function shareOf(range: PostalCodeRange): number {
  let share = shares.get(range);
  if (share === undefined) shares.set(range, (share = computedShare(range)));
  return share;
}

/** Settings have the same ranges at each request. */
const shares = new WeakMap<PostalCodeRange, number>();

function computedShare({ from, to }: PostalCodeRange): number {
  const shareBelow = (code: string): number =>
    [...normalPostalCode(code)].reduceRight(
      (share, character) => (CHARACTERS.indexOf(character) + share) / CHARACTERS.length,
      0,
    );
  const oneCode = CHARACTERS.length ** -normalPostalCode(from).length;
  return shareBelow(to) - shareBelow(from) + oneCode;
}
