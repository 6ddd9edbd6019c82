import { Injectable, Logger } from '@nestjs/common';
import { type MailRequest, OutboxService } from '../../mail/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { CustomerRepository } from '../customer.repository.js';
import type { CredentialChange, Customer, KeptTokens } from '../customer.types.js';
import type { CustomerKey } from '../own-customer.js';
import { hasChange, withSessionsEnded } from './credentials.rules.js';
import { OtherSessions } from './other-sessions.js';

/** What goes with a change. */
export interface AroundChange {
  /** Absent: no session outlives it. */
  readonly kept?: KeptTokens | undefined;
  /** Mails about the change of this id. */
  readonly mails: (change: string) => readonly MailRequest[];
}

/**
 * How each change of a credential is made: its mails are stored, then one atomic write changes the credential,
 * voids all that was asked for before and notes that sessions have to end, then they end. After a crash in between, the
 * mails are written or dropped by what the record says, and the note makes an instance end the sessions: see
 * `SessionEnder`.
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
   * @param write stores the customer with the change; when it leaves that out, no session ends
   * @returns what `write` returns
   * @throws whatever `write` throws; StoreUnavailable - the change may be made, and its sessions end later
   */
  async make(
    { kept, mails }: AroundChange,
    write: (change: CredentialChange) => Promise<Customer | undefined>,
  ): Promise<Customer | undefined> {
    const change = { id: newId(), at: this.clock.now(), ...(kept && { kept: tokensOf(kept) }) };
    const stored = await this.outbox.postAbout(mails(change.id), () => write(change));
    if (stored && hasChange(stored, change.id)) await this.endSessions(stored);
    return stored;
  }

  /** Of a customer whose record notes it. @throws StoreUnavailable */
  async endSessions({ tenant, id, endingSessions }: Customer): Promise<void> {
    if (!endingSessions) return;
    await this.sessions.endAllBut(tenant, id, endingSessions.kept);
    await this.forget({ tenant, id }, endingSessions.change);
  }

  /** Never throws: where the note stays, the sessions are ended once more. */
  private async forget({ tenant, id }: CustomerKey, change: string): Promise<void> {
    try {
      await this.customers.change(tenant, id, (current) => withSessionsEnded(current, change));
    } catch (error) {
      this.log.warn(
        { err: error },
        'Sessions were ended, but not noted as ended: they will be ended once more',
      );
    }
  }
}

/** Only this much about the caller is stored. */
const tokensOf = ({ sessionId, grant }: KeptTokens): KeptTokens => ({
  sessionId,
  ...(grant !== undefined && { grant }),
});
