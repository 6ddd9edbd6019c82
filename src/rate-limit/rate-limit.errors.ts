import { DomainError } from '../shared/domain-error.js';
import { rateLimitHeader } from './limits.rules.js';
import type { Quota } from './rate-limit.types.js';

/** The caller has used up a limit. The headers show the limit, which tells what rule it was. */
export class TooManyRequests extends DomainError {
  override readonly kind = 'rate-limited';
  override readonly headers: Readonly<Record<string, string>>;

  /** @param what the problem, with the setting that an operator can change; left out for rules without a setting */
  constructor(quota: Quota, what = 'Too many requests') {
    const seconds = Math.max(1, quota.resetSeconds);
    super(`${what}; try again in ${seconds} s`);
    this.headers = { 'retry-after': String(seconds), ratelimit: rateLimitHeader(quota) };
  }
}
