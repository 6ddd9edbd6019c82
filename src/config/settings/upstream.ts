import { z } from 'zod';
import { pairOf, seconds, wholeNumber } from './values.ts';

const upstream = z
  .string()
  .refine(
    isOrigin,
    'must be an http or https address without path or password, such as https://api.example.com',
  )
  .transform((address) => address.replace(/\/$/, ''));

const clientIds = z
  .string()
  .refine(
    (list) => list.split(',').every((pair) => /^\s*[a-z][a-z0-9]{2,15}=[\w.~-]+\s*$/.test(pair)),
    'must be pairs of a tenant and a client id, such as acme=a1b2c3, separated by commas',
  )
  .transform((list) => new Map(list.split(',').map((pair) => pairOf(pair.trim()))));

/** Where requests go that are not served here. */
export const upstreamSettings = {
  UPSTREAM_EMPORIX: upstream
    .refine((address) => !address.includes('{'), 'must name one host: Emporix has the tenant in its paths')
    .optional()
    .describe(
      'Where to pass on requests for Emporix services that are not served here, such as `https://api.emporix.io`. If ' +
        'not set, the answer is 404.',
    ),
  UPSTREAM_EMPORIX_CLIENTS: clientIds
    .optional()
    .describe(
      'Storefront client ids of Emporix by tenant, separated by commas, such as `acme=a1b2c3`. A read that is passed on for ' +
        'such a tenant without an Emporix token gets an anonymous one.',
    ),
  UPSTREAM_VTEX: upstream
    .optional()
    .describe(
      'Where to pass on requests for VTEX services that are not served here, such as ' +
        '`https://{account}.vtexcommercestable.com.br`, where `{account}` is the account of the request. If not set, ' +
        'the answer is 404.',
    ),
  UPSTREAM_TIMEOUT_SECONDS: seconds
    .min(1)
    .max(3600)
    .default(8)
    .describe(
      'How long the host of UPSTREAM_EMPORIX or UPSTREAM_VTEX may be silent before the answer is 504. REQUEST_TIMEOUT_SECONDS limits ' +
        'the total time.',
    ),
  UPSTREAM_ANSWER_LIMIT_BYTES: wholeNumber(1024, 1_073_741_824)
    .default(10_485_760)
    .describe(
      'Limit of one answer of those hosts. A larger one becomes 502, or is cut off if its length was not announced.',
    ),
};

/** Tells whether the address is just an origin. The first label of its host may be `{account}`. */
function isOrigin(address: string): boolean {
  const url = URL.parse(address.replace(/^(https?:\/\/)\{account\}\./, '$1account.'));
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return `${url.origin}/` === url.href && !/[{}@?#]/.test(url.href) && !address.includes('@');
}
