import type { ShopperPrincipal } from './principal.types.js';
import type { ShopperClaims } from './tokens/claims.js';

/** What a token says of its session, whichever kind of token it is. Only an access token names its client. */
export type SessionTokenClaims = Pick<
  ShopperClaims,
  'tenant' | 'sid' | 'epoch' | 'grant' | 'token_use' | 'sub' | 'scope' | 'exp'
> &
  Partial<Pick<ShopperClaims, 'client_id'>>;

/** Tells whether the session of a token is alive. The session feature implements this port. */
export abstract class ShopperGate {
  /**
   * One read of the store.
   * @throws Unauthenticated - the session ended, is another customer's, or its tokens of that epoch were ended
   */
  abstract authorize(claims: SessionTokenClaims): Promise<ShopperPrincipal>;
}
