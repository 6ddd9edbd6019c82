import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import type { Listed, Listing } from '../shared/filter/filter.types.js';
import { newId } from '../shared/ids.js';
import { MailTransport } from './mail-transport.js';
import type { MailRequest, OutboxMail } from './mail.types.js';
import { OutboxRepository } from './outbox.repository.js';
import { CAUSE_SECONDS, newMail, released } from './outbox.rules.js';
import { OutboxWorker } from './outbox.worker.js';

@Injectable()
export class OutboxService {
  private readonly log = new Logger(OutboxService.name);

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly worker: OutboxWorker,
    private readonly transport: MailTransport,
    private readonly clock: Clock,
  ) {}

  /** Stores the mail before it returns; it is sent soon after. Takes the same time for every recipient. */
  async post(request: MailRequest): Promise<void> {
    await this.outbox.add(newMail(request, newId(), this.clock.now()));
    this.worker.wake();
  }

  /**
   * Posts mails about a change that `cause` stores. The mails are stored first, so that a crash in between never
   * leaves a change without its mails. They wait meanwhile, and are dropped if the change was not stored.
   * @throws whatever `cause` throws
   */
  async postAbout<R>(requests: readonly MailRequest[], cause: () => Promise<R>): Promise<R> {
    const now = this.clock.now();
    const mails = requests.map((request) => newMail(request, newId(), now, CAUSE_SECONDS));
    await Promise.all(mails.map((mail) => this.outbox.add(mail)));
    const result = await cause();
    await Promise.all(mails.map((mail) => this.release(mail)));
    return result;
  }

  async list(tenant: string, listing: Listing): Promise<Listed<OutboxMail>> {
    const alive = { op: 'gt', path: 'erasedAt', value: this.clock.now() } as const;
    const { rows, ...total } = await this.outbox.list(tenant, {
      ...listing,
      filter: [...listing.filter, alive],
    });
    return { rows: rows.map((mail) => this.shown(mail)), ...total };
  }

  private async release({ tenant, id }: OutboxMail): Promise<void> {
    const now = this.clock.now();
    try {
      await this.outbox.change(tenant, id, (current) => released(current, now));
      this.worker.wake();
    } catch (error) {
      this.log.warn({ err: error }, 'A mail could not be released; it will be sent a little later');
    }
  }

  /** Hides the letter, which has a live token, unless mails are kept to be read. */
  private shown(mail: OutboxMail): OutboxMail {
    const { letter: _secret, ...rest } = mail;
    return this.transport.mode === 'keep' ? mail : rest;
  }
}
