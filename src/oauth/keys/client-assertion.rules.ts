/** How far ahead an assertion may expire, in seconds. Until then its `jti` has to be remembered. */
export const LONGEST_LIFETIME = 600;

/** How many seconds a client's clock may differ from ours. */
export const LEEWAY = 30;

/** A database has its own clock, by which it erases what is over; an id must not be erased too early. */
const KEPT_LONGER = 300;

const LONGEST_JTI = 256;

/** Claims of an assertion whose signature, issuer, subject and times of use are good. */
export interface AssertionClaims {
  readonly aud?: string | readonly string[] | undefined;
  readonly exp?: number | undefined;
  readonly iat?: number | undefined;
  readonly jti?: unknown;
}

export interface OneUse {
  readonly jti: string;
  /** Until when the `jti` must not be accepted again. */
  readonly endsAt: Date;
}

/**
 * Returns what makes the assertion good for one request, or undefined if it is not acceptable. One that also names
 * another audience is refused: that audience could use it here (RFC 7523 section 3, RFC 8725 section 3.9).
 */
export function oneUseOf(
  { aud, exp, iat, jti }: AssertionClaims,
  audiences: readonly string[],
  now: Date,
): OneUse | undefined {
  const seconds = now.getTime() / 1000;
  const isOurs = aud !== undefined && [aud].flat().every((one) => audiences.includes(one));
  if (!isOurs || exp === undefined || typeof jti !== 'string') return undefined;
  if (jti === '' || jti.length > LONGEST_JTI || exp > seconds + LONGEST_LIFETIME + LEEWAY) return undefined;
  if (iat !== undefined && iat > seconds + LEEWAY) return undefined;
  return { jti, endsAt: new Date((exp + LEEWAY + KEPT_LONGER) * 1000) };
}
