/**
 * Who may call a route.
 * - `anonymous`, `customer`: a shopper whose session is alive
 * - `unexpired-shopper`: a shopper's token that is in time, whatever became of its session (behaviour D-03)
 * - `service`: a client credentials token with any scope
 * - `scope:...`: a client credentials token that holds this scope
 */
export type Access = 'anonymous' | 'customer' | 'unexpired-shopper' | 'service' | `scope:${string}`;

/** `public` says that a route asks for no token on purpose. */
export type DeclaredAccess = readonly Access[] | 'public';
