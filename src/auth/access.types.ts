/**
 * Who may call a route.
 * - `anonymous`, `customer`: a shopper whose session is alive
 * - `unexpired-shopper`: a shopper's token that is in time, whatever became of its session (behaviour D-03)
 * - `service`: a client credentials token with any scope
 * - `scope:...`: a client credentials token that holds this scope
 * - `operator`: the operator's token, which opens nothing else
 */
export type Access =
  'anonymous' | 'customer' | 'unexpired-shopper' | 'service' | 'operator' | `scope:${string}`;

/**
 * What opens a route that needs no bearer token: `nothing`, or a proof that its handler checks itself. `bearer` and
 * `nothing` next to another proof are further ways to call it.
 */
export type Proof =
  | 'nothing'
  | 'client-secret'
  | 'client-id'
  | 'console-link'
  | 'handover-link'
  | 'refresh-token'
  | 'customer-token'
  | 'vtex_session'
  | 'bearer';

/** What a route declares; one of the two lists is empty. */
export interface DeclaredAccess {
  readonly access: readonly Access[];
  readonly proofs: readonly Proof[];
}
