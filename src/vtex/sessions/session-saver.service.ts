import { Injectable } from '@nestjs/common';
import {
  lifetimeFrom,
  type Session,
  type SessionKey,
  SessionRepository,
  stateOf,
} from '../../session/index.js';
import { Clock, secondsAfter } from '../../shared/clock.js';
import { Unavailable } from '../../shared/domain-error.js';
import { TenantService } from '../../tenant/index.js';
import { ImpersonationRepository } from '../impersonation/impersonation.repository.js';
import type { Impersonation } from '../impersonation/impersonation.types.js';
import { AppTroubles, type Troubles } from './app-troubles.js';
import { type PlannedSession, SessionCycle, type SessionChange } from './session-cycle.service.js';

/** How long a `vtex_session` token is good (W-70), and its record is kept for it (D-26). */
export const SESSION_TOKEN_SECONDS = 8 * 86_400;

/** Of tabs that change one session at once, one wins each time: the others begin again on what it has left. */
const MOST_TRIES = 50;

export interface SavedSession {
  readonly session: Session;
  readonly basis: PlannedSession['basis'];
  readonly troubles: Troubles;
}

/** Apps are asked outside the store's write; what they came to is saved once, over the very state they saw (M-23). */
@Injectable()
export class SessionSaver {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly cycles: SessionCycle,
    private readonly tenants: TenantService,
    private readonly troubles: AppTroubles,
    private readonly impersonations: ImpersonationRepository,
    private readonly clock: Clock,
  ) {}

  /** A new session, made in one write with all that its apps say. */
  async create(session: Session, change: SessionChange): Promise<SavedSession> {
    const planned = await this.cycles.plan(session, change);
    await this.writeDown(planned.impersonation);
    const next = await this.kept(planned.next, true);
    await this.sessions.create(next, this.clock.now());
    return this.saved(next, planned);
  }

  /**
   * @param slide a write lets the session live on for a full lifetime; a read only wakes a dormant one (D-26)
   * @returns undefined when there is no such session
   * @throws Unavailable - others were faster again and again
   */
  async change(key: SessionKey, change: SessionChange, slide: boolean): Promise<SavedSession | undefined> {
    let begun: Impersonation | undefined;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const now = this.clock.now();
      const session = await this.sessions.find(key, now);
      if (!session) return undefined;
      const planned = await this.cycles.plan(session, change);
      const awake = stateOf(session, now) === 'alive';
      if (!slide && awake && isUntouched(session, planned)) return this.saved(session, planned);
      begun = await this.writeDown(planned.impersonation, begun);
      const next = await this.kept(planned.next, slide);
      const written = await this.sessions.change(session, now, (current) =>
        current.revision === session.revision
          ? { next, result: { ...next, revision: current.revision + 1 } }
          : { next: current, result: undefined },
      );
      if (!written) return undefined;
      if (written.result) return this.saved(written.result, planned);
    }
    throw new Unavailable('The session is being changed by others at the moment; try again');
  }

  /**
   * Who acts for others is known even if the session is lost right then.
   * @param known what an earlier try of the same request has written down
   */
  private async writeDown(begun?: Impersonation, known?: Impersonation): Promise<Impersonation | undefined> {
    if (!begun || begun.customerId === known?.customerId) return known;
    await this.impersonations.add(begun);
    return begun;
  }

  private async kept(session: Session, slide: boolean): Promise<Session> {
    const now = this.clock.now();
    const { vtex, lifetime } = session;
    const heldUntil = slide ? secondsAfter(now, SESSION_TOKEN_SECONDS) : vtex?.heldUntil;
    const held = { ...session, ...(vtex && heldUntil && { vtex: { ...vtex, heldUntil } }) };
    if (!lifetime || (!slide && stateOf(session, now) === 'alive')) return held;
    const clocks = await this.tenants.anonymousLifetime(session.tenant);
    return { ...held, lifetime: lifetimeFrom(now, clocks, heldUntil) };
  }

  private saved(session: Session, { basis, cycle }: PlannedSession): SavedSession {
    return { session, basis, troubles: this.troubles.tell(session.tenant, cycle) };
  }
}

/** Nothing was noticed, so nobody was asked and there is nothing to save. */
const isUntouched = ({ vtex }: Session, { cycle, cookiesChanged }: PlannedSession): boolean =>
  vtex !== undefined && cycle.rounds.length === 0 && !cookiesChanged;
