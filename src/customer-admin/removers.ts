import { Injectable } from '@nestjs/common';
import { CartRepository } from '../cart/index.js';
import { ContactsOfPerson } from '../client-management/index.js';
import { OutboxRepository } from '../mail/index.js';
import { historyOf, type Session, SessionRepository } from '../session/index.js';
import { type Impersonation, ImpersonationRepository } from '../vtex/index.js';
import { forgotten } from './erasure.rules.js';
import type { ErasedCounts } from './erasure.types.js';
import { PersonForgetter } from './person-forgetter.js';

/** Removes records one by one and counts them. */
@Injectable()
export class Removers {
  constructor(
    private readonly sessionRepository: SessionRepository,
    private readonly cartRepository: CartRepository,
    private readonly outbox: OutboxRepository,
    private readonly impersonations: ImpersonationRepository,
    private readonly forgetter: PersonForgetter,
    private readonly contacts: ContactsOfPerson,
  ) {}

  async carts(tenant: string, carts: AsyncIterable<{ readonly id: string }>): Promise<number> {
    let removed = 0;
    for await (const { id } of carts) removed += Number(await this.cartRepository.remove(tenant, id));
    return removed;
  }

  /** Removes sessions; the history of a session goes with its record. */
  async sessions(sessions: AsyncIterable<Session>): Promise<Pick<ErasedCounts, 'sessions' | 'history'>> {
    const removed = { sessions: 0, history: 0 };
    for await (const session of sessions) {
      await this.sessionRepository.remove(session, 'erased');
      removed.sessions += 1;
      removed.history += historyOf(session).length;
    }
    return removed;
  }

  async mails(tenant: string, mails: AsyncIterable<{ readonly id: string }>): Promise<number> {
    let removed = 0;
    for await (const { id } of mails) removed += Number(await this.outbox.remove(tenant, id));
    return removed;
  }

  /** Keeps the lines of the audit log, but takes the person out of them. @param ids of the person and the sessions */
  auditLines(tenant: string, ids: readonly string[]): Promise<number> {
    return this.forgetter.auditLines(tenant, ids);
  }

  /** Keeps the events of the person's sessions, but removes the names and values of attributes. */
  events(tenant: string, customerId: string): Promise<void> {
    return this.forgetter.events(tenant, customerId);
  }

  /** Legal entities no longer show the person. */
  contactAssignments(tenant: string, customerId: string): Promise<number> {
    return this.contacts.remove(tenant, customerId);
  }

  /** Keeps the record of what an employee did, but removes for whom. */
  async names(lines: readonly Impersonation[]): Promise<number> {
    for (const line of lines) await this.impersonations.replace(forgotten(line));
    return lines.length;
  }
}
