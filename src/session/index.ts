export { attributeNameProblem, attributeValueProblem } from './attribute-limits.rules.js';
export * from './context.rules.js';
export { ContextService, type SessionWithContext } from './context.service.js';
export { InitialValuesService } from './initial-values.service.js';
export {
  currencyAt,
  deriveContext,
  initialValues,
  type InitialValue,
  type InitialValues,
  withChosen,
} from './derive-context.rules.js';
export { type AnonymousClocks, lifetimeFrom, prolonged, stateOf } from './lifetime.rules.js';
export { anonymousSession, type NewSession, VTEX_CLIENT } from './new-session.rules.js';
export { SessionNotFound } from './session.errors.js';
export { SessionGate } from './session-gate.js';
export { SessionModule } from './session.module.js';
export { SessionRefreshService } from './session-refresh.service.js';
export { SessionRepository, type Step } from './session.repository.js';
export { type CustomerLogin, type CustomerSession, SessionService } from './session.service.js';
export { type SessionTokens, SessionTokenService } from './session-tokens.js';
export type * from './session.types.js';
export { isOfThisEpoch, withTokensOf } from './token-epoch.rules.js';
export { CurrentShopper, isShopper, type Shopper } from './shopper.js';
