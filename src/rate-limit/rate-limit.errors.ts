import { DomainError } from '../shared/domain-error.js';
import { rateLimitHeader } from './limits.rules.js';
import type { Quota } from './rate-limit.types.js';

/** Which rule it was is told by its limit, in the headers; the body is the same for all. */
export class TooManyRequests extends DomainError {
  override readonly kind = 'rate-limited';
  override readonly headers: Readonly<Record<string, string>>;

  constructor(quota: Quota) {
    const seconds = Math.max(1, quota.resetSeconds);
    super(`Too many requests; try again in ${seconds} s`);
    this.headers = { 'retry-after': String(seconds), ratelimit: rateLimitHeader(quota) };
  }
}
