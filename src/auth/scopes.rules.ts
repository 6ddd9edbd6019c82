/** Two spellings of one scope: the wire description's, and the tutorial's (behaviours E-42, E-44, D-06). */
const ALIASES: Readonly<Record<string, string>> = {
  'sessioncontext.context_manage': 'session_context.context_manage',
};

/** What `/oauth/token` may grant; whoever is not listed here is granted to nobody. */
export const KNOWN_SCOPES = [
  'session_context.context_manage',
  'cart.cart_manage',
  'cart.cart_manage_external_prices',
  'customer.customer_read',
  'customer.customer_manage',
  'customer.customer_impersonate',
  'site.site_read',
  'site.site_manage',
  'price.price_read',
  'price.price_manage',
  'price.pricemodel_read',
  'price.pricemodel_manage',
  'price.pricemodel_manage_admin',
  'client.client_manage',
  'vtex.settings_manage',
] as const;

export const canonicalScope = (scope: string): string =>
  Object.hasOwn(ALIASES, scope) ? (ALIASES[scope] ?? scope) : scope;

export const holdsScope = (granted: readonly string[], wanted: string): boolean =>
  granted.some((scope) => canonicalScope(scope) === wanted);

/** `tenant=acme a b`: names of scopes and of the tenant, separated by spaces (behaviour C-03). */
export function parseScope(scope: string): { tenant?: string; names: string[] } {
  const parts = scope.split(/\s+/).filter((part) => part !== '');
  const tenant = parts.find((part) => part.startsWith('tenant='))?.slice('tenant='.length);
  const names = [...new Set(parts.filter((part) => !part.startsWith('tenant=')))];
  return { ...(tenant !== undefined && { tenant }), names };
}

export const formatScope = (tenant: string, names: readonly string[]): string =>
  [...names, `tenant=${tenant}`].join(' ');
