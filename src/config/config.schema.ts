import { isIP } from 'node:net';
import { z } from 'zod';
import type { Problem } from '../shared/domain-error.js';
// By their real names: Node loads this file as it is for `npm run docs`.
import { problemLines, schemaWords } from '../shared/schema-words.ts';
import { misspelledIn } from './misspelled.ts';
import { tracingSettings } from './tracing.schema.ts';

/** 31 years. A date this far ahead can still be represented. */
export const MOST_SECONDS = 10 ** 9;
const seconds = z.coerce.number().int().min(0).max(MOST_SECONDS);
/**
 * For settings that a timer waits for. A Node timer of more than 2^31 ms fires at once (F-27); two of these added
 * together stay below that.
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

/** Lower case names, so that they can be compared. */
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

const pairOf = (pair: string): readonly [string, string] => {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
};

/** In characters. Nothing but the rate limits of `/oauth/token` slows down a guess, and it opens every tenant. */
const MIN_OPERATOR_SECRET = 32;

/** Every setting with its type, default and unit. `docs/configuration.md` is generated from it. */
export const configSchema = z
  .object({
    NODE_ENV: z
      .enum(['development', 'test', 'production'])
      .default('development')
      .describe('`production` refuses demo data and defaults that are fit only for trying the service out.'),
    WORKERS: z
      .union(
        [z.literal('auto'), z.coerce.number().int().min(1).max(64)],
        'must be auto or a whole number from 1 to 64',
      )
      .default(1)
      .describe(
        'Processes that share PORT, with MongoDB only. `auto` starts one for each core. Limits that are kept in memory ' +
          'count for each process.',
      ),
    PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('TCP port. 0 takes a free one.'),
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
    ADMIN_PORT: z.coerce
      .number()
      .int()
      .min(0)
      .max(65535)
      .optional()
      .describe(
        'Separate port for `/admin`, `/console`, `/metrics` and `/docs`; PORT then no longer serves them. ' +
          '`/health` is on both. If not set, everything is on PORT.',
      ),
    ADMIN_HOST: z.string().min(1).default('127.0.0.1').describe('Address that ADMIN_PORT listens on.'),
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
    MONGODB_URI: z
      .string()
      .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
      .optional()
      .describe(
        'Connection string of MongoDB, which is then the store. If not set, the embedded store is used.',
      ),
    DATA_DIR: z.string().min(1).default('./data').describe('Folder of the embedded store.'),
    EMBEDDED_CACHE_BYTES: z.coerce
      .number()
      .int()
      .min(0)
      .max(2 ** 40)
      .default(67_108_864)
      .describe(
        'Memory in bytes, approximately, for decoded rows of the embedded store; a session takes about 5 kB. 0 keeps none.',
      ),
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
        'File of declared tenants, loaded at each start. Loading it again changes nothing. Default: `bootstrap/demo.json` outside production, none in production.',
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
    CUSTOMER_TOKEN_SECONDS: seconds
      .min(1)
      .default(2_592_000)
      .describe('Lifetime of a customer access token.'),
    CUSTOMER_REFRESH_SECONDS: seconds
      .min(1)
      .default(86_400)
      .describe('Lifetime of a customer refresh token.'),
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
    KEY_ROTATION_DAYS: z.coerce
      .number()
      .int()
      .min(0)
      .max(3650)
      .default(90)
      .describe(
        'Days after which a new signing key is made; 0 means never. Tokens signed with an older key stay valid until they expire.',
      ),
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
    SESSION_APP_MILLISECONDS: z.coerce
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(500)
      .describe('How long one call of a session app may take.'),
    SESSION_APP_REST_SECONDS: timedSeconds
      .min(1)
      .default(10)
      .describe('How long a session app that keeps failing is left alone before one call tries it again.'),
    SESSION_TRANSFORMS: z.coerce
      .number()
      .int()
      .min(2)
      .max(100)
      .default(10)
      .describe('How many rounds of calls one change of a session may cause, including the create call.'),
    SESSION_APP_CALLS: z.coerce
      .number()
      .int()
      .min(2)
      .max(100)
      .default(4)
      .describe('How often one change of a session may call the same app.'),
    SESSION_TRANSFORM_MILLISECONDS: z.coerce
      .number()
      .int()
      .min(1)
      .max(25_000)
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
    UPSTREAM_ANSWER_LIMIT_BYTES: z.coerce
      .number()
      .int()
      .min(1024)
      .max(1_073_741_824)
      .default(10_485_760)
      .describe(
        'Limit of one answer of those hosts. A larger one becomes 502, or is cut off if its length was not announced.',
      ),
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'must be an smtp or smtps address' })
      .optional()
      .describe(
        'Mail server, such as `smtps://user:password@mail.example.com`. If not set, mails wait in production; ' +
          'elsewhere they are kept and can be read at `/admin/{tenant}/outbox`.',
      ),
    MAIL_FROM: z
      .email()
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
    AUDIT_DAYS: z.coerce
      .number()
      .int()
      .min(1)
      .max(3650)
      .default(365)
      .describe('How many days a line of the audit log is kept. A change applies to new lines.'),
    EVENT_LOG_HOURS: z.coerce
      .number()
      .int()
      .min(48)
      .max(720)
      .default(72)
      .describe(
        'How many hours an event is kept for webhooks and streams. At least as long as a webhook is retried.',
      ),
    SWEEP_SECONDS: timedSeconds.min(1).default(60).describe('How often expired records are deleted.'),
    BODY_LIMIT_BYTES: z.coerce
      .number()
      .int()
      .min(1024)
      .max(10_485_760)
      .default(1_048_576)
      .describe('Limit of the body of one request. A larger one is 413.'),
    BODY_MAX_VALUES: z.coerce
      .number()
      .int()
      .min(1000)
      .max(10_000_000)
      .default(20_000)
      .describe(
        'How many values (objects, lists, strings, numbers and so on) the JSON of one request may have. More is 400.',
      ),
    MAX_BODY_BYTES_WAITING: z.coerce
      .number()
      .int()
      .min(1_048_576)
      .max(2 ** 40)
      .default(67_108_864)
      .describe(
        'Limit of all bodies that are partly received, added together. Beyond it, the one that began first gets 503.',
      ),
    WRITTEN_BYTES_PER_MINUTE: z.coerce
      .number()
      .int()
      .min(1024)
      .default(1_310_720)
      .describe(
        'How much the shoppers of one address may send for storage in a minute, URLs and bodies together. More is 429. ' +
          'Each instance counts separately. Backends are not counted.',
      ),
    NEW_CARTS_PER_MINUTE: z.coerce
      .number()
      .int()
      .min(1)
      .default(120)
      .describe(
        'How many carts the shoppers of one address may make in a minute. More is 429. Each instance counts separately.',
      ),
    MAX_OPEN_CARTS: z.coerce
      .number()
      .int()
      .min(1)
      .max(1_000)
      .default(20)
      .describe(
        'How many open carts one session or one customer may have, across all sites, types and legal entities.',
      ),
    MAX_CART_LINES: z.coerce
      .number()
      .int()
      .min(1)
      .max(2_000)
      .default(500)
      .describe('How many lines one cart may have.'),
    MAX_CART_BYTES: z.coerce
      .number()
      .int()
      .min(16_384)
      .max(4_194_304)
      .default(1_048_576)
      .describe(
        'Limit of one cart as JSON, including carts that are being merged into it. A larger one is 413.',
      ),
    MAX_PAGE_BYTES: z.coerce
      .number()
      .int()
      .min(65_536)
      .max(67_108_864)
      .default(4_194_304)
      .describe(
        'Limit of the rows in one page of a list. The page ends before the row that would exceed it, and `X-Page-Truncated` and ' +
          '`Link` tell how to go on.',
      ),
    MAX_CUSTOMER_BYTES: z.coerce
      .number()
      .int()
      .min(16_384)
      .max(4_194_304)
      .default(524_288)
      .describe('Limit of one customer as JSON, including addresses and mixins. A larger one is 413.'),
    REQUEST_TIMEOUT_SECONDS: seconds
      .min(1)
      .max(3600)
      .default(10)
      .describe('How long a request may take to be answered. After that it gets 503 and is safe to retry.'),
    URL_LIMIT_BYTES: z.coerce
      .number()
      .int()
      .min(1024)
      .max(65_536)
      .default(10_240)
      .describe('Limit of the URL of a request. A longer one is 414.'),
    HEADER_LIMIT_BYTES: z.coerce
      .number()
      .int()
      .min(4096)
      .max(1_048_576)
      .default(65_536)
      .describe('Limit of the names and values of all headers of one request. More is 431.'),
    HEADERS_TIMEOUT_SECONDS: seconds
      .min(1)
      .max(3600)
      .default(10)
      .describe('How long the headers of a request may take to arrive. After that the answer is 408.'),
    RECEIVE_TIMEOUT_SECONDS: seconds
      .min(1)
      .max(3600)
      .default(30)
      .describe(
        'How long a whole request, including its body, may take to arrive. After that the answer is 408.',
      ),
    SEND_TIMEOUT_SECONDS: seconds
      .min(1)
      .max(3600)
      .default(30)
      .describe('How long a client may take to read an answer before its connection is closed.'),
    KEEP_ALIVE_SECONDS: seconds
      .min(1)
      .max(3600)
      .default(65)
      .describe(
        'How long a connection is kept open between two requests. Make it longer than the load balancer does, so that ' +
          'the service is never the first to close it.',
      ),
    MAX_CONNECTIONS: z.coerce
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .default(5_000)
      .describe(
        'How many connections may be open. A new one then replaces the one that has been idle longest.',
      ),
    MAX_CONNECTIONS_PER_ADDRESS: z.coerce
      .number()
      .int()
      .min(1)
      .max(1_000_000)
      .default(2_000)
      .describe('The same limit for one IP address. TRUSTED_PROXIES may have more.'),
    MAX_REQUESTS_IN_FLIGHT: z.coerce
      .number()
      .int()
      .min(1)
      .default(1_000)
      .describe(
        'How many requests may be in flight. Others get 503 and are safe to retry; /health and /metrics are always served.',
      ),
    MAX_LIVE_STREAMS: z.coerce
      .number()
      .int()
      .min(1)
      .max(100_000)
      .default(1_000)
      .describe(
        'How many live streams of events may be open. Shoppers may have nine tenths of them, and those of one IP address a ' +
          'quarter of that. Employees of one tenant may have a quarter of all. Others get 503. Each instance counts separately.',
      ),
    LIVE_STREAM_SECONDS: timedSeconds
      .min(1)
      .default(3_600)
      .describe('How long a live stream lasts at most. After that its reader is asked to resume.'),
    DRAIN_SECONDS: timedSeconds
      .default(1)
      .describe(
        'How long an instance still takes requests after SIGTERM. Make it longer than balancers need to notice that it is not ready.',
      ),
    SHUTDOWN_GRACE_SECONDS: timedSeconds.default(8).describe('How long a stop waits for requests in flight.'),
    LOG_LEVEL: z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .default('info')
      .describe('Lowest level of the JSON lines on standard output.'),
    ...tracingSettings,
  })
  // Also if a setting is wrong by itself, so that all problems are named at once.
  .superRefine(refuseTogether, { when: () => true });

/** A setting that is wrong by itself may be of any type here, or missing. */
interface SettingsTogether {
  readonly NODE_ENV?: unknown;
  readonly WORKERS?: unknown;
  readonly MONGODB_URI?: unknown;
  readonly KEYS_SECRET?: unknown;
  readonly RATE_LIMITS?: unknown;
  readonly EXPOSE_PUBLISHED_SECRETS?: unknown;
}

/** Refuses settings that are wrong beside others. */
function refuseTogether(env: SettingsTogether, ctx: z.RefinementCtx): void {
  const refuse = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
  const workers = env.WORKERS === 'auto' || (typeof env.WORKERS === 'number' && env.WORKERS > 1);
  if (workers && env.MONGODB_URI === undefined) {
    refuse(
      'WORKERS',
      'needs MONGODB_URI: the embedded store belongs to one process. Leave it at 1, or use MongoDB',
    );
  }
  if (env.NODE_ENV !== 'production') return;
  if (env.KEYS_SECRET === undefined) {
    refuse('KEYS_SECRET', 'is required in production: it encrypts the signing keys');
  }
  if (env.RATE_LIMITS === 'off') refuse('RATE_LIMITS', "can't be off in production");
  if (env.EXPOSE_PUBLISHED_SECRETS === 'on') {
    refuse('EXPOSE_PUBLISHED_SECRETS', "can't be on in production");
  }
}

/**
 * Encrypts the signing keys if `KEYS_SECRET` is not set. It is published, so it is fit only for trying the service out.
 */
export const DEVELOPMENT_KEYS_SECRET = 'onesession development keys';

/** An `OPERATOR_SECRET` for trying the service out. It is published, so it is refused where others can reach the service. */
export const DEVELOPMENT_OPERATOR_SECRET = 'onesession development operator secret';

/** Returns the secrets in `KEYS_SECRET`. The first one encrypts. */
export const secretsIn = (list: string): readonly string[] => list.split(',').map((secret) => secret.trim());

/** Tells whether the address is just an origin. The first label of its host may be `{account}`. */
function isOrigin(address: string): boolean {
  const url = URL.parse(address.replace(/^(https?:\/\/)\{account\}\./, '$1account.'));
  if (!url || !/^https?:$/.test(url.protocol)) return false;
  return `${url.origin}/` === url.href && !/[{}@?#]/.test(url.href) && !address.includes('@');
}

/** Refuses a range that contains everybody (`/0`), because each caller could then choose an address. */
function isAddressOrRange(proxy: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(proxy) ?? [];
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  if (longest === undefined || address.includes('%')) return false;
  return bits === undefined || (Number(bits) > 0 && Number(bits) <= longest);
}

/** The settings, read once. The class is the injection token, and its members are those of the schema. */
export abstract class Config {}
export interface Config extends Readonly<z.infer<typeof configSchema>> {
  readonly ISSUER: string;
  readonly PUBLIC_METRICS: 'on' | 'off';
  readonly PUBLIC_DOCS: 'on' | 'off';
  readonly CONSOLE: 'on' | 'off';
}

/** The environment has wrong settings. The message names all of them at once. */
export class WrongConfiguration extends Error {}

/** An empty setting counts as none. */
const givenIn = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== ''));

/** What is wrong in the environment. Empty: `readConfig` takes it. */
export function settingProblems(env: NodeJS.ProcessEnv): readonly Problem[] {
  const { error } = configSchema.safeParse(givenIn(env), schemaWords);
  return (error?.issues ?? []).map(({ path, code, message }) => ({
    field: path.join('.'),
    message: (code === 'invalid_type' ? rangeOf(String(path[0])) : undefined) ?? message,
  }));
}

function rangeOf(name: string): string | undefined {
  const { properties = {} } = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  const setting = properties[name];
  if (typeof setting !== 'object' || setting.type !== 'integer') return undefined;
  return `must be a whole number from ${setting.minimum} to ${setting.maximum}`;
}

/** What to tell about variables that have no effect, and were probably meant to be settings. */
export const settingHints = (env: NodeJS.ProcessEnv): readonly Problem[] =>
  misspelledIn(env, Object.keys(configSchema.shape)).map(({ name, meant }) => ({
    field: name,
    message: `is no setting, and has no effect. Did you mean ${meant}?`,
  }));

const hintLines = (env: NodeJS.ProcessEnv): string =>
  settingHints(env)
    .map(({ field, message }) => `\n${field} ${message}`)
    .join('');

/** Returns the settings, before anything listens. @throws WrongConfiguration if any is wrong */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = configSchema.safeParse(givenIn(env));
  if (!parsed.success) {
    throw new WrongConfiguration(
      `These settings are wrong (docs/configuration.md has all of them):\n${problemLines(settingProblems(env))}${hintLines(env)}`,
    );
  }
  const { data } = parsed;
  const demo = data.NODE_ENV === 'production' ? undefined : 'bootstrap/demo.json';
  const demoAccount = data.BOOTSTRAP_FILE === undefined && demo !== undefined ? 'acme' : undefined;
  const openByDefault = data.NODE_ENV !== 'production' && data.ADMIN_PORT === undefined ? 'on' : 'off';
  return Object.freeze({
    ...data,
    PUBLIC_METRICS: data.PUBLIC_METRICS ?? openByDefault,
    PUBLIC_DOCS: data.PUBLIC_DOCS ?? openByDefault,
    CONSOLE: data.CONSOLE ?? (data.NODE_ENV === 'production' ? 'off' : 'on'),
    VTEX_DEFAULT_ACCOUNT: data.VTEX_DEFAULT_ACCOUNT ?? demoAccount,
    UCP_DEFAULT_TENANT: data.UCP_DEFAULT_TENANT ?? demoAccount,
    BOOTSTRAP_FILE: data.BOOTSTRAP_FILE ?? demo,
    ISSUER: data.ISSUER ?? `http://${data.HOST}:${data.PORT}`,
  });
}
