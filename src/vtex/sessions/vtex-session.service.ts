import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TokenIssuer } from '../../auth/index.js';
import type { Quota } from '../../rate-limit/index.js';
import { anonymousSession, lifetimeFrom, type Session, VTEX_CLIENT } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { Unauthenticated } from '../../shared/domain-error.js';
import { newSessionId } from '../../shared/ids.js';
import { TenantService } from '../../tenant/index.js';
import type { VtexCaller } from '../caller/vtex-caller.js';
import type { InputHints } from '../cycle/input-hints.js';
import type { Asked, SessionFacts } from '../values/app.types.js';
import { encodeSegment, type Segment, segmentOf } from '../values/segment-codec.rules.js';
import { plainValues, type ShownValues, shownValues } from '../values/session-values.rules.js';
import { AppTroubles, type Troubles } from './app-troubles.js';
import { type SavedSession, SESSION_TOKEN_SECONDS, TransformAndSave } from './transform-and-save.service.js';
import { VtexLimits } from './vtex-limits.js';

export interface VtexTokens {
  /** Id of the session, which has these values now. */
  readonly id: string;
  readonly values: ShownValues;
  readonly sessionToken: string;
  readonly segmentToken: string;
  readonly troubles: Troubles;
  readonly hints: InputHints;
  /** How many new sessions the caller may still begin. Absent when this is not a new one. */
  readonly quota?: Quota;
}

export interface ReadSession {
  readonly session: Session;
  /** The same object as long as the session shows the same values. */
  readonly basis: SessionFacts;
  /** New tokens, because the caller's cookies are from before a login. */
  readonly renewed?: VtexTokens;
}

const NOTHING_ASKED: Asked = new Map();

/** Implements the use cases of `/api/sessions` and `/api/segments`. */
@Injectable()
export class VtexSessionService {
  constructor(
    private readonly saver: TransformAndSave,
    private readonly tenants: TenantService,
    private readonly issuer: TokenIssuer,
    private readonly limits: VtexLimits,
    private readonly troubles: AppTroubles,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes the session that the caller names, or begins a new one (W-63, W-66).
   * @throws Unauthenticated | Forbidden - an app refuses, and nothing is saved (M-33 to M-35)
   * @throws InvalidInput | TooLarge | TooManyRequests
   */
  async change(caller: VtexCaller, asked: Asked): Promise<VtexTokens> {
    const changed = await this.changed(caller, asked, caller.isBrowser);
    return changed ? this.tokensOf(changed) : this.begin(caller, asked);
  }

  /** Changes the session that the token in the path names (S-25). @throws Unauthenticated @throws as `change` does */
  async changeKnown(caller: VtexCaller, asked: Asked): Promise<VtexTokens> {
    const changed = await this.changed(caller, asked, false);
    if (!changed) throw new Unauthenticated('no-session');
    return this.tokensOf(changed);
  }

  /**
   * Reads the session, with what the apps make of changes in the other dialect (D-22).
   * @throws Unauthenticated (W-69)
   */
  async read(caller: VtexCaller): Promise<ReadSession> {
    const { claims, cookies, settings } = caller;
    const nothing = {
      asked: NOTHING_ASKED,
      cookies,
      complete: false,
      retry: false,
      settings,
      origin: caller,
    };
    const saved = await this.saver.changeFirst(claims, { ...nothing, slide: false });
    if (!saved) throw new Unauthenticated('no-session');
    const { session, basis, renews } = saved;
    return { session, basis, ...(renews && { renewed: await this.tokensOf(saved) }) };
  }

  private async changed(
    caller: VtexCaller,
    asked: Asked,
    complete: boolean,
  ): Promise<SavedSession | undefined> {
    const { claims, cookies, settings } = caller;
    const admit = (session: Session) => this.limits.namedPerson(caller, asked, session);
    const change = { asked, cookies, complete, retry: true, settings, slide: true, admit, origin: caller };
    return this.saver.changeFirst(claims, change);
  }

  private async begin(caller: VtexCaller, asked: Asked): Promise<VtexTokens> {
    const { tenant, cookies, settings } = caller;
    const quota = await this.limits.newSession(caller);
    await this.limits.namedPerson(caller, asked);
    const now = this.clock.now();
    const lifetime = lifetimeFrom(now, await this.tenants.anonymousLifetime(tenant));
    const key = { tenant, sessionId: newSessionId() };
    const session = anonymousSession({ ...key, clientId: VTEX_CLIENT, epoch: randomUUID(), lifetime }, now);
    const change = { asked, cookies, complete: true, retry: true, settings, origin: caller };
    const saved = await this.saver.create(session, change);
    return { ...(await this.tokensOf(saved)), ...(quota && { quota }) };
  }

  private async tokensOf({ session, basis, cycle, hints }: SavedSession): Promise<VtexTokens> {
    const { tenant, sessionId, epoch, revision: version } = session;
    const subject = { tenant, sessionId, epoch, version, accountId: basis.accountId };
    const values = shownValues(session, basis);
    return {
      id: sessionId,
      values,
      sessionToken: await this.issuer.vtexSessionToken(subject, SESSION_TOKEN_SECONDS),
      segmentToken: encodeSegment(segmentOf(plainValues(values))),
      troubles: this.troubles.tell(tenant, cycle),
      hints: hints(),
    };
  }
}

/** Returns the commercial conditions of a session. */
export const segmentIn = ({ session, basis }: ReadSession): Segment =>
  segmentOf(plainValues(shownValues(session, basis)));
