export { RateCounters } from './rate-counters.repository.js';
export { RateLimited } from './rate-limited.decorator.js';
export { RateLimitModule } from './rate-limit.module.js';
export { textField } from './limited-route.js';
