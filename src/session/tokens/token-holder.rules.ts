import type { RefreshToken, Session } from '../session.types.js';

type Held = Pick<Session, 'clientId' | 'refreshTokens'>;

/**
 * Returns the client that a refresh token was issued to, which is the only one that may use it (RFC 6749 sections 6 and
 * 10.4).
 * @param hash of the token; for one that is unknown, the client that the session belongs to
 */
export function holderOf({ clientId, refreshTokens }: Held, hash: string): string {
  const { current, used } = refreshTokens;
  const token = current?.hash === hash ? current : used.find((one) => one.hash === hash);
  return token?.clientId ?? clientId;
}

/** Tells whether the session belongs to the client, or did when a token that it still has was issued to it. */
export const isKnownTo = ({ clientId, refreshTokens: { current, used } }: Held, client: string): boolean =>
  clientId === client || current?.clientId === client || used.some((one) => one.clientId === client);

/** Returns the session as another client's. Tokens that were issued before stay with the clients that hold them. */
export function passedTo<S extends Held>(session: S, clientId: string): S {
  if (session.clientId === clientId) return session;
  const { current, used } = session.refreshTokens;
  const bound = <T extends RefreshToken>({ clientId: holder = session.clientId, ...token }: T) => ({
    ...token,
    ...(holder !== clientId && { clientId: holder }),
  });
  return {
    ...session,
    clientId,
    refreshTokens: { ...(current && { current: bound(current) }), used: used.map(bound) },
  };
}
