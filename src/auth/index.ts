export {
  Authenticated,
  Caller,
  CurrentService,
  Public,
  principalOf,
  type RequestWithPrincipal,
} from './authenticated.js';
export { AuthModule } from './auth.module.js';
export type { AccessClaims, SaasClaims, ShopperClaims } from './claims.js';
export { ClientGate } from './client-gate.js';
export { SigningKeys } from './keys/signing-keys.js';
export type { Principal, ServicePrincipal, ShopperPrincipal } from './principal.js';
export { TokenVerifier } from './token.verifier.js';
export { canonicalScope, formatScope, holdsScope, KNOWN_SCOPES, parseScope } from './scopes.js';
export { ShopperGate } from './shopper-gate.js';
export { type IssuedToken, type SessionSubject, TokenIssuer } from './token-issuer.js';
