import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TokenIssuer } from '../../auth/index.js';
import type { Quota } from '../../rate-limit/index.js';
import { anonymousSession, lifetimeFrom, VTEX_CLIENT } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { Unauthenticated } from '../../shared/domain-error.js';
import { newSessionId } from '../../shared/ids.js';
import { TenantService } from '../../tenant/index.js';
import { encodeSegment, type Segment, segmentOf } from '../segments/segment-codec.rules.js';
import type { Outputs } from '../transforms/app.types.js';
import type { Troubles } from './app-troubles.js';
import { NewSessionLimit } from './new-session-limit.js';
import { type SavedSession, SESSION_TOKEN_SECONDS, SessionSaver } from './session-saver.service.js';
import { plainValues, type ShownValues, shownValues } from './session-values.js';
import type { VtexCaller } from './vtex-caller.js';

export interface VtexTokens {
  readonly sessionToken: string;
  readonly segmentToken: string;
  readonly troubles: Troubles;
  /** How many new sessions are left to the caller; absent when this is none. */
  readonly quota?: Quota;
}

export interface ReadSession {
  readonly id: string;
  readonly version: number;
  readonly values: ShownValues;
}

const NOTHING_ASKED: Outputs = new Map();

/** The use cases of `/api/sessions` and `/api/segments`. */
@Injectable()
export class VtexSessionService {
  constructor(
    private readonly saver: SessionSaver,
    private readonly tenants: TenantService,
    private readonly issuer: TokenIssuer,
    private readonly limit: NewSessionLimit,
    private readonly clock: Clock,
  ) {}

  /**
   * Goes on with the caller's session; there is none: a new one is made (W-63, W-66).
   * @throws Unauthenticated | Forbidden - an app refuses, and nothing is saved (M-33 to M-35); InvalidInput | TooLarge;
   *   TooManyRequests - too many new ones
   */
  async change(caller: VtexCaller, asked: Outputs): Promise<VtexTokens> {
    const { cookies, isBrowser: complete } = caller;
    const change = { asked, cookies, complete, retry: true };
    const changed = caller.key && (await this.saver.change(caller.key, change, true));
    return changed ? this.tokensOf(changed) : this.begin(caller, asked);
  }

  /** Of the session that the token in the path names (S-25). @throws Unauthenticated, and as `change` */
  async changeKnown({ key, cookies }: VtexCaller, asked: Outputs): Promise<VtexTokens> {
    const change = { asked, cookies, complete: false, retry: true };
    const changed = key && (await this.saver.change(key, change, true));
    if (!changed) throw new Unauthenticated('no-session');
    return this.tokensOf(changed);
  }

  /** With what the apps make of changes in the other dialect (D-22). @throws Unauthenticated (W-69) */
  async read({ key, cookies }: VtexCaller): Promise<ReadSession> {
    const change = { asked: NOTHING_ASKED, cookies, complete: false, retry: false };
    const saved = key && (await this.saver.change(key, change, false));
    if (!saved) throw new Unauthenticated('no-session');
    const { session, basis } = saved;
    return { id: session.sessionId, version: session.revision, values: shownValues(session, basis) };
  }

  /** @throws Unauthenticated */
  async segment(caller: VtexCaller): Promise<Segment> {
    return segmentOf(plainValues((await this.read(caller)).values));
  }

  private async begin(caller: VtexCaller, asked: Outputs): Promise<VtexTokens> {
    const { tenant, cookies } = caller;
    const quota = await this.limit.admit(caller);
    const now = this.clock.now();
    const lifetime = lifetimeFrom(now, await this.tenants.anonymousLifetime(tenant));
    const key = { tenant, sessionId: newSessionId() };
    const session = anonymousSession({ ...key, clientId: VTEX_CLIENT, epoch: randomUUID(), lifetime }, now);
    const saved = await this.saver.create(session, { asked, cookies, complete: true, retry: true });
    return { ...(await this.tokensOf(saved)), ...(quota && { quota }) };
  }

  private async tokensOf({ session, basis, troubles }: SavedSession): Promise<VtexTokens> {
    const { tenant, sessionId, revision: version } = session;
    const subject = { tenant, sessionId, version, accountId: basis.accountId };
    return {
      sessionToken: await this.issuer.sessionToken(subject, SESSION_TOKEN_SECONDS),
      segmentToken: encodeSegment(segmentOf(plainValues(shownValues(session, basis)))),
      troubles,
    };
  }
}
