import { Injectable } from '@nestjs/common';
import { type HandoverSubject, TokenIssuer } from '../auth/index.js';
import { Config } from '../config/config.schema.js';
import { Clock, secondsAfter } from '../shared/clock.js';
import { TenantService } from '../tenant/index.js';
import { linkTo } from './handover-link.rules.js';

export interface HandoverLink {
  /** Contains the secret, in the fragment. Never log it. */
  readonly url: string;
  readonly expiresAt: Date;
}

/** Makes links by which another browser takes a guest's session over. */
@Injectable()
export class HandoverService {
  constructor(
    private readonly issuer: TokenIssuer,
    private readonly tenants: TenantService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a link that works once, for the setting `HANDOVER_SECONDS`, and only while the session is a guest's. Nothing is
   * stored until it is used. A person who opens a link of a session that has become a customer's is asked to log in.
   * @param session as it is now: a login in between ends the link
   */
  async linkFor(session: HandoverSubject): Promise<HandoverLink> {
    const seconds = this.config.HANDOVER_SECONDS;
    const now = this.clock.now();
    const [token, { pageUrl }] = await Promise.all([
      this.issuer.handoverToken(session, seconds),
      this.tenants.handover(session.tenant),
    ]);
    const url = linkTo({ issuer: this.config.ISSUER, tenant: session.tenant, pageUrl }, token);
    // The token's clock counts whole seconds.
    const issuedAt = new Date(Math.floor(now.getTime() / 1000) * 1000);
    return { url, expiresAt: secondsAfter(issuedAt, seconds) };
  }
}
