import { Injectable } from '@nestjs/common';
import {
  newestFirst,
  type Session,
  SessionNotFound,
  SessionService,
  type Shopper,
} from '../../session/index.js';

/** How many sessions one answer reads and lists. Nobody looks through more, and each costs a read of the store. */
const MOST_LISTED = 200;

/** Lets customers list and end their own sessions on all their devices. */
@Injectable()
export class OwnSessionsService {
  constructor(private readonly sessions: SessionService) {}

  /** @returns the last used first; if there are more than 200, an arbitrary 200 of them */
  async list({ tenant, customerId }: Shopper): Promise<readonly Session[]> {
    if (customerId === undefined) return [];
    return newestFirst(await this.sessions.listOfCustomer(tenant, customerId, MOST_LISTED));
  }

  /** Ends a session at once, on every instance. @throws SessionNotFound if the customer has no such session */
  async end({ tenant, customerId }: Shopper, sessionId: string): Promise<void> {
    const ended = customerId !== undefined && (await this.sessions.endOf(tenant, customerId, sessionId));
    if (!ended) throw new SessionNotFound(sessionId);
  }

  /** Ends all sessions except this one. @returns the number of sessions that were ended */
  async endOthers({ tenant, customerId, sessionId }: Shopper): Promise<number> {
    return customerId === undefined ? 0 : this.sessions.endAll(tenant, customerId, 'logout', sessionId);
  }
}
