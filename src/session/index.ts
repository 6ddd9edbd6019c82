export * from './context/context.rules.js';
export { ContextService, type SessionWithContext } from './context/context.service.js';
export { DefaultValuesService } from './context/default-values.service.js';
export {
  currencyAt,
  deriveContext,
  defaultValues,
  type DefaultValues,
} from './context/derive-context.rules.js';
export { profileFrom, profileKeyOf, type Profile } from './context/profile.rules.js';
export { AgentSessionService } from './lifecycle/agent-session.service.js';
export type { AgentValues } from './lifecycle/agent-session.rules.js';
export { historyOf } from './history/history.rules.js';
export type * from './history/history.types.js';
export { lifetimeFrom, prolonged, stateOf } from './tokens/lifetime.rules.js';
export { lastUsedAt, newestFirst } from './last-used.rules.js';
export { anonymousSession, VTEX_CLIENT } from './new-session.rules.js';
export { facetKeyOf, facetsFrom, type SessionFacets } from './session-facets.rules.js';
export { SessionNotFound } from './session.errors.js';
export { SessionGate } from './lifecycle/session-gate.js';
export { SessionMeter } from './session-meter.js';
export { SharedSessionService } from './lifecycle/shared-session.service.js';
export { SessionModule } from './session.module.js';
export { SessionRefreshService } from './tokens/session-refresh.service.js';
export { SessionRepository } from './session.repository.js';
export { type CustomerLogin, SessionService } from './lifecycle/session.service.js';
export { type TokenSet, SessionTokenService } from './tokens/session-tokens.js';
export type * from './session.types.js';
export { isOfThisEpoch, withTokensOf } from './tokens/token-epoch.rules.js';
export { CurrentShopper, isShopper, type Shopper } from './shopper.js';
