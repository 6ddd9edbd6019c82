import { Injectable } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Config } from '../config/config.schema.js';
import type { Letter } from './mail.types.js';

/** Milliseconds; in total less than the lease of the outbox. */
const TIMEOUTS = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  dnsTimeout: 10_000,
  socketTimeout: 30_000,
} as const;

/** The server refused the mail. `forGood`: it would refuse the same mail again (RFC 5321 section 4.2.1, 5yz). */
export class MailRefused extends Error {
  constructor(
    readonly code: string,
    readonly forGood: boolean,
  ) {
    super(code);
  }
}

/** Sends mails by SMTP, if a server is configured. */
@Injectable()
export class MailTransport {
  /** `keep`: mails are stored to be read, in development. `wait`: mails wait until SMTP_URL is set. */
  readonly mode: 'send' | 'keep' | 'wait';
  private readonly smtp: Transporter | undefined;

  constructor(private readonly config: Config) {
    const { SMTP_URL: url, NODE_ENV } = config;
    this.mode = url === undefined ? (NODE_ENV === 'production' ? 'wait' : 'keep') : 'send';
    this.smtp =
      url === undefined
        ? undefined
        : createTransport({ url, ...TIMEOUTS, disableFileAccess: true, disableUrlAccess: true });
  }

  /** @param id of the mail; it becomes the Message-ID, so that a repeated mail is recognised @throws MailRefused */
  async send({ to, from = this.config.MAIL_FROM, subject, text }: Letter, id: string): Promise<void> {
    const host = from.slice(from.lastIndexOf('@') + 1);
    try {
      await this.smtp?.sendMail({
        // Objects, so that no character in an address can turn it into two.
        from: { name: '', address: from },
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${id}@${host}>`,
        // Prevents out-of-office replies (RFC 3834 section 5).
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

/** Keeps only codes, because a server's text may repeat what it was sent. */
function refusalOf(error: unknown): MailRefused {
  const field = (name: string): unknown =>
    error instanceof Error && name in error ? Reflect.get(error, name) : undefined;
  const status = field('responseCode');
  const code = String(status ?? field('code') ?? 'unknown');
  const recipientRefused = field('code') === 'EENVELOPE' && typeof status === 'number' && status >= 500;
  return new MailRefused(code, recipientRefused);
}
