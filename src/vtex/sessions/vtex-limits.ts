import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.schema.js';
import { LIMITS, type Quota, RateLimitService } from '../../rate-limit/index.js';
import type { Session } from '../../session/index.js';
import type { VtexCaller } from '../caller/vtex-caller.js';
import type { Asked } from '../values/app.types.js';
import { textOf } from '../values/parameters.rules.js';
import { publicAttributes } from '../values/session-values.rules.js';

/** Names somebody whose price tables the session is to have. */
const NAMED = 'public.storeUserEmail';

/**
 * What is limited in this dialect is known only once the session was read, so these limits are no property of a route:
 * callers may change a session of their own at will.
 */
@Injectable()
export class VtexLimits {
  constructor(
    private readonly limits: RateLimitService,
    private readonly config: Config,
  ) {}

  /** New sessions are what can fill a store. @returns undefined where limits are off @throws TooManyRequests */
  async newSession({ tenant, address }: Pick<VtexCaller, 'tenant' | 'address'>): Promise<Quota | undefined> {
    if (this.config.RATE_LIMITS === 'off') return undefined;
    return this.limits.consume(LIMITS['new-session'], { subject: [tenant], address });
  }

  /**
   * An e-mail that gets price tables has an account here: naming one counts as a guess for every caller.
   * @param session absent for a new one @throws TooManyRequests
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
