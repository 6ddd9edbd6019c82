import type { Customer } from '../customer/index.js';
import { newId } from '../shared/ids.js';
import type { Site } from '../site-settings/index.js';
import type { DeclaredTenant } from './bootstrap.schema.js';

type DeclaredSite = DeclaredTenant['sites'][number];
type DeclaredCustomer = DeclaredTenant['customers'][number];

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
  email: email.toLowerCase(),
  contactEmail: email,
  passwordHash: made.passwordHash,
  addresses: addresses.map((address) => ({ ...address, id: newId(), mixins: {} })),
  mixins: {},
  createdAt: made.now,
  version: 1,
});
