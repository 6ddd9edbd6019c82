import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { Credentials, holdsScope, type VerifiedToken } from '../auth/index.js';
import { isShopper, type Shopper } from '../session/index.js';
import { InsufficientScope, Unauthenticated } from '../shared/domain-error.js';
import { LiveStreams } from './live-streams.js';
import { isOfSession, isOfTypes, lastWordsOf } from './live.rules.js';
import type { Reader, Subscription } from './live.types.js';

export const READ_SCOPE = 'session.session_read';

export interface OwnStreamRequest {
  readonly token: string;
  readonly shopper: Shopper;
  readonly address: string;
  readonly gone: AbortSignal;
  readonly lastEventId?: string;
}

export interface TenantStreamRequest {
  readonly token: string;
  /** Types such as `onesession.context.changed`, or groups such as `onesession.context.*`. Empty: all. */
  readonly types: readonly string[];
  /** Only events of this session and its carts. */
  readonly sessionId?: string;
  readonly gone: AbortSignal;
  readonly lastEventId?: string;
}

@Injectable()
export class LiveEventsService {
  constructor(
    private readonly streams: LiveStreams,
    private readonly credentials: Credentials,
  ) {}

  /** Streams the events of a shopper's session, while the token opens it. */
  async ofSession({ token, shopper, address, gone, lastEventId }: OwnStreamRequest): Promise<Readable> {
    const { tenant, sessionId, kind } = shopper;
    const verified = await this.credentials.verified(token);
    const giveBack = this.streams.seats.takeForShopper(`${tenant} ${sessionId}`, address);
    const subscription = {
      tenant,
      sessionId,
      expiresAt: shopper.expiresAt,
      gone,
      chooses: (logged, reader) => isOfSession(logged.event, sessionId, reader),
      check: () => this.checkShopper(verified),
      lastWords: (events) => lastWordsOf(events, sessionId, kind),
      ...(lastEventId !== undefined && { lastEventId }),
    } satisfies Subscription;
    return this.streams.open(subscription, giveBack);
  }

  /** Streams the events of a tenant, while the token may read its sessions. */
  async ofTenant({ token, types, sessionId, gone, lastEventId }: TenantStreamRequest): Promise<Readable> {
    const verified = await this.credentials.verified(token);
    const { tenant, exp } = verified.claims;
    const giveBack = this.streams.seats.takeForEmployee(tenant);
    const subscription = {
      tenant,
      expiresAt: new Date(exp * 1000),
      gone,
      chooses: ({ event }, reader) =>
        isOfTypes(event.type, types) && (sessionId === undefined || isOfSession(event, sessionId, reader)),
      check: () => this.checkEmployee(verified),
      lastWords: () => ({ events: [], reason: 'token-ended' }),
      ...(lastEventId !== undefined && { lastEventId }),
    } satisfies Subscription;
    return this.streams.open(subscription, giveBack);
  }

  private async checkShopper(token: VerifiedToken): Promise<Reader> {
    const principal = await this.credentials.authenticateAgain(token);
    if (!isShopper(principal)) throw new Unauthenticated();
    const cartId = principal.session.context?.cartId?.value;
    return cartId === undefined ? {} : { cartId };
  }

  private async checkEmployee(token: VerifiedToken): Promise<Reader> {
    const principal = await this.credentials.authenticateAgain(token);
    if (!holdsScope(principal.scopes, READ_SCOPE)) throw new InsufficientScope([READ_SCOPE]);
    return {};
  }
}
