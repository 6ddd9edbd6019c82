import { z } from 'zod';

/** Mails, and the pages that they link to. */
export const mailSettings = {
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an smtp or smtps address' })
    .optional()
    .describe(
      'Mail server, such as `smtps://user:password@mail.example.com`. If not set, mails wait in production; ' +
        'elsewhere they are kept and can be read at `/admin/{tenant}/outbox`.',
    ),
  MAIL_FROM: z
    .email('must be an e-mail address alone, such as shop@example.com')
    .default('no-reply@onesession.invalid')
    .describe('Sender of mails, unless the tenant has its own.'),
  STOREFRONT_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe(
      'Base address of the pages that mails link to, unless the tenant names its own: `/opt-in`, `/password-reset`, `/email-change` and ' +
        '`/email-change-undo`, each with `?token=`, and `/password-forgotten`. If not set, mails contain just the token.',
    ),
};
