import { Forbidden, InsufficientScope } from '../shared/domain-error.js';
import type { Access } from './access.types.js';
import type { Principal } from './principal.types.js';
import { holdsScope, OPERATOR_SCOPE } from './tokens/scopes.rules.js';

/**
 * Whether a caller may use a route that declares this access.
 * @returns the caller
 * @throws Forbidden that says which token the route needs
 */
export function mayUse(principal: Principal, access: readonly Access[]): Principal {
  const wanted = scopesIn(access);
  if (access.includes('operator')) throw new InsufficientScope([OPERATOR_SCOPE]);
  if (principal.kind === 'service') {
    if (access.includes('service') || wanted.some((scope) => holdsScope(principal.scopes, scope)))
      return principal;
    if (wanted.length > 0) throw new InsufficientScope(wanted);
  } else if (access.includes(principal.kind) || access.includes('unexpired-shopper')) return principal;
  throw wanted.length > 0 && !access.some(isShopper) ? new InsufficientScope(wanted) : refusal(access);
}

/** Whether the operator's token opens a route that declares this access. @throws Forbidden if not */
export function expectForOperator(access: readonly Access[]): void {
  if (!access.includes('operator')) {
    throw new Forbidden(
      "The operator's token opens only /admin/tenants, /admin/signing-keys and /admin/stored-secrets: use the token of a tenant's client",
    );
  }
}

const SCOPE = 'scope:';

const scopesIn = (access: readonly Access[]): readonly string[] =>
  access.filter((one) => one.startsWith(SCOPE)).map((one) => one.slice(SCOPE.length));

const isShopper = (access: Access): boolean =>
  access === 'anonymous' || access === 'customer' || access === 'unexpired-shopper';

function refusal(access: readonly Access[]): Forbidden {
  if (!access.some(isShopper)) return new Forbidden('This route needs a service token (client credentials)');
  if (!access.includes('customer') && !access.includes('unexpired-shopper')) {
    return new Forbidden('This route needs an anonymous token');
  }
  if (access.includes('anonymous') || access.includes('unexpired-shopper')) {
    return new Forbidden('This route is for shoppers: use the token of a session');
  }
  return new Forbidden('This route needs the token of a logged-in customer');
}
