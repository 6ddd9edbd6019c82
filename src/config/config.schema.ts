import { z } from 'zod';
import type { Problem } from '../shared/domain-error.js';
// By their real names, here and in settings/: Node loads these files as they are for `npm run docs`.
import { problemLines, schemaWords } from '../shared/schema-words.ts';
import { misspelledIn } from './misspelled.ts';
import { amountSettings } from './settings/amounts.ts';
import { lifetimeSettings } from './settings/lifetimes.ts';
import { mailSettings } from './settings/mail.ts';
import { processSettings } from './settings/process.ts';
import { retentionSettings } from './settings/retention.ts';
import { storeSettings } from './settings/store.ts';
import { surfaceSettings } from './settings/surfaces.ts';
import { telemetrySettings } from './settings/telemetry.ts';
import { trafficSettings } from './settings/traffic.ts';
import { trustSettings } from './settings/trust.ts';
import { upstreamSettings } from './settings/upstream.ts';
import { vtexSettings } from './settings/vtex.ts';

/** Every setting with its type, default and unit. `docs/configuration.md` is generated from it. */
export const configSchema = z
  .object({
    ...processSettings,
    ...surfaceSettings,
    ...storeSettings,
    ...trustSettings,
    ...lifetimeSettings,
    ...vtexSettings,
    ...upstreamSettings,
    ...mailSettings,
    ...retentionSettings,
    ...amountSettings,
    ...trafficSettings,
    ...telemetrySettings,
  })
  // Also if a setting is wrong by itself, so that all problems are named at once.
  .superRefine(refuseTogether, { when: () => true });

/** A setting that is wrong by itself may be of any type here, or missing. */
interface SettingsTogether {
  readonly NODE_ENV?: unknown;
  readonly WORKERS?: unknown;
  readonly PORT?: unknown;
  readonly HOST?: unknown;
  readonly ADMIN_PORT?: unknown;
  readonly ADMIN_HOST?: unknown;
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
  if (isTwice(env)) refuse('ADMIN_PORT', 'must be another port than PORT, or ADMIN_HOST another address');
  if (env.NODE_ENV !== 'production') return;
  if (env.KEYS_SECRET === undefined) {
    refuse('KEYS_SECRET', 'is required in production: it encrypts the signing keys');
  }
  if (env.RATE_LIMITS === 'off') refuse('RATE_LIMITS', "can't be off in production");
  if (env.EXPOSE_PUBLISHED_SECRETS === 'on') {
    refuse('EXPOSE_PUBLISHED_SECRETS', "can't be on in production");
  }
}

const EVERY_ADDRESS: ReadonlySet<unknown> = new Set(['0.0.0.0', '::']);

/** Whether both ports are one. 0 takes a free one each time. */
const isTwice = ({ PORT, HOST, ADMIN_PORT, ADMIN_HOST }: SettingsTogether): boolean =>
  PORT !== 0 &&
  PORT === ADMIN_PORT &&
  (HOST === ADMIN_HOST || EVERY_ADDRESS.has(HOST) || EVERY_ADDRESS.has(ADMIN_HOST));

/**
 * Encrypts the signing keys if `KEYS_SECRET` is not set. It is published, so it is fit only for trying the service out.
 */
export const DEVELOPMENT_KEYS_SECRET = 'onesession development keys';

/** An `OPERATOR_SECRET` for trying the service out. It is published, so it is refused where others can reach the service. */
export const DEVELOPMENT_OPERATOR_SECRET = 'onesession development operator secret';

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
