import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type ChangedBy,
  prolonged,
  type Session,
  SessionRepository,
  stateOf,
  withTokensOf,
} from '../../session/index.js';
import { Clock, secondsAfter } from '../../shared/clock.js';
import { Unavailable } from '../../shared/domain-error.js';
import { TenantService } from '../../tenant/index.js';
import type { SessionClaim } from '../caller/vtex-caller.js';
import { type PlannedSession, type SessionChange, SessionCycle } from '../cycle/session-cycle.service.js';
import { ImpersonationLog, type RequestOrigin } from '../impersonation/impersonation-log.js';
import type { Impersonation } from '../impersonation/impersonation.types.js';
import { SessionEntry } from './session-entry.js';

/** How long a `vtex_session` token is valid (W-70) and its session is kept for it (D-26). */
export const SESSION_TOKEN_SECONDS = 8 * 86_400;

/** When several tabs change one session at once, one wins each round and the others start over on what it stored. */
const MOST_TRIES = 50;

/** What the caller is told of a cycle. */
export type Told = Pick<PlannedSession['cycle'], 'rounds' | 'contests' | 'looping'>;

export interface SavedSession {
  readonly session: Session;
  readonly basis: PlannedSession['basis'];
  readonly cycle: Told;
  readonly hints: PlannedSession['hints'];
  /** Whether the caller's session token is now of an earlier epoch, so that even a read must issue a new one. */
  readonly renews: boolean;
}

export interface SavedChange extends SessionChange {
  readonly origin: RequestOrigin;
}

/** What a request does to the session that it names. */
export interface ClaimedChange extends SavedChange {
  /** Whether to extend the session by a full lifetime, as a write does. A read only wakes a dormant session (D-26). */
  readonly slide: boolean;
  /** Called once, with the session as it was found. Throws whatever refuses the change. */
  readonly admit?: (session: Session) => Promise<void>;
}

/** Runs the apps outside the store's write, then saves their results once, over the state that they saw (M-23). */
@Injectable()
export class TransformAndSave {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly entry: SessionEntry,
    private readonly cycles: SessionCycle,
    private readonly tenants: TenantService,
    private readonly impersonations: ImpersonationLog,
    private readonly clock: Clock,
  ) {}

  /** Creates a session in one write, with the values of its apps. */
  async create(session: Session, change: SavedChange): Promise<SavedSession> {
    const planned = await this.cycles.plan(session, change);
    const outcome = planned.outcome();
    await this.writeDown(change.origin, outcome.impersonation);
    const next = await this.kept(outcome.next, true);
    await this.sessions.create(next, this.clock.now());
    return saved(next, planned, false);
  }

  /** Changes the first session that a claim opens (F-23). @returns undefined when none does @throws as `change` does */
  async changeFirst(
    claims: readonly SessionClaim[],
    change: ClaimedChange,
  ): Promise<SavedSession | undefined> {
    for (const claim of claims) {
      const saved = await this.change(claim, change);
      if (saved) return saved;
    }
    return undefined;
  }

  /**
   * @returns undefined when there is no such session, or the claim does not open it
   * @throws Unavailable - other requests were faster in every attempt
   */
  private async change(claim: SessionClaim, change: ClaimedChange): Promise<SavedSession | undefined> {
    const { slide, admit } = change;
    let begun: Impersonation | undefined;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const now = this.clock.now();
      const session = await this.sessions.find(claim.key, now);
      const entry = session && (await this.entry.judge(session, claim, change.cookies));
      if (!session || entry === 'refused') return undefined;
      if (tries === 0) await admit?.(session);
      const awake = stateOf(session, now) === 'alive';
      if (!slide && awake && entry === 'open') {
        const basis = await this.cycles.factsOfUntouched(session, change.cookies);
        if (basis) return { session, basis, ...NOTHING_TO_TELL, renews: false };
      }
      const planned = await this.cycles.plan(session, change);
      const renews = claim.by === 'session-token' && (entry === 'reopened' || planned.gainsRights);
      if (!slide && awake && planned.isUntouched) return saved(session, planned, renews);
      const outcome = planned.outcome();
      begun = await this.writeDown(change.origin, outcome.impersonation, begun);
      const next = await this.kept(
        planned.gainsRights ? withoutOldTokens(outcome.next, claim) : outcome.next,
        slide,
      );
      const written = await this.sessions.change(session, now, (current) =>
        current.revision === session.revision
          ? { next, result: { ...next, revision: current.revision + 1 }, ...changerOf(next, now) }
          : { next: current, result: undefined },
      );
      if (!written) return undefined;
      if (written.result) return saved(written.result, planned, renews);
    }
    throw new Unavailable('Other requests keep changing this session; try again');
  }

  /**
   * Records who acts for whom before the session is saved, so that the record exists even if the save fails.
   * @param known what an earlier attempt of the same request has recorded
   */
  private async writeDown(
    origin: RequestOrigin,
    begun?: Impersonation,
    known?: Impersonation,
  ): Promise<Impersonation | undefined> {
    if (!begun || begun.customerId === known?.customerId) return known;
    await this.impersonations.add(begun, origin);
    return begun;
  }

  private async kept(session: Session, slide: boolean): Promise<Session> {
    const now = this.clock.now();
    const { vtex, lifetime } = session;
    const heldUntil = slide ? secondsAfter(now, SESSION_TOKEN_SECONDS) : vtex?.heldUntil;
    const held = { ...session, ...(vtex && heldUntil && { vtex: { ...vtex, heldUntil } }) };
    if (!lifetime || (!slide && stateOf(session, now) === 'alive')) return held;
    const clocks = await this.tenants.anonymousLifetime(session.tenant);
    return { ...held, lifetime: prolonged(session, clocks, now, heldUntil) };
  }
}

/** Names the employee who acts as the customer. Otherwise the sources of the values tell who changed them. */
function changerOf({ vtex }: Session, now: Date): { readonly by?: ChangedBy } {
  const impersonation = vtex?.impersonation;
  if (!impersonation || impersonation.endsAt <= now) return {};
  return { by: { kind: 'employee', id: impersonation.clientId } };
}

/** Of a session that is known to be as it was left. */
const NOTHING_TO_TELL: Pick<SavedSession, 'cycle' | 'hints'> = {
  cycle: { rounds: [], contests: [], looping: new Set() },
  hints: () => ({ ignored: [], missing: [] }),
};

const saved = (session: Session, { basis, cycle, hints }: PlannedSession, renews: boolean): SavedSession => ({
  session,
  basis,
  cycle,
  hints,
  renews,
});

/**
 * Ends earlier tokens after a login, because somebody else may have planted them in the browser (session fixation,
 * The bearer token that brought the login stays valid, because its response brings no other.
 */
function withoutOldTokens(next: Session, claim: SessionClaim): Session {
  return withTokensOf(next, claim.by === 'bearer' ? claim.grant : undefined, randomUUID());
}
