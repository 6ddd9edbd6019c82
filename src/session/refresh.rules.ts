import { secondsAfter } from '../shared/clock.js';
import type { RefreshToken, RefreshTokens, UsedRefreshToken } from './session.types.js';

/** How many used tokens are remembered at most; with one refresh an hour, 24 h need 24. */
const REMEMBERED = 64;

export interface RefreshPolicy {
  /** Lifetime of a refresh token. */
  readonly windowSeconds: number;
  /** How long after its use a token still gets the same successor. */
  readonly graceSeconds: number;
  /** A used token after the grace: the session goes on (D-25), or it ends. */
  readonly onReuse: 'resume' | 'end';
}

/** What the presented token is, and the secret that would follow it, both as hashes. */
export interface Presented {
  readonly hash: string;
  readonly salt: string;
  readonly successorHash: string;
}

export type RefreshDecision =
  /** Its successor is written; it is used from now on. */
  | { readonly kind: 'rotated' | 'resumed'; readonly tokens: RefreshTokens }
  /** Another tab was faster: its successor is the one that this salt gives. */
  | { readonly kind: 'repeated'; readonly salt: string }
  | { readonly kind: 'reused' }
  | { readonly kind: 'unknown' };

export function firstRefreshToken(hash: string, now: Date, windowSeconds: number): RefreshTokens {
  return { current: issued(hash, now, windowSeconds), used: [] };
}

/** RFC 9700 section 4.14.2: rotation, reuse, and a grace for tabs that refresh at once. */
export function decideRefresh(
  { current, used }: RefreshTokens,
  presented: Presented,
  policy: RefreshPolicy,
  now: Date,
): RefreshDecision {
  if (current?.hash === presented.hash) {
    if (current.expiresAt <= now) return { kind: 'unknown' };
    return { kind: 'rotated', tokens: rotated(current, used, presented, policy, now) };
  }
  const known = used.find((token) => token.hash === presented.hash);
  if (!known || known.expiresAt <= now) return { kind: 'unknown' };
  // Another instance's clock may be ahead of this one: without a grace, even what was used later is over.
  if (policy.graceSeconds > 0 && now < secondsAfter(known.usedAt, policy.graceSeconds)) {
    return { kind: 'repeated', salt: known.salt };
  }
  if (policy.onReuse === 'end') return { kind: 'reused' };
  const remembered = used.filter((token) => token.hash !== known.hash);
  return { kind: 'resumed', tokens: resumed(known, current, remembered, presented, policy, now) };
}

function rotated(
  current: RefreshToken,
  used: readonly UsedRefreshToken[],
  { salt, successorHash }: Presented,
  policy: RefreshPolicy,
  now: Date,
): RefreshTokens {
  return {
    current: issued(successorHash, now, policy.windowSeconds),
    used: stillKnown([{ ...current, usedAt: now, salt }, ...used], now),
  };
}

/** The token is used anew, and so is the one that was current: whoever holds that one may resume as well. */
function resumed(
  known: UsedRefreshToken,
  current: RefreshToken | undefined,
  others: readonly UsedRefreshToken[],
  presented: Presented,
  policy: RefreshPolicy,
  now: Date,
): RefreshTokens {
  const again = { ...known, usedAt: now, salt: presented.salt };
  // A grace that ended long ago: its holder did not use it yet, and has no successor to be given.
  const displaced = current && [{ ...current, usedAt: new Date(0), salt: '' }];
  return {
    current: issued(presented.successorHash, now, policy.windowSeconds),
    used: stillKnown([again, ...(displaced ?? []), ...others], now),
  };
}

/** One more, for a client that holds none of this session; whoever holds the one before may still resume (D-22). */
export function furtherRefreshToken(
  { current, used }: RefreshTokens,
  hash: string,
  now: Date,
  windowSeconds: number,
): RefreshTokens {
  const displaced = current ? [{ ...current, usedAt: new Date(0), salt: '' }] : [];
  return { current: issued(hash, now, windowSeconds), used: stillKnown([...displaced, ...used], now) };
}

const issued = (hash: string, now: Date, seconds: number): RefreshToken => ({
  hash,
  issuedAt: now,
  expiresAt: secondsAfter(now, seconds),
});

const stillKnown = (used: readonly UsedRefreshToken[], now: Date): readonly UsedRefreshToken[] =>
  used.filter((token) => token.expiresAt > now).slice(0, REMEMBERED);
