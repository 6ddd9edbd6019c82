import { Injectable } from '@nestjs/common';
import { ClientGate } from '../../auth/index.js';
import type { Cookies } from '../../http/cookies.js';
import { isOfThisEpoch, type Session, VTEX_CLIENT } from '../../session/index.js';
import { Unauthenticated } from '../../shared/domain-error.js';
import type { SessionClaim } from '../caller/vtex-caller.js';
import { CookieReader } from '../cookies/cookie-reader.js';
import { isHolder } from '../cycle/rights.rules.js';

/**
 * - `open`: the claim is valid as it is
 * - `reopened`: the token is of an earlier epoch, but the request proves to come from the person who logged in
 *   since, and gets a new token
 * - `refused`: the claim opens nothing
 */
export type Entry = 'open' | 'reopened' | 'refused';

/** Decides whether a request may use the session that it names. */
@Injectable()
export class SessionEntry {
  constructor(
    private readonly cookies: CookieReader,
    private readonly clients: ClientGate,
  ) {}

  async judge(session: Session, claim: SessionClaim, cookies: Cookies): Promise<Entry> {
    if (claim.by === 'bearer') return 'open';
    if (!(await this.isServed(session))) return 'refused';
    if (isOfThisEpoch(session, claim)) return 'open';
    return isHolder(session, await this.cookies.proven(session.tenant, cookies)) ? 'reopened' : 'refused';
  }

  /** Disabling a client also ends the sessions that were begun with its tokens, in this dialect too. */
  private async isServed({ tenant, clientId }: Session): Promise<boolean> {
    if (clientId === VTEX_CLIENT) return true;
    try {
      await this.clients.authorize({ tenant, clientId });
      return true;
    } catch (error) {
      if (error instanceof Unauthenticated) return false;
      throw error;
    }
  }
}
