export {
  Authenticated,
  Caller,
  CurrentService,
  declaredAccess,
  Public,
  principalOf,
  type RequestWithPrincipal,
} from './authenticated.js';
export { AuthModule } from './auth.module.js';
export { bearerOf, hasBearer } from './bearer-header.js';
export type { ShopperClaims, VerifiedToken } from './tokens/claims.js';
export { type AdmittedClient, ClientGate, type TokenClient } from './client-gate.js';
export { Credentials, type NamedHandover, type NamedSession } from './credentials.js';
export { reseal, seal, unseal } from './keys/key-cipher.js';
export { type KeySecret, KeySecrets, type ReencryptedKeys } from './keys/key-secrets.js';
export { type KeyChange, type KeyChangeRequest, SigningKeyWatch } from './keys/signing-key-watch.js';
export { type ListedKey, SigningKeys } from './keys/signing-keys.js';
export { Operator } from './operator.js';
export type { Principal, ServicePrincipal, ShopperPrincipal } from './principal.types.js';
export {
  canonicalScope,
  formatScope,
  holdsScope,
  KNOWN_SCOPES,
  OPERATOR,
  OPERATOR_SCOPE,
  parseScope,
  scopeNames,
} from './tokens/scopes.rules.js';
export { type OpenRefreshToken, type OpenSession, SessionTokenGate } from './session-token-gate.js';
export { type SessionTokenClaims, ShopperGate } from './shopper-gate.js';
export {
  type HandoverSubject,
  type IssuedToken,
  type SessionSubject,
  TokenIssuer,
} from './tokens/token-issuer.js';
export { type LiveToken, liveScope, TokenInspector } from './token-inspector.js';
