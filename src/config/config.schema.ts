import { isIP } from 'node:net';
import { z } from 'zod';

const seconds = z.coerce
  .number()
  .int()
  .min(0)
  .max(10 ** 9);
const onOff = z.enum(['on', 'off']);
const proxies = z
  .string()
  .transform((list) => list.split(',').map((proxy) => proxy.trim()))
  .pipe(z.array(z.string().refine(isAddressOrRange, 'must be addresses or CIDRs, separated by commas')));

/** Every setting: type, default, unit. `docs/configuration.md` is generated from it. */
export const configSchema = z
  .object({
    NODE_ENV: z
      .enum(['development', 'test', 'production'])
      .default('development')
      .describe('`production` refuses demo data and defaults that are only fit for trying out'),
    PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('TCP port; 0 takes a free one'),
    HOST: z.string().min(1).default('127.0.0.1').describe('where it listens; `0.0.0.0` must be asked for'),
    MONGODB_URI: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
      .optional()
      .describe('set: MongoDB is the store. Not set: the embedded one'),
    DATA_DIR: z.string().min(1).default('./data').describe('folder of the embedded store'),
    KEYS_SECRET: z
      .string()
      .min(16, 'must have at least 16 characters')
      .optional()
      .describe('encrypts the signing keys at rest; required in production'),
    BOOTSTRAP_FILE: z
      .string()
      .optional()
      .describe(
        'declared tenants, loaded idempotently; `bootstrap/demo.json` outside production, none in it',
      ),
    ISSUER: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional()
      .describe('`iss` of every token, base of links; default `http://HOST:PORT`'),
    RATE_LIMITS: onOff.default('on').describe('`off` lifts the limits on logins, signups and token requests'),
    TRUSTED_PROXIES: proxies
      .optional()
      .describe(
        'addresses or CIDRs, separated by commas, whose X-Forwarded-For is believed; of anybody else it is not. ' +
          'Name what stands before the service, or all shoppers count as one address in rate limits',
      ),
    ANONYMOUS_LIFETIME_SECONDS: seconds
      .min(1)
      .default(3600)
      .describe('how long an anonymous session is alive'),
    ANONYMOUS_DORMANT_SECONDS: seconds
      .default(82_800)
      .describe('how long after its lifetime a refresh can wake an anonymous session'),
    CUSTOMER_TOKEN_SECONDS: seconds.min(1).default(2_592_000).describe('lifetime of a customer access token'),
    CUSTOMER_REFRESH_SECONDS: seconds.min(1).default(86_400).describe('lifetime of a customer refresh token'),
    SERVICE_TOKEN_SECONDS: seconds.min(1).default(14_400).describe('lifetime of a client credentials token'),
    REFRESH_GRACE_SECONDS: seconds
      .default(30)
      .describe('how long after a rotation the old refresh token still gets the same successor'),
    ANONYMOUS_REFRESH_REUSE: z
      .enum(['resume', 'end'])
      .default('resume')
      .describe('a used anonymous refresh token after the grace: the session goes on, or it ends'),
    KEY_ROTATION_DAYS: z.coerce
      .number()
      .int()
      .min(0)
      .max(3650)
      .default(90)
      .describe('a new signing key after so many days; 0 never. Older tokens stay good until they end'),
    SWEEP_SECONDS: seconds.min(1).default(60).describe('how often ended records are erased'),
    BODY_LIMIT_BYTES: z.coerce
      .number()
      .int()
      .min(1024)
      .max(10_485_760)
      .default(1_048_576)
      .describe('larger: 413'),
    DRAIN_SECONDS: seconds
      .default(1)
      .describe(
        'how long an instance that got SIGTERM still takes requests, for balancers and kept-alive clients to go',
      ),
    SHUTDOWN_GRACE_SECONDS: seconds.default(8).describe('how long a stop waits for requests in flight'),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .default('info')
      .describe('of the JSON lines on standard output'),
  })
  .superRefine((env, ctx) => {
    if (env.NODE_ENV !== 'production') return;
    const refuse = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    if (!env.KEYS_SECRET) refuse('KEYS_SECRET', 'is required in production: it encrypts the signing keys');
    if (env.RATE_LIMITS === 'off') refuse('RATE_LIMITS', 'can not be off in production');
  });

/** A range of everybody (`/0`) is refused: it would let each caller choose an address. */
function isAddressOrRange(proxy: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(proxy) ?? [];
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  if (longest === undefined || address.includes('%')) return false;
  return bits === undefined || (Number(bits) > 0 && Number(bits) <= longest);
}

/** The settings, read once. The class is the injection token; its members are those of the schema. */
export abstract class Config {}
export interface Config extends Readonly<z.infer<typeof configSchema>> {
  readonly ISSUER: string;
}

/** An environment that can't be started with. It names every wrong variable at once. */
export class WrongConfiguration extends Error {}

/** @throws WrongConfiguration before anything listens. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== ''));
  const parsed = configSchema.safeParse(given);
  if (!parsed.success) throw new WrongConfiguration(`Configuration:\n${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  const demo = data.NODE_ENV === 'production' ? undefined : 'bootstrap/demo.json';
  return Object.freeze({
    ...data,
    BOOTSTRAP_FILE: data.BOOTSTRAP_FILE ?? demo,
    ISSUER: data.ISSUER ?? `http://${data.HOST}:${data.PORT}`,
  });
}
