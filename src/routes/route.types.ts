import type { DeclaredAudit } from '../audit/declared-audit.types.js';
import type { Access, Proof } from '../auth/access.types.js';

/** One row of the table of routes. */
export interface Route {
  readonly method: string;
  /** The path as in the OpenAPI description: `/cart/{tenant}/carts/{cartId}`. */
  readonly template: string;
  /** The bearer tokens that open the route; empty for a route that needs none. */
  readonly access: readonly Access[];
  /** What opens a route that needs no bearer token. */
  readonly proofs: readonly Proof[];
  /** Names of entries in `LIMITS`. */
  readonly limits: readonly string[];
  /** Whether it takes `Idempotency-Key`. */
  readonly idempotent: boolean;
  /** What it writes into the audit log; absent for a route that writes nothing. */
  readonly audit?: DeclaredAudit;
  /** Controller and method, as in the operation ids of the OpenAPI description. */
  readonly name: string;
}
