import { secondsAfter } from '../../shared/clock.js';
import type { RefreshToken, RefreshTokens, UsedRefreshToken } from '../session.types.js';

/** How many used tokens are remembered. With one refresh an hour, 24 h need 24. */
const REMEMBERED = 64;

/** How often a used token still gets its successor within the grace (RFC 9700 section 4.14.2). */
const MOST_REPEATS = 5;

export interface RefreshPolicy {
  /** Lifetime of a refresh token. */
  readonly windowSeconds: number;
  /** How long a used token still gets the same successor. */
  readonly graceSeconds: number;
  /** What happens when a used token comes back after the grace: the session goes on (D-25) or ends. */
  readonly onReuse: 'resume' | 'end';
}

/** Hashes of the presented token and of the secret that would follow it. */
export interface Presented {
  readonly hash: string;
  readonly salt: string;
  readonly successorHash: string;
  /** The grant of the tokens that the refresh will issue, if it issues any. */
  readonly grant: string;
}

export type RefreshDecision =
  /** The successor is written, and the presented token counts as used. */
  | { readonly kind: 'rotated' | 'resumed'; readonly tokens: RefreshTokens }
  /** Another tab was faster, and this salt gives the successor that it got. The repeat is counted. */
  | { readonly kind: 'repeated'; readonly salt: string; readonly tokens: RefreshTokens }
  /** The token was repeated too often within the grace. It is refused, and nothing ends. */
  | { readonly kind: 'worn-out' }
  | { readonly kind: 'reused' }
  | { readonly kind: 'unknown' };

/** A refresh token that is about to be issued. */
export interface NewRefreshToken {
  readonly hash: string;
  /** See `accessClaims`. */
  readonly grant: string;
  readonly windowSeconds: number;
  /** As in `RefreshToken`. */
  readonly clientId?: string;
}

export const firstRefreshToken = (token: NewRefreshToken, now: Date): RefreshTokens => ({
  current: issued(token, now),
  used: [],
});

/**
 * Decides what a presented refresh token leads to: rotation, reuse, or a repeat within the grace for tabs that refresh
 * at once (RFC 9700 section 4.14.2).
 */
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
  // Another instance's clock may be ahead of this one. Without a grace, a token with a `usedAt` in the future is over
  // too.
  if (policy.graceSeconds > 0 && now < secondsAfter(known.usedAt, policy.graceSeconds)) {
    const { repeats = 0 } = known;
    if (repeats >= MOST_REPEATS) return { kind: 'worn-out' };
    const counted = used.map((token) => (token === known ? { ...known, repeats: repeats + 1 } : token));
    return { kind: 'repeated', salt: known.salt, tokens: { ...(current && { current }), used: counted } };
  }
  if (policy.onReuse === 'end') return { kind: 'reused' };
  const remembered = used.filter((token) => token.hash !== known.hash);
  return { kind: 'resumed', tokens: resumed(known, current, remembered, presented, policy, now) };
}

function rotated(
  current: RefreshToken,
  used: readonly UsedRefreshToken[],
  presented: Presented,
  policy: RefreshPolicy,
  now: Date,
): RefreshTokens {
  return {
    current: issued(successorOf(current, presented, policy), now),
    used: stillKnown([{ ...current, usedAt: now, salt: presented.salt }, ...used], now),
  };
}

/**
 * Marks the token as used again, and the current one as well, so that the client that holds the current one may resume
 * too.
 */
function resumed(
  known: UsedRefreshToken,
  current: RefreshToken | undefined,
  others: readonly UsedRefreshToken[],
  presented: Presented,
  policy: RefreshPolicy,
  now: Date,
): RefreshTokens {
  const { repeats: _over, ...token } = known;
  const again = { ...token, usedAt: now, salt: presented.salt };
  // Its grace is long over: its holder has not used it yet, so there is no successor to return.
  const displaced = current && [{ ...current, usedAt: new Date(0), salt: '' }];
  return {
    current: issued(successorOf(known, presented, policy), now),
    used: stillKnown([again, ...(displaced ?? []), ...others], now),
  };
}

/**
 * Adds a refresh token for a client that holds none of this session yet. The holder of the previous one may still
 * resume (D-22).
 */
export function furtherRefreshToken(
  { current, used }: RefreshTokens,
  token: NewRefreshToken,
  now: Date,
): RefreshTokens {
  const displaced = current ? [{ ...current, usedAt: new Date(0), salt: '' }] : [];
  return { current: issued(token, now), used: stillKnown([...displaced, ...used], now) };
}

/** The successor goes to the client that presented the token, so it is bound to the same one. */
const successorOf = (
  { clientId }: RefreshToken,
  { successorHash: hash, grant }: Presented,
  { windowSeconds }: RefreshPolicy,
): NewRefreshToken => ({ hash, grant, windowSeconds, ...(clientId !== undefined && { clientId }) });

const issued = ({ windowSeconds, ...token }: NewRefreshToken, now: Date): RefreshToken => ({
  ...token,
  issuedAt: now,
  expiresAt: secondsAfter(now, windowSeconds),
});

const stillKnown = (used: readonly UsedRefreshToken[], now: Date): readonly UsedRefreshToken[] =>
  used.filter((token) => token.expiresAt > now).slice(0, REMEMBERED);
