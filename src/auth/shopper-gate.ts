import type { ShopperClaims } from './claims.js';
import type { ShopperPrincipal } from './principal.js';

/** The port through which the session feature says whether the session of a token is alive. */
export abstract class ShopperGate {
  /**
   * One read of the store.
   * @throws Unauthenticated - the session ended, or another login has taken it over
   */
  abstract admit(claims: ShopperClaims): Promise<ShopperPrincipal>;
}
