import demo from '../../bootstrap/demo.json' with { type: 'json' };
import {
  type Config,
  DEVELOPMENT_KEYS_SECRET,
  DEVELOPMENT_OPERATOR_SECRET,
  WrongConfiguration,
} from '../config/config.schema.js';
import { isLoopback } from '../config/loopback.js';
import { secretsIn } from '../config/settings/trust.js';
import { type Bootstrap, bootstrapSchema, type DeclaredTenant } from './bootstrap.schema.js';

/** A client or customer whose secret is in this repository, where anybody can read it. */
export interface PublishedSecret {
  readonly tenant: string;
  readonly kind: 'client' | 'customer';
  /** Client id, or e-mail address. */
  readonly name: string;
  readonly secret: string;
}

/** Returns the clients and customers of `bootstrap/demo.json` with their secrets. */
export const publishedSecrets = (): readonly PublishedSecret[] =>
  bootstrapSchema.parse(demo).tenants.flatMap(secretsOf);

/** Tells whether published secrets would let others into this service. */
export const isExposed = (config: Config): boolean =>
  config.NODE_ENV === 'production' ||
  (openHostsOf(config).length > 0 && config.EXPOSE_PUBLISHED_SECRETS === 'off');

/** Returns the addresses at which others can reach the service. Administration may have its own port. */
const openHostsOf = ({ HOST, ADMIN_PORT, ADMIN_HOST }: Config): readonly string[] => [
  ...(isLoopback(HOST) ? [] : [`HOST ${HOST}`]),
  ...(ADMIN_PORT === undefined || isLoopback(ADMIN_HOST) ? [] : [`ADMIN_HOST ${ADMIN_HOST}`]),
];

/**
 * Refuses published secrets where others can reach the service: those of the demo file, even in a copy that is not
 * marked as demo data, and the secret that encrypts the signing keys when none is set.
 * @throws WrongConfiguration
 */
export function refusePublishedSecrets(config: Config, declared: Bootstrap | undefined): void {
  if (!isExposed(config)) return;
  const found = [...publishedInFile(config, declared), ...publishedInSettings(config)];
  if (found.length === 0) return;
  throw new WrongConfiguration(
    [reasonOf(config), ...found.map(item), ...remediesOf(config).map(indent)].join('\n'),
  );
}

const reasonOf = (config: Config): string =>
  config.NODE_ENV === 'production'
    ? 'Production can not start with secrets that anybody knows:'
    : `Others can reach ${openHostsOf(config).join(' and ')}, and anybody knows:`;

const remediesOf = ({ NODE_ENV }: Config): readonly string[] => [
  'Set KEYS_SECRET and BOOTSTRAP_FILE to secrets and a file of your own',
  ...(NODE_ENV === 'production'
    ? []
    : [
        'or listen on this machine only: HOST=127.0.0.1, and ADMIN_HOST likewise',
        'or, where all who can reach it may do as they like: EXPOSE_PUBLISHED_SECRETS=on',
      ]),
];

/** Returns the clients and customers of a declared tenant that have a published secret. */
export function publishedOf(declared: DeclaredTenant): readonly PublishedSecret[] {
  const published = new Set(publishedSecrets().map(({ secret }) => secret));
  return secretsOf(declared).filter(({ secret }) => published.has(secret));
}

function publishedInFile(config: Config, declared: Bootstrap | undefined): string[] {
  if (!declared) return [];
  const known = declared.tenants.flatMap(publishedOf);
  const names = known.map(({ tenant, name }) => `${name} of ${tenant}`).join(', ');
  return known.length === 0 ? [] : [`the secrets that ${config.BOOTSTRAP_FILE} gives to ${names}`];
}

const publishedInSettings = ({ KEYS_SECRET: list, OPERATOR_SECRET: operator }: Config): string[] => [
  ...(list === undefined ? ['the secret that encrypts the signing keys, as KEYS_SECRET is not set'] : []),
  ...(list !== undefined && secretsIn(list).includes(DEVELOPMENT_KEYS_SECRET)
    ? ['a secret of KEYS_SECRET']
    : []),
  ...(operator === DEVELOPMENT_OPERATOR_SECRET ? ['OPERATOR_SECRET: make one of your own'] : []),
];

const secretsOf = ({ name: tenant, clients, customers }: DeclaredTenant): PublishedSecret[] => [
  ...clients.flatMap((client) =>
    client.kind === 'backend' && client.secret !== undefined
      ? [{ tenant, kind: 'client' as const, name: client.clientId, secret: client.secret }]
      : [],
  ),
  ...customers.map(({ email, password }) => ({
    tenant,
    kind: 'customer' as const,
    name: email.toLowerCase(),
    secret: password,
  })),
];

const item = (text: string): string => `  - ${text}`;
const indent = (text: string): string => `  ${text}`;
