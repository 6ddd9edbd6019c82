import { Injectable, Logger } from '@nestjs/common';
import { type MailRequest, OutboxService } from '../../mail/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { CustomerRepository } from '../customer.repository.js';
import type { CredentialChange, Customer, KeptTokens } from '../customer.types.js';
import type { CustomerKey } from '../own-customer.js';
import { hasChange, withSessionsEnded } from './credentials.rules.js';
import { OtherSessions } from './other-sessions.js';

/** What accompanies a change of credentials. */
export interface AroundChange {
  /** The tokens that stay valid. Absent means that every session ends. */
  readonly kept?: KeptTokens | undefined;
  /** The mails to send about the change with this id. */
  readonly mails: (change: string) => readonly MailRequest[];
}

/**
 * Makes every change of a credential in this order: it stores the mails; one atomic write then changes the
 * credential, voids all earlier requests and records that sessions have to end; then it ends them. After a crash in
 * between, the record decides whether the mails are written or dropped, and `SessionEnder` ends the sessions.
 */
@Injectable()
export class CredentialChanges {
  private readonly log = new Logger(CredentialChanges.name);

  constructor(
    private readonly customers: CustomerRepository,
    private readonly sessions: OtherSessions,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /**
   * @param write stores the customer with the change; if it stores no change, no session ends, unless an instance died in
   * the middle of a block
   * @returns what `write` returns
   * @throws whatever `write` throws; StoreUnavailable if the change may have been made, in which case its sessions end
   * later
   */
  async make(
    { kept, mails }: AroundChange,
    write: (change: CredentialChange) => Promise<Customer | undefined>,
  ): Promise<Customer | undefined> {
    const change = { id: newId(), at: this.clock.now(), ...(kept && { kept: tokensOf(kept) }) };
    const stored = await this.outbox.postAbout(mails(change.id), () => write(change));
    const isLeftOver = stored?.endingSessions?.blocked === true;
    if (stored && (isLeftOver || hasChange(stored, change.id))) await this.endSessions(stored);
    return stored;
  }

  /** Ends the sessions of a customer whose record says that they have to end. @throws StoreUnavailable */
  async endSessions({ tenant, id, endingSessions }: Customer): Promise<void> {
    if (!endingSessions) return;
    if (endingSessions.blocked) await this.sessions.endAllOfBlocked(tenant, id);
    else await this.sessions.endAllBut(tenant, id, endingSessions.kept);
    await this.forget({ tenant, id }, endingSessions.change);
  }

  /** Never throws. If the record can't be cleared, the sessions are ended once more later. */
  private async forget({ tenant, id }: CustomerKey, change: string): Promise<void> {
    try {
      await this.customers.change(tenant, id, (current) => withSessionsEnded(current, change));
    } catch (error) {
      this.log.warn(
        { err: error },
        'Sessions were ended, but the record could not be cleared: they will be ended once more',
      );
    }
  }
}

/** Stores nothing else about the caller. */
const tokensOf = ({ sessionId, grant }: KeptTokens): KeptTokens => ({
  sessionId,
  ...(grant !== undefined && { grant }),
});
