import { Injectable } from '@nestjs/common';
import { ClientGate } from '../../auth/index.js';
import type { Cookies } from '../../http/cookies.js';
import { isOfThisEpoch, type Session, VTEX_CLIENT } from '../../session/index.js';
import { Unauthenticated } from '../../shared/domain-error.js';
import type { SessionClaim } from '../caller/vtex-caller.js';
import { CookieReader } from '../cookies/cookie-reader.js';
import { isHolder } from '../cycle/rights.rules.js';

/**
 * - `open`: the claim is good as it is
 * - `reopened`: its token is of an earlier epoch, but the request proves to come from who logged in since: it is to get
 *   a new token
 * - `refused`: it opens nothing
 */
export type Entry = 'open' | 'reopened' | 'refused';

/** Judges whether a request may use the session that it names. */
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

  /** A client that is switched off ends what was begun with its tokens, at this door too. */
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
