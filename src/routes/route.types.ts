import type { Access, Proof } from '../auth/access.types.js';

/** One line of the table of routes. */
export interface Route {
  readonly method: string;
  /** As in the description of the API: `/cart/{tenant}/carts/{cartId}` */
  readonly template: string;
  /** The bearer tokens that open it; none for a route that asks for no such token. */
  readonly access: readonly Access[];
  /** What a route without bearer tokens goes by. */
  readonly proofs: readonly Proof[];
  /** Names of `LIMITS`. */
  readonly limits: readonly string[];
  /** Controller and method, as the description names its operations. */
  readonly name: string;
}
