import type { RefreshTokens, Session } from '../session.types.js';

/** What a token claims about its session. */
interface Claimed {
  readonly epoch: string;
  readonly grant?: string | undefined;
}

/** Tells whether a token may still open the session that it names. */
export const isOfThisEpoch = ({ epoch, kept }: Pick<Session, 'epoch' | 'kept'>, claims: Claimed): boolean =>
  claims.epoch === epoch || (kept !== undefined && claims.grant === kept.grant);

/**
 * Ends every token of the session except those of one grant. This covers older tokens, newer ones that somebody else
 * may have got by a refresh, and refresh tokens that were already used (OWASP ASVS 5, 7.4.3).
 * @param grant of the token that the caller holds; tokens issued before there were grants end like all others
 */
export function withTokensOf(session: Session, grant: string | undefined, epoch: string): Session {
  const { kept: _before, ...rest } = session;
  return {
    ...rest,
    epoch,
    ...(grant !== undefined && { kept: { grant } }),
    refreshTokens: refreshTokensOf(session.refreshTokens, grant),
  };
}

function refreshTokensOf({ current }: RefreshTokens, grant: string | undefined): RefreshTokens {
  const sibling = current !== undefined && grant !== undefined && current.grant === grant;
  return { ...(sibling && { current }), used: [] };
}
