import { z } from 'zod';
import { onOff, wholeNumber } from './values.ts';

/** The process: what it is for, and where it listens. */
export const processSettings = {
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('`production` refuses demo data and defaults that are fit only for trying the service out.'),
  WORKERS: z
    .union([z.literal('auto'), wholeNumber(1, 64)], 'must be auto or a whole number from 1 to 64')
    .default(1)
    .describe(
      'Processes that share PORT, with MongoDB only. `auto` starts one for each core. Limits that are kept in memory ' +
        'count for each process.',
    ),
  PORT: wholeNumber(0, 65535).default(3000).describe('TCP port. 0 takes a free one.'),
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address to listen on. Use `0.0.0.0` to accept connections from other machines.'),
  EXPOSE_PUBLISHED_SECRETS: onOff
    .default('off')
    .describe(
      '`on` allows a start with demo data, or without `KEYS_SECRET`, even if others can reach `HOST`. Outside production only. ' +
        'Anybody who can reach it can then act as any client and customer of the demo.',
    ),
  ADMIN_PORT: wholeNumber(0, 65535)
    .optional()
    .describe(
      'Separate port for `/admin`, `/console`, `/metrics` and `/docs`; PORT then no longer serves them. ' +
        '`/health` is on both. If not set, everything is on PORT.',
    ),
  ADMIN_HOST: z.string().min(1).default('127.0.0.1').describe('Address that ADMIN_PORT listens on.'),
};
