import { matchesType, namesTypes } from '../events/type-pattern.rules.js';
import { problemsOfTargetUrl } from '../http/upstream/target-url.rules.js';
import { secondsAfter } from '../shared/clock.js';
import { InvalidInput, type Problem, VersionConflict } from '../shared/domain-error.js';
import type { TenantWebhooks, Webhook, WebhookSecret } from './webhook.types.js';

export const MOST_WEBHOOKS = 20;
const MOST_SECRETS = 5;

export interface WebhookFields {
  readonly url: string;
  readonly types: readonly string[];
  readonly description?: string | undefined;
  readonly enabled: boolean;
}

export type WebhookChanges = { readonly [K in keyof WebhookFields]?: WebhookFields[K] | undefined };

export interface Basis {
  /** The version that the caller read. */
  readonly expected?: number | undefined;
  readonly now: Date;
}

export const noWebhooks = (tenant: string): TenantWebhooks => ({ tenant, webhooks: [] });

export const webhookOf = (stored: TenantWebhooks | undefined, id: string): Webhook | undefined =>
  stored?.webhooks.find((webhook) => webhook.id === id);

/** @throws InvalidInput */
export function withWebhook(
  current: TenantWebhooks,
  { description, ...fields }: WebhookFields,
  { id, sealed, now }: { readonly id: string; readonly sealed: string; readonly now: Date },
): TenantWebhooks {
  const full = current.webhooks.length >= MOST_WEBHOOKS;
  const tooMany = { field: 'url', message: `there are already ${MOST_WEBHOOKS} webhooks: remove one first` };
  refuse([...(full ? [tooMany] : []), ...problemsOf(fields)]);
  const webhook: Webhook = {
    id,
    ...fields,
    ...(description !== undefined && { description }),
    secrets: [{ sealed }],
    createdAt: now,
    modifiedAt: now,
    version: 1,
  };
  return { ...current, webhooks: [...current.webhooks, webhook] };
}

/** Absent fields stay as they are. @throws InvalidInput | VersionConflict */
export function changedWebhook(current: Webhook, changes: WebhookChanges, basis: Basis): Webhook {
  expectVersion(current, basis.expected);
  const { url = current.url, types = current.types, enabled = current.enabled } = changes;
  const { description = current.description } = changes;
  refuse(problemsOf({ url, types }));
  const { gone, ...rest } = current;
  return {
    ...rest,
    url,
    types,
    enabled,
    ...(description !== undefined && { description }),
    ...(gone && !enabled && { gone }),
    ...modified(current, basis.now),
  };
}

/** @param overlapSeconds how long earlier secrets go on signing. With 0, for a secret that leaked, they stop now. */
export function withNewSecret(
  current: Webhook,
  sealed: string,
  { overlapSeconds, ...basis }: Basis & { readonly overlapSeconds: number },
): Webhook {
  expectVersion(current, basis.expected);
  const endsAt = secondsAfter(basis.now, overlapSeconds);
  const earlier = signingSecrets(current, basis.now).map((secret) => ({
    ...secret,
    endsAt: secret.endsAt && secret.endsAt < endsAt ? secret.endsAt : endsAt,
  }));
  const kept = overlapSeconds === 0 ? [] : earlier.slice(0, MOST_SECRETS - 1);
  return { ...current, secrets: [{ sealed }, ...kept], ...modified(current, basis.now) };
}

/**
 * Stores secrets under another encryption. What clients see does not change, so neither does the version. A secret that
 * was renewed since `resealed` was made is not in it, and stays.
 */
export function withSecretsResealed(
  current: TenantWebhooks,
  id: string,
  resealed: ReadonlyMap<string, string>,
): TenantWebhooks {
  return replaced(current, id, (webhook) => {
    if (!webhook.secrets.some(({ sealed }) => resealed.has(sealed))) return webhook;
    const secrets = webhook.secrets.map((secret) => ({
      ...secret,
      sealed: resealed.get(secret.sealed) ?? secret.sealed,
    }));
    return { ...webhook, secrets };
  });
}

/** Switches off a webhook whose target answered 410. */
export const goneWebhook = (current: Webhook, now: Date): Webhook =>
  current.enabled ? { ...current, enabled: false, gone: true, ...modified(current, now) } : current;

/** Replaces one webhook, if there is one. `decide` may throw. */
export function replaced(
  current: TenantWebhooks,
  id: string,
  decide: (webhook: Webhook) => Webhook,
): TenantWebhooks {
  const webhook = webhookOf(current, id);
  const next = webhook && decide(webhook);
  if (next === webhook) return current;
  return { ...current, webhooks: current.webhooks.map((one) => (one.id === id && next ? next : one)) };
}

export function withoutWebhook(current: TenantWebhooks, id: string): TenantWebhooks {
  const webhooks = current.webhooks.filter((webhook) => webhook.id !== id);
  return webhooks.length === current.webhooks.length ? current : { ...current, webhooks };
}

export const signingSecrets = ({ secrets }: Webhook, now: Date): readonly WebhookSecret[] =>
  secrets.filter(({ endsAt }) => endsAt === undefined || endsAt > now);

export const wantsType = ({ types }: Pick<Webhook, 'types'>, type: string): boolean =>
  types.some((pattern) => matchesType(pattern, type));

function problemsOf({ url, types }: Pick<WebhookFields, 'url' | 'types'>): readonly Problem[] {
  const wrong = types.filter((pattern) => !isPattern(pattern));
  return [
    ...problemsOfTargetUrl('url', url),
    ...wrong.map((pattern) => ({
      field: 'types',
      message: `'${pattern}' is neither an event type, nor a pattern such as onesession.context.*, nor *`,
    })),
  ];
}

/** A pattern must match a type that exists; so a typing error is not taken for silence. */
function isPattern(pattern: string): boolean {
  const cutsWords = pattern.endsWith('*') && pattern !== '*' && !pattern.endsWith('.*');
  return !cutsWords && namesTypes(pattern);
}

function expectVersion({ version }: Webhook, expected: number | undefined): void {
  if (expected !== undefined && version !== expected) throw new VersionConflict(expected, version);
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new InvalidInput(problems);
}

const modified = ({ version }: Webhook, now: Date): Pick<Webhook, 'modifiedAt' | 'version'> => ({
  modifiedAt: now,
  version: version + 1,
});
