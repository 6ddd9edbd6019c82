import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { LIMITS, type Quota, RateLimitService } from '../../rate-limit/index.js';
import type { VtexCaller } from './vtex-caller.js';

/**
 * New sessions are what can fill a store. Whether a request begins one is known only when its cookie was read, so it is
 * not limited as a route: whoever has a session may change it at will.
 */
@Injectable()
export class NewSessionLimit {
  constructor(
    private readonly limits: RateLimitService,
    private readonly config: Config,
  ) {}

  /** @returns undefined where limits are off. @throws TooManyRequests */
  async admit({ tenant, address }: Pick<VtexCaller, 'tenant' | 'address'>): Promise<Quota | undefined> {
    if (this.config.RATE_LIMITS === 'off') return undefined;
    return this.limits.admit(LIMITS['new-session'], { subject: [tenant], address });
  }
}
