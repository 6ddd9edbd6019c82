export { AddressBudgets } from './address-budgets.js';
export { AGENT_CALLS, LIMITS, rateLimitHeader } from './limits.rules.js';
export type { LimitedCaller, Quota } from './rate-limit.types.js';
export { RateLimitService } from './rate-limit.service.js';
export { CountedBy, RateLimited } from './rate-limited.decorator.js';
export { RateLimitModule } from './rate-limit.module.js';
export { WritesForShoppers, WritesNothing } from './written-bytes.decorator.js';
export { declaredLimits, textField } from './limited-route.js';
