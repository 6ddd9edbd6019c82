import { textOf } from '../../shared/json.js';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { LIMITS, type Quota, RateLimitService } from '../../rate-limit/index.js';
import type { Session } from '../../session/index.js';
import type { VtexCaller } from '../caller/vtex-caller.js';
import type { Asked } from '../values/app.types.js';
import { publicAttributes } from '../values/session-values.rules.js';

/** Names the person whose price tables the session should have. */
const NAMED = 'public.storeUserEmail';

/**
 * Limits of this dialect that can only be decided once the session was read, so they are not declared on routes.
 * Callers may change their own session without limit.
 */
@Injectable()
export class VtexLimits {
  constructor(
    private readonly limits: RateLimitService,
    private readonly config: Config,
  ) {}

  /**
   * Counts a new session, because new sessions can fill a store.
   * @returns undefined when limits are off
   * @throws TooManyRequests
   */
  async newSession({ tenant, address }: Pick<VtexCaller, 'tenant' | 'address'>): Promise<Quota | undefined> {
    if (this.config.RATE_LIMITS === 'off') return undefined;
    return this.limits.consume(LIMITS['new-session'], { subject: [tenant], address });
  }

  /**
   * Counts a newly named e-mail address as a guess: one that gets price tables has an account here.
   * @param session absent for a new one
   * @throws TooManyRequests
   */
  async namedPerson(
    { tenant, address }: Pick<VtexCaller, 'tenant' | 'address'>,
    asked: Asked,
    session?: Session,
  ): Promise<void> {
    const email = textOf(asked.get(NAMED));
    if (this.config.RATE_LIMITS === 'off' || !email || email === namedIn(session)) return;
    const subject = session ? [tenant, session.sessionId] : [tenant];
    await this.limits.consume(LIMITS[session ? 'named-person' : 'named-person-of-new-session'], {
      subject,
      address,
    });
  }
}

function namedIn(session: Session | undefined): string | undefined {
  return textOf(session && publicAttributes(session).get('storeUserEmail')?.value);
}
