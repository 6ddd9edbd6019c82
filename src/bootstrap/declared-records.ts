import { randomUUID } from 'node:crypto';
import { type Customer, loginEmail } from '../customer/index.js';
import { type Client, hashSecret } from '../oauth/index.js';
import { newId } from '../shared/ids.js';
import type { Site } from '../site-settings/index.js';
import type { DeclaredTenant } from './bootstrap.schema.js';

type DeclaredClient = DeclaredTenant['clients'][number];
type DeclaredBackend = Extract<DeclaredClient, { kind: 'backend' }>;
type DeclaredSite = DeclaredTenant['sites'][number];
type DeclaredCustomer = DeclaredTenant['customers'][number];

export const toClient = (tenant: string, declared: DeclaredClient, now: Date): Client => ({
  clientId: declared.clientId,
  tenant,
  kind: declared.kind,
  ...(declared.kind === 'backend' && declared.email !== undefined && { email: declared.email }),
  enabled: true,
  secrets: secretsOf(declared),
  ...(declared.kind === 'backend' && keysOf(declared, now)),
  scopes: declared.kind === 'backend' ? declared.scopes : [],
  epoch: randomUUID(),
  createdAt: now,
  modifiedAt: now,
  version: 1,
});

const secretsOf = (declared: DeclaredClient): Client['secrets'] =>
  declared.kind === 'backend' && declared.secret !== undefined ? [{ hash: hashSecret(declared.secret) }] : [];

const keysOf = ({ jwks, jwksUri }: DeclaredBackend, now: Date): Pick<Client, 'jwks' | 'jwksUri'> => ({
  ...(jwks && { jwks: { keys: jwks.keys.map((key) => ({ ...key, addedAt: now })) } }),
  ...(jwksUri !== undefined && { jwksUri }),
});

export const toSite = (tenant: string, declared: DeclaredSite): Site => ({
  ...declared,
  tenant,
  availableCurrencies: [...new Set([declared.currency, ...declared.availableCurrencies])],
  mixins: {},
  mixinSchemas: {},
  services: {},
  version: 1,
});

export const toCustomer = (
  tenant: string,
  { password: _never, email, addresses, ...profile }: DeclaredCustomer,
  made: { readonly id: string; readonly passwordHash: string; readonly now: Date },
): Customer => ({
  ...profile,
  tenant,
  id: made.id,
  email: loginEmail(email),
  emailConfirmedAt: made.now,
  contactEmail: email,
  passwordHash: made.passwordHash,
  addresses: addresses.map((address) => ({ ...address, id: newId(), mixins: {} })),
  mixins: {},
  createdAt: made.now,
  version: 1,
});
