import { z } from 'zod';
import { timedSeconds, wholeNumber } from './values.ts';

/** The VTEX dialect and the session apps that tenants install. */
export const vtexSettings = {
  VTEX_SESSION_COOKIE: z
    .enum(['vtex_session', '__Host-vtex_session'])
    .default('vtex_session')
    .describe(
      'Name of the session cookie in the VTEX dialect. Browsers accept a `__Host-` cookie only from its own host and ' +
        'only over TLS. Choose it if no client looks for the cookie under its usual name.',
    ),
  SESSION_APPS_PRIVATE_ADDRESSES: z
    .enum(['refuse', 'allow'])
    .default('refuse')
    .describe(
      'Whether session apps of tenants may be at loopback, private and link-local addresses. Use `allow` only if ' +
        'every tenant may reach everything that this service can reach.',
    ),
  SESSION_APP_MILLISECONDS: wholeNumber(1, 10_000)
    .default(500)
    .describe('How long one call of a session app may take.'),
  SESSION_APP_REST_SECONDS: timedSeconds
    .min(1)
    .default(10)
    .describe('How long a session app that keeps failing is left alone before one call tries it again.'),
  SESSION_TRANSFORMS: wholeNumber(2, 100)
    .default(10)
    .describe('How many rounds of calls one change of a session may cause, including the create call.'),
  SESSION_APP_CALLS: wholeNumber(2, 100)
    .default(4)
    .describe('How often one change of a session may call the same app.'),
  SESSION_TRANSFORM_MILLISECONDS: wholeNumber(1, 25_000)
    .default(1900)
    .describe('How long all apps of a session together may take for one request.'),
  VTEX_HOST_SUFFIX: z
    .string()
    .regex(/^\.[a-z0-9.-]+$/, 'must look like .shop.example.com')
    .optional()
    .describe(
      'What follows the account in the host name of `/api/sessions`, in addition to the suffixes of VTEX itself, such as ' +
        '`.myvtex.com`. If the host names no account, the query parameter `an` does.',
    ),
  VTEX_DEFAULT_ACCOUNT: z
    .string()
    .regex(/^[a-z][a-z0-9]{2,15}$/, 'must be the name of a tenant')
    .optional()
    .describe(
      'Account of `/api/sessions` if neither host nor query names one. Default: `acme` if the demo data is loaded.',
    ),
};
