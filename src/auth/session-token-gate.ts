import type { NamedSession } from './credentials.js';

/** A session that a token other than an access token still opens. */
export interface OpenSession {
  readonly tenant: string;
  readonly sessionId: string;
  /** Absent if the session began in the VTEX dialect, without a client. */
  readonly clientId?: string;
  readonly customerId?: string;
}

export interface OpenRefreshToken extends OpenSession {
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/**
 * Tells what a token other than an access token opens now, without using it. The session feature implements this port.
 */
export abstract class SessionTokenGate {
  /** @returns undefined if the session ended, or if its tokens of that epoch were ended */
  abstract bySessionToken(named: NamedSession): Promise<OpenSession | undefined>;

  /** @returns undefined if the tenant has no such token, or if it was used or has expired */
  abstract byRefreshToken(tenant: string, token: string): Promise<OpenRefreshToken | undefined>;

  /** Ends the session, because a holder of its token asked for that. */
  abstract end(session: Pick<OpenSession, 'tenant' | 'sessionId'>): Promise<void>;
}
