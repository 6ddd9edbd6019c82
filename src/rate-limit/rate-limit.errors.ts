import { DomainError } from '../shared/domain-error.js';
import { rateLimitHeader } from './limits.rules.js';
import type { Quota } from './rate-limit.types.js';

/** Which rule it was is told by its limit, in the headers. */
export class TooManyRequests extends DomainError {
  override readonly kind = 'rate-limited';
  override readonly headers: Readonly<Record<string, string>>;

  /** @param what names the setting that an operator can change; absent for rules that have none */
  constructor(quota: Quota, what = 'Too many requests') {
    const seconds = Math.max(1, quota.resetSeconds);
    super(`${what}; try again in ${seconds} s`);
    this.headers = { 'retry-after': String(seconds), ratelimit: rateLimitHeader(quota) };
  }
}
