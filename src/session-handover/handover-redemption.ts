import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ClientGate, Credentials, type NamedHandover, type NamedSession } from '../auth/index.js';
import { OAuthService, SpentJwtRepository } from '../oauth/index.js';
import { type Session, SharedSessionService, type TokenSet, VTEX_CLIENT } from '../session/index.js';
import { Unauthenticated } from '../shared/domain-error.js';

/** What came with a link. */
export interface PresentedLink {
  readonly tenant: string;
  readonly token: string;
}

export interface FoundHandover {
  readonly link: NamedHandover;
  readonly session: Session;
}

/** Uses handover links up. */
@Injectable()
export class HandoverRedemption {
  constructor(
    private readonly credentials: Credentials,
    private readonly spent: SpentJwtRepository,
    private readonly sessions: SharedSessionService,
    private readonly storefronts: OAuthService,
    private readonly clients: ClientGate,
  ) {}

  /**
   * Finds what the link would open now, and leaves it unused.
   * @throws Unauthenticated if it opens nothing; Conflict if the session is no longer a guest's
   */
  async look({ tenant, token }: PresentedLink): Promise<FoundHandover> {
    const link = await this.credentials.handover(token, tenant);
    if (await this.spent.isSpent(spentOf(link))) throw new Unauthenticated('dead-handover');
    const session = await this.sessions.find(link);
    await this.expectServed(session);
    return { link, session };
  }

  /**
   * Issues tokens of the session to a storefront client.
   * @throws Unauthenticated if there is no such client; also as `look` does
   */
  async redeem(presented: PresentedLink, clientId: string, device: string | undefined): Promise<TokenSet> {
    const storefront = await this.storefronts.storefront(presented.tenant, clientId);
    if (!storefront) throw new Unauthenticated('unknown-client');
    const link = await this.use(presented);
    return this.sessions.issueTo(link, clientId, device);
  }

  /** Returns the session for a browser that gets cookies instead of tokens. @throws as `look` does */
  async open(presented: PresentedLink, device: string | undefined): Promise<NamedSession> {
    const { tenant, sessionId, epoch } = await this.sessions.note(await this.use(presented), device);
    return { tenant, sessionId, epoch };
  }

  /** Of several callers at once, one gets the session. */
  private async use(presented: PresentedLink): Promise<NamedHandover> {
    const { link } = await this.look(presented);
    const isFirst = await this.spent.spend({ ...spentOf(link), endsAt: link.endsAt });
    if (!isFirst) throw new Unauthenticated('dead-handover');
    return link;
  }

  /** A link must not revive a session whose client was switched off. */
  private async expectServed({ tenant, clientId }: Session): Promise<void> {
    if (clientId === VTEX_CLIENT) return;
    try {
      await this.clients.authorize({ tenant, clientId });
    } catch (error) {
      throw error instanceof Unauthenticated ? new Unauthenticated('dead-handover') : error;
    }
  }
}

const spentOf = ({ tenant, jti }: NamedHandover) => ({
  tenant,
  id: `handover:${hash('sha256', jti, 'base64url')}`,
});
