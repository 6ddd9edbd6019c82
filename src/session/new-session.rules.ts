import type { Session, SessionKey } from './session.types.js';

/** The properties in which two new sessions may differ. */
export type NewSession = SessionKey &
  Pick<Session, 'clientId' | 'epoch' | 'lifetime'> &
  Partial<Pick<Session, 'refreshTokens' | 'asked'>>;

/**
 * Returns an anonymous session without a context (E-11). Without refresh tokens, nothing in the Emporix dialect opens
 * it.
 */
export const anonymousSession = (made: NewSession, now: Date): Session => ({
  refreshTokens: { used: [] },
  asked: {},
  ...made,
  kind: 'anonymous',
  revision: 1,
  createdAt: now,
});

/** Takes the place of the client id in a session that began by cookie and has no tokens of a client yet. */
export const VTEX_CLIENT = 'vtex_session';
