/** Two spellings of one scope: the wire description's, and the tutorial's (behaviours E-42, E-44, D-06). */
const ALIASES: Readonly<Record<string, string>> = {
  'sessioncontext.context_manage': 'session_context.context_manage',
};

/** What `/oauth/token` may grant; a scope that is not listed here is granted to nobody. */
export const KNOWN_SCOPES = [
  'session_context.context_manage',
  'cart.cart_manage',
  'cart.cart_manage_external_prices',
  'customer.customer_read',
  'customer.customer_manage',
  'customer.customer_impersonate',
  'customer.import_read',
  'customer.import_manage',
  'site.site_read',
  'site.site_manage',
  'price.price_read',
  'price.price_manage',
  'price.pricelist_read',
  'price.pricelist_manage',
  'price.pricemodel_read',
  'price.pricemodel_manage',
  'price.pricemodel_manage_admin',
  'customermanagement.legalentity_read',
  'customermanagement.legalentity_manage',
  'customermanagement.contactassignment_read',
  'customermanagement.contactassignment_manage',
  'customermanagement.location_read',
  'customermanagement.location_manage',
  'client.client_manage',
  'vtex.settings_manage',
  'event.webhook_manage',
  'session.session_read',
  'session.session_manage',
  'audit.audit_read',
  'ucp.cart_manage',
] as const;

/** The client id with which the operator asks for a token. */
export const OPERATOR = 'operator';

/** The one scope of the operator's tokens. It is not among those above: no client of a tenant can be given it. */
export const OPERATOR_SCOPE = 'tenant.tenant_manage';

export const canonicalScope = (scope: string): string =>
  Object.hasOwn(ALIASES, scope) ? (ALIASES[scope] ?? scope) : scope;

export const holdsScope = (granted: readonly string[], wanted: string): boolean =>
  granted.some((scope) => canonicalScope(scope) === wanted);

export interface ParsedScope {
  readonly tenant?: string;
  readonly names: readonly string[];
}

/**
 * `tenant=acme a b`: names of scopes and of the tenant, separated by spaces (behaviour C-03).
 * @returns undefined when it names two tenants: a token is good at one
 */
export function parseScope(scope: string): ParsedScope | undefined {
  const parts = scope.split(/\s+/).filter((part) => part !== '');
  const [tenant, ...others] = new Set(parts.filter(isTenant).map((part) => part.slice(TENANT.length)));
  if (others.length > 0) return undefined;
  return { ...(tenant !== undefined && { tenant }), names: scopeNames(scope) };
}

/**
 * The scopes of `tenant=acme a b`, each once. The result is remembered, because a client's tokens say the same at every
 * request.
 */
export function scopeNames(scope: string): readonly string[] {
  const known = namesOf.get(scope);
  if (known) return known;
  const names = Object.freeze([
    ...new Set(scope.split(/\s+/).filter((part) => part !== '' && !isTenant(part))),
  ]);
  if (scope.length > LONGEST_REMEMBERED) return names;
  if (namesOf.size >= MOST_REMEMBERED) namesOf.clear();
  namesOf.set(scope, names);
  return names;
}

/**
 * Those scopes of a token that its client may still be granted. The list of a client is remembered with its row, and what
 * is left of a token's scopes with that list.
 * @param grantable in the canonical spelling
 */
export function grantedScopes(scope: string, grantable: readonly string[]): readonly string[] {
  const names = scopeNames(scope);
  let known = grantedOf.get(grantable);
  if (!known) grantedOf.set(grantable, (known = new WeakMap()));
  let granted = known.get(names);
  if (!granted) {
    granted = Object.freeze(names.filter((name) => grantable.includes(canonicalScope(name))));
    known.set(names, granted);
  }
  return granted;
}

const grantedOf = new WeakMap<readonly string[], WeakMap<readonly string[], readonly string[]>>();

const namesOf = new Map<string, readonly string[]>();
const MOST_REMEMBERED = 1_000;
/** A bound on memory. All scopes together are shorter than this. */
const LONGEST_REMEMBERED = 1_000;

const TENANT = 'tenant=';
const isTenant = (part: string): boolean => part.startsWith(TENANT);

export const formatScope = (tenant: string, names: readonly string[]): string =>
  [...names, `tenant=${tenant}`].join(' ');
