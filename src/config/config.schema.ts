import { isIP } from 'node:net';
import { z } from 'zod';

/** 31 years: a date that far ahead can still be written down. */
export const MOST_SECONDS = 10 ** 9;
const seconds = z.coerce.number().int().min(0).max(MOST_SECONDS);
/**
 * Of settings that a timer waits for. A Node timer of more than 2^31 ms fires at once (F-27); two of these added are
 * still below it.
 */
const timedSeconds = seconds.max(1_000_000, 'must be at most 1000000 (11 days)');
const onOff = z.enum(['on', 'off']);
const proxies = z
  .string()
  .transform((list) => list.split(',').map((proxy) => proxy.trim()))
  .pipe(z.array(z.string().refine(isAddressOrRange, 'must be addresses or CIDRs, separated by commas')));

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

const pairOf = (pair: string): readonly [string, string] => {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
};

/** Every setting: type, default, unit. `docs/configuration.md` is generated from it. */
export const configSchema = z
  .object({
    NODE_ENV: z
      .enum(['development', 'test', 'production'])
      .default('development')
      .describe('`production` refuses demo data and defaults that are only fit for trying out'),
    PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('TCP port; 0 takes a free one'),
    HOST: z.string().min(1).default('127.0.0.1').describe('where it listens; `0.0.0.0` must be asked for'),
    EXPOSE_PUBLISHED_SECRETS: onOff
      .default('off')
      .describe(
        'outside production: `on` starts with demo data, or without `KEYS_SECRET`, also where others can reach `HOST`. ' +
          'Anybody who does can act as any client and customer of the demo',
      ),
    ADMIN_PORT: z.coerce
      .number()
      .int()
      .min(0)
      .max(65535)
      .optional()
      .describe(
        'a port of its own for `/admin`, `/console`, `/metrics` and `/docs`, which PORT does not answer then; ' +
          '`/health` is on both. Not set: all are on PORT',
      ),
    ADMIN_HOST: z.string().min(1).default('127.0.0.1').describe('where ADMIN_PORT listens'),
    PUBLIC_METRICS: onOff
      .optional()
      .describe(
        'whether PORT answers `/metrics`; `on` outside production while ADMIN_PORT is not set, else `off`',
      ),
    PUBLIC_DOCS: onOff
      .optional()
      .describe(
        'whether PORT answers `/docs`; `on` outside production while ADMIN_PORT is not set, else `off`',
      ),
    MONGODB_URI: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
      .optional()
      .describe('set: MongoDB is the store. Not set: the embedded one'),
    DATA_DIR: z.string().min(1).default('./data').describe('folder of the embedded store'),
    EMBEDDED_CACHE_BYTES: z.coerce
      .number()
      .int()
      .min(0)
      .max(2 ** 40)
      .default(67_108_864)
      .describe(
        'memory for decoded rows of the embedded store, about: a session takes some 5 kB of it. 0 keeps none; reads ' +
          'then cost a fifth more',
      ),
    KEYS_SECRET: z
      .string()
      .refine((list) => secretsIn(list).every((secret) => secret.length >= 16), {
        error: 'must have at least 16 characters; of a list, each secret must',
      })
      .optional()
      .describe(
        'encrypts the signing keys at rest; required in production. A list, separated by commas: the first encrypts, all ' +
          'decrypt, so that a secret can be replaced without a stop',
      ),
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
    RATE_LIMITS: onOff
      .default('on')
      .describe(
        '`off` lifts all limits that are counted over time: on logins, signups, token requests, new sessions, new carts and written bytes',
      ),
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
    ANONYMOUS_MAX_SECONDS: seconds
      .min(1)
      .default(15_552_000)
      .describe('how long an anonymous session may last at all, however often it is refreshed (180 days)'),
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
    VTEX_SESSION_COOKIE: z
      .enum(['vtex_session', '__Host-vtex_session'])
      .default('vtex_session')
      .describe(
        'the name of the session cookie in the VTEX dialect. Browsers take a `__Host-` cookie from its own host only, and ' +
          'over TLS only; choose it where no client looks for the cookie by its usual name',
      ),
    SESSION_APPS_PRIVATE_ADDRESSES: z
      .enum(['refuse', 'allow'])
      .default('refuse')
      .describe(
        'whether session apps of tenants may be at loopback, private and link-local addresses; `allow` only where ' +
          'every tenant may reach all that this service can',
      ),
    SESSION_APP_MILLISECONDS: z.coerce
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(500)
      .describe('how long one call of a session app may take'),
    SESSION_APP_REST_SECONDS: timedSeconds
      .min(1)
      .default(10)
      .describe('how long a session app that fails again and again is left alone before one call tries it'),
    SESSION_TRANSFORMS: z.coerce
      .number()
      .int()
      .min(2)
      .max(100)
      .default(10)
      .describe('how many rounds of calls one change of a session may cause, the create call included'),
    SESSION_APP_CALLS: z.coerce
      .number()
      .int()
      .min(2)
      .max(100)
      .default(4)
      .describe('how often one change of a session may call one app'),
    SESSION_TRANSFORM_MILLISECONDS: z.coerce
      .number()
      .int()
      .min(1)
      .max(25_000)
      .default(1900)
      .describe('how long the apps of a session may take for one request, all together'),
    VTEX_HOST_SUFFIX: z
      .string()
      .regex(/^\.[a-z0-9.-]+$/, 'must be as .shop.example.com')
      .optional()
      .describe(
        'what follows the account in the host of `/api/sessions`, beside the suffixes of VTEX itself, such as ' +
          '`.myvtex.com`. At a host that names no account, the query item `an` does',
      ),
    VTEX_DEFAULT_ACCOUNT: z
      .string()
      .regex(/^[a-z][a-z0-9]{2,15}$/, 'must be the name of a tenant')
      .optional()
      .describe(
        'the account of `/api/sessions` where neither host nor query names one; `acme` if the demo data is loaded',
      ),
    UPSTREAM_EMPORIX: upstream
      .refine((address) => !address.includes('{'), 'must name one host: Emporix has the tenant in its paths')
      .optional()
      .describe(
        'where requests for Emporix services that are not here are passed on to, such as `https://api.emporix.io`. Not ' +
          'set: they are answered 404',
      ),
    UPSTREAM_EMPORIX_CLIENTS: clientIds
      .optional()
      .describe(
        'storefront client ids of Emporix by tenant, such as `acme=a1b2c3`, separated by commas: what is passed on for ' +
          'such a tenant without a token of Emporix, and only reads, gets an anonymous one',
      ),
    UPSTREAM_VTEX: upstream
      .optional()
      .describe(
        'where requests for VTEX services that are not here are passed on to, such as ' +
          '`https://{account}.vtexcommercestable.com.br`; `{account}` stands for the account of the request. Not set: ' +
          'they are answered 404',
      ),
    UPSTREAM_TIMEOUT_SECONDS: seconds
      .min(1)
      .max(3600)
      .default(8)
      .describe(
        'how long the host of UPSTREAM_EMPORIX or UPSTREAM_VTEX may be silent; then 504. REQUEST_TIMEOUT_SECONDS ends ' +
          'what takes longer than that in all',
      ),
    UPSTREAM_ANSWER_LIMIT_BYTES: z.coerce
      .number()
      .int()
      .min(1024)
      .max(1_073_741_824)
      .default(10_485_760)
      .describe('of one answer of those hosts; larger: 502, or cut off where its length was not announced'),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'must be an smtp or smtps address' })
      .optional()
      .describe(
        'where mails are sent, such as `smtps://user:password@mail.example.com`. Not set: in production they wait, ' +
          'elsewhere they are kept to be read at `/admin/{tenant}/outbox`',
      ),
    MAIL_FROM: z
      .email()
      .default('no-reply@onesession.invalid')
      .describe('sender of mails, where a tenant has none of its own'),
    STOREFRONT_URL: z
      .url({ protocol: /^https?$/, error: 'must be an http or https address' })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional()
      .describe(
        'of the pages that mails link to, where a tenant names none: `/opt-in`, `/password-reset`, `/email-change` and ' +
          '`/email-change-undo`, each with `?token=`, and `/password-forgotten`. Not set: mails carry the token alone',
      ),
    SWEEP_SECONDS: timedSeconds.min(1).default(60).describe('how often ended records are erased'),
    BODY_LIMIT_BYTES: z.coerce
      .number()
      .int()
      .min(1024)
      .max(10_485_760)
      .default(1_048_576)
      .describe('of one request; larger: 413'),
    BODY_MAX_VALUES: z.coerce
      .number()
      .int()
      .min(1000)
      .max(10_000_000)
      .default(20_000)
      .describe('objects, lists, texts, numbers and so on that the JSON of one request may have; more: 400'),
    MAX_BODY_BYTES_WAITING: z.coerce
      .number()
      .int()
      .min(1_048_576)
      .max(2 ** 40)
      .default(67_108_864)
      .describe(
        'of all bodies that are received in part, together; beyond it, the one that began first is answered 503',
      ),
    WRITTEN_BYTES_PER_MINUTE: z.coerce
      .number()
      .int()
      .min(1024)
      .default(1_310_720)
      .describe(
        'how much shoppers of one address may send in a minute to be kept, URLs and bodies together; beyond it: 429. ' +
          'Each instance counts for itself. Backends are not counted',
      ),
    NEW_CARTS_PER_MINUTE: z.coerce
      .number()
      .int()
      .min(1)
      .default(120)
      .describe(
        'carts that shoppers of one address may make in a minute; beyond it: 429. Each instance counts for itself',
      ),
    MAX_OPEN_CARTS: z.coerce
      .number()
      .int()
      .min(1)
      .max(1_000)
      .default(20)
      .describe('open carts of one session, or of one customer, of whatever site, type and legal entity'),
    MAX_CART_LINES: z.coerce.number().int().min(1).max(2_000).default(500).describe('lines of one cart'),
    MAX_CART_BYTES: z.coerce
      .number()
      .int()
      .min(16_384)
      .max(4_194_304)
      .default(1_048_576)
      .describe('one cart as JSON, carts that are being merged into it included; larger: 413'),
    MAX_PAGE_BYTES: z.coerce
      .number()
      .int()
      .min(65_536)
      .max(67_108_864)
      .default(4_194_304)
      .describe(
        'rows of one page of a list: it ends before the row that would go beyond, and says by `X-Page-Truncated` and ' +
          '`Link` how to go on',
      ),
    MAX_CUSTOMER_BYTES: z.coerce
      .number()
      .int()
      .min(16_384)
      .max(4_194_304)
      .default(524_288)
      .describe('one customer as JSON, addresses and mixins included; larger: 413'),
    REQUEST_TIMEOUT_SECONDS: seconds
      .min(1)
      .max(3600)
      .default(10)
      .describe('a request that is not answered by then: 503, safe to try again'),
    URL_LIMIT_BYTES: z.coerce.number().int().min(1024).max(65_536).default(10_240).describe('longer: 414'),
    HEADER_LIMIT_BYTES: z.coerce
      .number()
      .int()
      .min(4096)
      .max(1_048_576)
      .default(65_536)
      .describe('names and values of all headers of one request; more: 431'),
    HEADERS_TIMEOUT_SECONDS: seconds
      .min(1)
      .max(3600)
      .default(10)
      .describe('how long the headers of a request may take; then 408'),
    RECEIVE_TIMEOUT_SECONDS: seconds
      .min(1)
      .max(3600)
      .default(30)
      .describe('how long a whole request may take to come, its body included; then 408'),
    SEND_TIMEOUT_SECONDS: seconds
      .min(1)
      .max(3600)
      .default(30)
      .describe('how long a client may take to read an answer; then its connection is closed'),
    KEEP_ALIVE_SECONDS: seconds
      .min(1)
      .max(3600)
      .default(65)
      .describe(
        'how long a connection is kept between two requests; longer than a load balancer keeps it, so that it is ' +
          'never the service that closes first',
      ),
    MAX_CONNECTIONS: z.coerce
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .default(5_000)
      .describe(
        'at once; a new one takes the place of the one that has waited longest with nothing under way',
      ),
    MAX_CONNECTIONS_PER_ADDRESS: z.coerce
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .default(2_000)
      .describe('of one IP address, as MAX_CONNECTIONS; TRUSTED_PROXIES may have more'),
    MAX_REQUESTS_IN_FLIGHT: z.coerce
      .number()
      .int()
      .min(1)
      .default(1_000)
      .describe('more at once are answered 503, safe to try again; /health and /metrics are always answered'),
    DRAIN_SECONDS: timedSeconds
      .default(1)
      .describe(
        'how long an instance that got SIGTERM still takes requests: longer than balancers take to see that it is not ready',
      ),
    SHUTDOWN_GRACE_SECONDS: timedSeconds.default(8).describe('how long a stop waits for requests in flight'),
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
    if (env.EXPOSE_PUBLISHED_SECRETS === 'on') {
      refuse('EXPOSE_PUBLISHED_SECRETS', 'can not be on in production');
    }
  });

/** Encrypts the signing keys where `KEYS_SECRET` is not set. Published, so only for trying out. */
export const DEVELOPMENT_KEYS_SECRET = 'onesession development keys';

/** The secrets of `KEYS_SECRET`, the one that encrypts first. */
export const secretsIn = (list: string): readonly string[] => list.split(',').map((secret) => secret.trim());

/** `{account}` may be the first label of the host. */
function isOrigin(address: string): boolean {
  const url = URL.parse(address.replace(/^(https?:\/\/)\{account\}\./, '$1account.'));
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return `${url.origin}/` === url.href && !/[{}@?#]/.test(url.href) && !address.includes('@');
}

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
  readonly PUBLIC_METRICS: 'on' | 'off';
  readonly PUBLIC_DOCS: 'on' | 'off';
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
  const demoAccount = data.BOOTSTRAP_FILE === undefined && demo !== undefined ? 'acme' : undefined;
  const openByDefault = data.NODE_ENV !== 'production' && data.ADMIN_PORT === undefined ? 'on' : 'off';
  return Object.freeze({
    ...data,
    PUBLIC_METRICS: data.PUBLIC_METRICS ?? openByDefault,
    PUBLIC_DOCS: data.PUBLIC_DOCS ?? openByDefault,
    VTEX_DEFAULT_ACCOUNT: data.VTEX_DEFAULT_ACCOUNT ?? demoAccount,
    BOOTSTRAP_FILE: data.BOOTSTRAP_FILE ?? demo,
    ISSUER: data.ISSUER ?? `http://${data.HOST}:${data.PORT}`,
  });
}
