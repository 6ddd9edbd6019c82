const ZERO = 0x30;
const NINE = 0x39;
const DOT = 0x2e;
const SMALL_E = 0x65;

/** A double always holds this many significant digits, and never more than `MOST_DIGITS`. */
const ALWAYS_CARRIED = 15;
const MOST_DIGITS = 17;
/** Up to this power of ten, a double holds any short number. */
const SAFE_POWER = 290;
const LONGEST = 400;

/**
 * Tells whether a double certainly holds the number in `bytes` from `from` to `to`. It looks only at the digits,
 * because a body may contain very many numbers. Anything that is not a number counts as held: the parser will refuse
 * it.
 */
export function isPlainNumber(bytes: Buffer, from: number, to: number): boolean {
  if (to - from <= ALWAYS_CARRIED) return to - from < 4 || isShortNumber(bytes, from, to);
  return false;
}

function isShortNumber(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from + 1; i < to; i += 1) {
    if (((bytes[i] ?? 0) | 0x20) !== SMALL_E) continue;
    let power = 0;
    for (let digit = i + 1; digit < to; digit += 1) {
      const byte = bytes[digit] ?? 0;
      if (byte >= ZERO && byte <= NINE) power = power * 10 + byte - ZERO;
    }
    return power <= SAFE_POWER;
  }
  return true;
}

/** Tells whether a double holds the number as written: printed with as many digits, it must be the same (F-11). */
export function isCarried(text: string): boolean {
  if (text.length > LONGEST) return !/^-?\d/.test(text);
  const value = Number(text);
  if (Number.isNaN(value) || String(value) === text) return true;
  const digits = significantDigits(text);
  if (digits === '') return true;
  if (!Number.isFinite(value) || digits.length > MOST_DIGITS) return false;
  return significantDigits(value.toExponential(digits.length - 1)) === digits;
}

function significantDigits(number: string): string {
  let digits = '';
  let trailingZeros = 0;
  for (let i = 0; i < number.length; i += 1) {
    const byte = number.charCodeAt(i);
    if ((byte | 0x20) === SMALL_E) break;
    if (byte < ZERO || byte > NINE || byte === DOT) continue;
    if (byte !== ZERO) {
      digits += '0'.repeat(trailingZeros) + number[i];
      trailingZeros = 0;
    } else if (digits !== '') trailingZeros += 1;
  }
  return digits;
}
