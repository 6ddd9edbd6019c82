import { Injectable } from '@nestjs/common';
import { CartMoves, type MovedCart } from '../../cart/index.js';
import {
  type ChangedBy,
  ContextService,
  type SessionKey,
  SessionNotFound,
  type SessionWithContext,
} from '../../session/index.js';
import { SiteAccess } from '../../site-settings/index.js';
import { ContextChanged } from './context-change.errors.js';
import { changed, type ContextChange, type Destination, destinationOf } from './context-change.rules.js';

/** Changes the context of any session on the word of an employee, also that of a customer. */
@Injectable()
export class ContextChangeService {
  constructor(
    private readonly contexts: ContextService,
    private readonly sites: SiteAccess,
    private readonly carts: CartMoves,
  ) {}

  /**
   * The cart moves first, because its items may have no price at the destination. If the context can't be changed
   * after that, the cart moves back.
   * @throws SessionNotFound if the session is not alive or has no context; ContextChanged
   * @throws InvalidInput if a value may not be used, or if an item of the cart has no price in the currency
   */
  async change(key: SessionKey, change: ContextChange, by: ChangedBy): Promise<SessionWithContext> {
    const session = await this.contexts.read(key);
    expectCurrent(session, change.version);
    const destination = destinationOf(
      change,
      session,
      await this.sites.known(key.tenant, session.customerId),
    );
    // What is wrong with the attributes is said before the cart moves.
    changed(session, change, destination, undefined, session.context.modifiedAt);
    const moved = destination && (await this.carts.move(session, destination));
    const next = await this.written(session, change, by, destination, moved);
    if (moved) await this.carts.tellOthers(moved);
    return next;
  }

  private async written(
    session: SessionWithContext,
    change: ContextChange,
    by: ChangedBy,
    destination: Destination | undefined,
    moved: MovedCart | undefined,
  ): Promise<SessionWithContext> {
    try {
      return await this.contexts.change(session, by, (stored, now) => {
        expectCurrent(stored, change.version);
        return changed(stored, change, destination, moved?.cart.id, now);
      });
    } catch (error) {
      const isRefused = error instanceof ContextChanged || error instanceof SessionNotFound;
      if (isRefused && moved) await this.carts.moveBack(session, moved);
      throw error;
    }
  }
}

function expectCurrent({ context }: SessionWithContext, version: number): void {
  if (context.version !== version) throw new ContextChanged(version, context.version);
}
