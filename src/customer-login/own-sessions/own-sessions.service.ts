import { Injectable } from '@nestjs/common';
import { type Session, SessionNotFound, SessionService, type Shopper } from '../../session/index.js';
import { newestFirst } from './last-used.rules.js';

/** Read for one answer. Nobody looks through more, and each is a read of the store. */
const MOST_LISTED = 200;

/** What customers may do with their own sessions on all their devices. */
@Injectable()
export class OwnSessionsService {
  constructor(private readonly sessions: SessionService) {}

  /** @returns the last used first; of more than 200, some 200 */
  async list({ tenant, customerId }: Shopper): Promise<readonly Session[]> {
    if (customerId === undefined) return [];
    return newestFirst(await this.sessions.listOfCustomer(tenant, customerId, MOST_LISTED));
  }

  /** Ends it at once, on every instance. @throws SessionNotFound - the customer has no such session */
  async end({ tenant, customerId }: Shopper, sessionId: string): Promise<void> {
    const ended = customerId !== undefined && (await this.sessions.endOf(tenant, customerId, sessionId));
    if (!ended) throw new SessionNotFound(sessionId);
  }

  /** Ends all sessions but this one. @returns how many */
  async endOthers({ tenant, customerId, sessionId }: Shopper): Promise<number> {
    return customerId === undefined ? 0 : this.sessions.endAll(tenant, customerId, sessionId);
  }
}
