import type { Access, Proof } from '../auth/access.types.js';
import type { Route } from './route.types.js';

const SCOPE = 'scope:';

const TOKENS: Readonly<Record<Exclude<Access, `scope:${string}`>, string>> = {
  anonymous: 'anonymous shoppers',
  customer: 'customers',
  'unexpired-shopper': 'shoppers, also when their session has ended',
  service: 'services',
  operator: 'the operator, with `tenant.tenant_manage`',
};

const PROOFS: Readonly<Record<Proof, string>> = {
  nothing: 'anybody',
  'client-id': 'anybody, by the id of a storefront client',
  'client-secret': 'clients, by their secret or a signed assertion',
  'console-link': 'the console, by the code of a one-time link',
  'handover-link': 'anybody, by the token of a one-time link',
  'refresh-token': 'anonymous shoppers, by a token in the query',
  'customer-token': 'anybody who has the token in question',
  vtex_session: 'the holder of a `vtex_session`',
  bearer: 'shoppers, by their bearer token',
};

/** Says who may call a route, in words: `customers; services with the scope cart.cart_read`. */
export function callersOf({ access, proofs }: Route): string {
  const scopes = access.filter((one) => one.startsWith(SCOPE)).map((one) => `\`${one.slice(SCOPE.length)}\``);
  return [
    ...access.flatMap((one) => (isScope(one) ? [] : [TOKENS[one]])),
    ...(scopes.length > 0 ? [`services with the scope ${scopes.join(' or ')}`] : []),
    ...proofs.map((proof) => PROOFS[proof]),
  ].join('; ');
}

const isScope = (access: Access): access is `scope:${string}` => access.startsWith(SCOPE);
