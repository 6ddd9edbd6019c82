import { isIP } from 'node:net';
import { z } from 'zod';
import { onOff } from './values.ts';

/** In characters. Nothing but the rate limits of `/oauth/token` slows down a guess, and it opens every tenant. */
const MIN_OPERATOR_SECRET = 32;

const proxies = z
  .string()
  .transform((list) => list.split(',').map((proxy) => proxy.trim()))
  .pipe(z.array(z.string().refine(isAddressOrRange, 'must be addresses or CIDRs, separated by commas')));

/** Secrets, declared tenants, and who is believed. */
export const trustSettings = {
  KEYS_SECRET: z
    .string()
    .refine((list) => secretsIn(list).every((secret) => secret.length >= 16), {
      error: 'must have at least 16 characters; in a list, each secret must',
    })
    .optional()
    .describe(
      'Encrypts the signing keys at rest. Required in production. May be a list, separated by commas: the first secret encrypts and all of them ' +
        'decrypt, so that a secret can be replaced without downtime.',
    ),
  OPERATOR_SECRET: z
    .string()
    .min(
      MIN_OPERATOR_SECRET,
      `must have at least ${MIN_OPERATOR_SECRET} characters: openssl rand -base64 32 makes one`,
    )
    .optional()
    .describe(
      'Secret of the client `operator`, which manages tenants and signing keys at `/admin/tenants`, `/admin/signing-keys` and `/admin/stored-secrets`. At least ' +
        `${MIN_OPERATOR_SECRET} characters, the same on all instances; another secret ends the tokens of the earlier one. ` +
        'If not set, these routes do not exist.',
    ),
  BOOTSTRAP_FILE: z
    .string()
    .optional()
    .describe(
      'File of declared tenants, loaded at each start. Loading it again changes nothing. A relative path begins at the working directory. Default: `bootstrap/demo.json` outside production, none in production.',
    ),
  ISSUER: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe('`iss` of every token and base of links. Default: `http://HOST:PORT`.'),
  RATE_LIMITS: onOff
    .default('on')
    .describe(
      '`off` lifts all limits that are counted over time: on logins, signups, token requests, new sessions, new carts and written bytes. Refused in production.',
    ),
  TRUSTED_PROXIES: proxies
    .optional()
    .describe(
      'Addresses or CIDRs of proxies whose X-Forwarded-For is believed, separated by commas. ' +
        'Name whatever stands in front of the service; otherwise rate limits count all shoppers as one address.',
    ),
};

/** Returns the secrets in `KEYS_SECRET`. The first one encrypts. */
export const secretsIn = (list: string): readonly string[] => list.split(',').map((secret) => secret.trim());

/** Refuses a range that contains everybody (`/0`), because each caller could then choose an address. */
function isAddressOrRange(proxy: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(proxy) ?? [];
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  if (longest === undefined || address.includes('%')) return false;
  return bits === undefined || (Number(bits) > 0 && Number(bits) <= longest);
}
