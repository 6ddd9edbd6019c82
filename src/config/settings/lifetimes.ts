import { z } from 'zod';
import { seconds, wholeNumber } from './values.ts';

/** How long sessions, tokens, links and signing keys last. */
export const lifetimeSettings = {
  ANONYMOUS_LIFETIME_SECONDS: seconds
    .min(1)
    .default(3600)
    .describe('How long an anonymous session is alive.'),
  ANONYMOUS_DORMANT_SECONDS: seconds
    .default(82_800)
    .describe('How long after its lifetime a refresh can still wake an anonymous session.'),
  ANONYMOUS_MAX_SECONDS: seconds
    .min(1)
    .default(15_552_000)
    .describe(
      'How long an anonymous session may last in all, however often it is refreshed. Default: 180 days.',
    ),
  CUSTOMER_TOKEN_SECONDS: seconds.min(1).default(2_592_000).describe('Lifetime of a customer access token.'),
  CUSTOMER_REFRESH_SECONDS: seconds.min(1).default(86_400).describe('Lifetime of a customer refresh token.'),
  SERVICE_TOKEN_SECONDS: seconds.min(1).default(14_400).describe('Lifetime of a client credentials token.'),
  REFRESH_GRACE_SECONDS: seconds
    .default(30)
    .describe('How long after a rotation the old refresh token still gets the same successor.'),
  ANONYMOUS_REFRESH_REUSE: z
    .enum(['resume', 'end'])
    .default('resume')
    .describe(
      'What happens when a used anonymous refresh token comes back after the grace: the session goes on, or it ends.',
    ),
  HANDOVER_SECONDS: seconds
    .min(30)
    .max(3600)
    .default(600)
    .describe(
      'How long a handover link works. It opens a guest’s session in another browser, once. Keep it short: the first to open it gets the session.',
    ),
  KEY_ROTATION_DAYS: wholeNumber(0, 3650)
    .default(90)
    .describe(
      'Days after which a new signing key is made; 0 means never. Tokens signed with an older key stay valid until they expire.',
    ),
};
