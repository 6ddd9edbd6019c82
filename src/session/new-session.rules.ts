import type { Session, SessionKey } from './session.types.js';

/** What two new sessions may differ in. */
export type NewSession = SessionKey &
  Pick<Session, 'clientId' | 'epoch' | 'lifetime'> &
  Partial<Pick<Session, 'refreshTokens' | 'asked'>>;

/** It has no context yet (E-11); without refresh tokens, none of the first dialect opens it. */
export const anonymousSession = (made: NewSession, now: Date): Session => ({
  refreshTokens: { used: [] },
  asked: {},
  ...made,
  kind: 'anonymous',
  revision: 1,
  createdAt: now,
});

/** In the place of the client's id, for a session that began by cookie and has no tokens of a client yet. */
export const VTEX_CLIENT = 'vtex_session';
