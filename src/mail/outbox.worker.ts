import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Passes } from '../shared/passes.js';
import { MailCounter } from './mail-counter.js';
import { MailRefused, MailTransport } from './mail-transport.js';
import { MailWriter } from './mail-writer.js';
import type { Letter, OutboxMail, Outcome } from './mail.types.js';
import { OutboxRepository } from './outbox.repository.js';
import { settled, taken } from './outbox.rules.js';

/** How often to look for mails that another instance left, or that are due again. */
const POLL_MS = 5_000;

const AT_ONCE = 20;

interface Written {
  readonly mail: OutboxMail;
  readonly claim: string;
  /** Undefined when there is nobody to write to, or no longer a reason to. */
  readonly letter: Letter | undefined;
}

/** Sends the mails of the outbox. Each instance has a worker, and one of them takes each mail. */
@Injectable()
export class OutboxWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(OutboxWorker.name);
  private readonly passes = new Passes(
    () => this.pass(),
    (err) => this.log.warn({ err }, 'The outbox could not be processed'),
  );

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly writer: MailWriter,
    private readonly transport: MailTransport,
    private readonly counter: MailCounter,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    if (this.transport.mode === 'wait') this.log.warn('SMTP_URL is not set: mails wait, and are not sent');
    this.passes.every(POLL_MS);
  }

  /** Finishes sending what has been started. The rest is left for the next start, or for another instance. */
  onModuleDestroy(): Promise<void> {
    return this.passes.stop();
  }

  /** Starts a pass, without waiting for it. */
  wake(): void {
    this.passes.wake();
  }

  private async pass(): Promise<void> {
    if (this.transport.mode === 'wait') return;
    let due: readonly OutboxMail[];
    do {
      due = await this.outbox.due(this.clock.now(), AT_ONCE);
      const written: Written[] = [];
      // In sequence, so that the mail requested last is written last and has the token that is valid.
      for (const mail of due) written.push(...(await this.write(mail)));
      await Promise.all(written.map((one) => this.deliver(one)));
    } while (due.length === AT_ONCE && !this.passes.isStopped);
  }

  /** @returns an empty list when another worker has taken the mail */
  private async write({ tenant, id }: OutboxMail): Promise<readonly Written[]> {
    const claim = newId();
    const now = this.clock.now();
    const mail = await this.outbox.change(tenant, id, (current) => taken(current, claim, now));
    if (mail?.claim !== claim) return [];
    return [{ mail, claim, letter: await this.writer.write(mail, mail.createdAt) }];
  }

  private async deliver({ mail, claim, letter }: Written): Promise<void> {
    const outcome = letter ? await this.send(letter, mail.id) : ({ kind: 'nobody' } as const);
    const now = this.clock.now();
    const left = await this.outbox.change(mail.tenant, mail.id, (current) =>
      settled(current, claim, outcome, now),
    );
    this.tell(outcome, left ?? mail);
  }

  private async send(letter: Letter, id: string): Promise<Outcome> {
    if (this.transport.mode === 'keep') return { kind: 'kept', letter };
    try {
      await this.transport.send(letter, id);
      return { kind: 'sent', to: letter.to };
    } catch (error) {
      if (!(error instanceof MailRefused)) throw error;
      return { kind: 'failed', error: error.code, forGood: error.forGood };
    }
  }

  /** Logs the outcome, but neither recipients nor tokens. */
  private tell(outcome: Outcome, { tenant, id, kind, state, attempts, lastError }: OutboxMail): void {
    if (outcome.kind === 'nobody') return;
    this.counter.count(kind, state === 'given-up' ? state : outcome.kind);
    const fields = { tenant, mail: id, kind, attempts };
    if (outcome.kind === 'sent') this.log.log(fields, 'mail sent');
    else if (outcome.kind === 'kept')
      this.log.log(fields, 'mail not sent, but kept in the outbox to be read');
    else if (state === 'given-up') this.log.error({ ...fields, code: lastError }, 'mail given up');
    else this.log.warn({ ...fields, code: lastError }, 'mail not sent; it will be tried again');
  }
}
