import { z } from 'zod';
import { onOff, pairOf } from './values.ts';

/** Names in lower case, so that they can be compared. */
const hosts = z
  .string()
  .refine(
    (list) => list.split(',').every((pair) => /^\s*[a-z][a-z0-9]{2,15}=[a-z0-9.-]{1,253}\s*$/.test(pair)),
    'must be pairs of a tenant and a host name in lower case, such as acme=shop.acme.com, separated by commas',
  )
  .transform((list) => {
    const pairs = list.split(',').map((pair) => pairOf(pair.trim()));
    return new Map(pairs.map(([tenant, host]) => [host, tenant]));
  });

/** What is served besides the two dialects. */
export const surfaceSettings = {
  PUBLIC_METRICS: onOff
    .optional()
    .describe(
      'Whether PORT serves `/metrics`. Default: `on` outside production if ADMIN_PORT is not set, otherwise `off`.',
    ),
  PUBLIC_DOCS: onOff
    .optional()
    .describe(
      'Whether PORT serves `/docs`. Default: `on` outside production if ADMIN_PORT is not set, otherwise `off`.',
    ),
  CONSOLE: onOff
    .optional()
    .describe(
      'Whether `/console` is served, for employees, in a browser. Default: `on` outside production, otherwise `off`.',
    ),
  MCP: onOff
    .default('off')
    .describe(
      'Whether `/mcp` is served, where agents read and change sessions with a token of this service.',
    ),
  UCP: onOff
    .default('off')
    .describe(
      'Whether agents fill carts by the Universal Commerce Protocol, at `/ucp/{tenant}` and `/.well-known/ucp`.',
    ),
  UCP_HOSTS: hosts
    .optional()
    .describe(
      'Tenants by the host name whose `/.well-known/ucp` describes them, such as `acme=shop.acme.com,globex=globex.com`. These hosts must lead to this service, by https.',
    ),
  UCP_DEFAULT_TENANT: z
    .string()
    .regex(/^[a-z][a-z0-9]{2,15}$/, 'must be the name of a tenant')
    .optional()
    .describe(
      'Tenant that `/.well-known/ucp` describes at any other host name. Default: `acme` if the demo data is loaded.',
    ),
};
