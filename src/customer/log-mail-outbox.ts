import { Injectable, Logger } from '@nestjs/common';
import { type Mail, MailOutbox } from './mail-outbox.js';

const KEPT_MAILS = 100;

/** For development: delivers nothing, keeps the last mails of this process to be looked at. */
@Injectable()
export class LogMailOutbox extends MailOutbox {
  private readonly log = new Logger(LogMailOutbox.name);
  private kept: readonly Mail[] = [];

  /** The log says that there was one, neither to whom nor with which token. */
  override async send(mail: Mail): Promise<void> {
    this.kept = [mail, ...this.kept].slice(0, KEPT_MAILS);
    this.log.log(
      `A mail of kind ${mail.kind} for tenant ${mail.tenant} was not delivered, but kept to be looked at`,
    );
  }

  /** Newest first. */
  get mails(): readonly Mail[] {
    return this.kept;
  }
}
