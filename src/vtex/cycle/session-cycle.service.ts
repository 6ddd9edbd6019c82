import { Injectable } from '@nestjs/common';
import type { Cookies } from '../../http/cookies.js';
import type { Session } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import type { VtexTenantSettings } from '../../tenant/index.js';
import { BUILT_IN_APPS, RememberedVtexSettings, type VtexSettings } from '../../vtex-settings/index.js';
import { bringsWatched, type CookieInputs, CookieReader } from '../cookies/cookie-reader.js';
import { begunImpersonation, isDue, rememberedImpersonation } from '../impersonation/impersonation.rules.js';
import type { Impersonation } from '../impersonation/impersonation.types.js';
import { type Cycle, failedApps } from '../transforms/engine.rules.js';
import { InstalledApps } from '../transforms/installed-apps.js';
import { type TimedCycle, TransformRunner } from '../transforms/transform-runner.js';
import type { App, AppContext, Asked, SessionFacts, Unit, Values } from '../values/app.types.js';
import { SessionFactsService } from '../values/session-facts.service.js';
import { plainValues, publicAttributes, sessionValues } from '../values/session-values.rules.js';
import { asksForOtherPolicy, cycleInputs, switchesUnit, watchedValues } from './cycle-inputs.rules.js';
import { type InputHints, inputHints } from './input-hints.js';
import { orphansOf, otherWriters, withoutOrphans } from './orphans.rules.js';
import { gainsRights } from './rights.rules.js';
import { patched } from './session-patch.rules.js';

/** What a request brings to a session. */
export interface SessionChange {
  /** Requested values of `public`. */
  readonly asked: Asked;
  readonly cookies: Cookies;
  /** Whether a cookie that is absent was removed (M-40). */
  readonly complete: boolean;
  /** Whether apps that failed run again. A mere read does not wait for them. */
  readonly retry: boolean;
  readonly settings: VtexTenantSettings;
}

export interface PlannedSession extends TimedCycle {
  readonly basis: SessionFacts;
  /** Whether nothing changed, so that no app ran and there is nothing to save. */
  readonly isUntouched: boolean;
  /** Whether somebody logged in or gained rights, so that earlier tokens must end. */
  readonly gainsRights: boolean;
  readonly before: Values;
  readonly hints: () => InputHints;
  /** Works out what to save. A read that changes nothing never asks. @throws InvalidInput | TooLarge */
  readonly outcome: () => Outcome;
}

export interface Outcome {
  /** The session to save, with the values of the apps, but not yet with a new lifetime. */
  readonly next: Session;
  /** An impersonation to record before it begins. */
  readonly impersonation?: Impersonation;
}

/** Plans a transform cycle on a session, from what changed to what should be saved. Saves nothing (M-23, M-35). */
@Injectable()
export class SessionCycle {
  private readonly untouched = new WeakMap<Session, Untouched>();

  constructor(
    private readonly bases: SessionFactsService,
    private readonly settings: RememberedVtexSettings,
    private readonly installed: InstalledApps,
    private readonly cookies: CookieReader,
    private readonly runner: TransformRunner,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws Unauthenticated | Forbidden - an app refuses
   */
  async plan(stored: Session, change: SessionChange): Promise<PlannedSession> {
    const begun = await this.begun(stored, change);
    const { apps, about, before, cookies, orphans, unit } = begun;
    const { session, asked, admin, now } = about;
    const brought = { asked, cookies, ...(unit !== undefined && { unit }) };
    const { due, ...inputs } = cycleInputs(apps, before, brought, session.vtex, change.retry);
    const impersonate = isDue(session, asked, admin, now) ? [BUILT_IN_APPS.impersonate.name] : [];
    const store = asksForOtherPolicy(asked, before) ? [BUILT_IN_APPS.store.name] : [];
    const timed = await this.runner.run(
      {
        apps,
        ...inputs,
        due: [...due, ...impersonate, ...store, ...otherWriters(orphans, apps)],
        creating: session.vtex === undefined,
      },
      about,
    );
    const { values: after } = timed.cycle;
    // Of the caller, cookies may have changed, or the company for which the customer whom they prove acts.
    const isUntouched =
      session.vtex !== undefined &&
      timed.cycle.rounds.length === 0 &&
      cookies.changed.length === 0 &&
      !switchesUnit(before, unit) &&
      orphans.size === 0;
    if (isUntouched) this.remember(begun, change.cookies);
    return {
      ...timed,
      isUntouched,
      basis: about.basis,
      before: orphans.size === 0 ? before : plainValues(sessionValues(stored, about.basis)),
      gainsRights: gainsRights(before, after),
      hints: () => inputHints(about, after),
      outcome: () => outcomeOf(begun, timed.cycle, change.retry),
    };
  }

  /**
   * Returns the facts of a session that an earlier request found untouched, if a read would find the same: neither the
   * facts nor the apps are others, and the browser sends no cookie that an app watches. Then time alone changes nothing.
   * @returns undefined if that can't be told without a plan
   */
  async factsOfUntouched(stored: Session, cookies: Cookies): Promise<SessionFacts | undefined> {
    const known = this.untouched.get(stored);
    if (!known) return undefined;
    const { basis, apps } = await this.given(stored);
    const isSame = basis === known.basis && apps === known.apps && !bringsWatched(cookies, apps);
    return isSame ? basis : undefined;
  }

  /** Only with a session that the store keeps and shares, and that has no token of an earlier request to judge again. */
  private remember({ stored, about, apps }: BegunCycle, cookies: Cookies): void {
    const seen = [...(stored.vtex?.cookies.values() ?? [])];
    const isPlain =
      about.asked.size === 0 && !bringsWatched(cookies, apps) && !seen.some(({ token }) => token);
    if (isPlain && Object.isFrozen(stored)) this.untouched.set(stored, { basis: about.basis, apps });
  }

  private async given(stored: Session): Promise<Given> {
    const [basis, settings] = await Promise.all([this.bases.of(stored), this.settings.of(stored.tenant)]);
    return { basis, settings, apps: this.installed.of(settings) };
  }

  private async begun(stored: Session, change: SessionChange): Promise<BegunCycle> {
    const { tenant } = stored;
    const { basis, settings, apps } = await this.given(stored);
    const orphans = orphansOf(stored, apps);
    const session = withoutOrphans(stored, orphans);
    const seen = session.vtex?.cookies ?? new Map();
    const cookies = await this.cookies.read(tenant, apps, change.cookies, seen, change.complete);
    const { admin, customerId } = cookies.proven;
    const about = {
      tenant,
      session,
      basis,
      customers: this.bases.customersOf(tenant),
      settings,
      asked: change.asked,
      changedCookies: cookies.changed,
      ...(admin && { admin }),
      ...(customerId !== undefined && { customerId }),
      priceTablesNeedProof: change.settings.priceTablesNeedProof === true,
      impersonationNeedsReason: change.settings.impersonationNeedsReason === true,
      now: this.clock.now(),
    };
    const before = plainValues(sessionValues(session, basis));
    if (session.customerId !== undefined) return { stored, apps, about, before, cookies, orphans };
    const unit = (await this.bases.unitOf(tenant, cookies.proven.legalEntityId)) ?? null;
    return { stored, apps, about, before, cookies, orphans, unit };
  }
}

/** What a cycle works with, whatever the request brings. */
interface Given {
  readonly basis: SessionFacts;
  readonly settings: VtexSettings;
  readonly apps: readonly App[];
}

/** With what a session was found untouched. */
type Untouched = Pick<Given, 'basis' | 'apps'>;

/** Everything that is known before the first app runs. */
interface BegunCycle {
  readonly stored: Session;
  readonly apps: readonly App[];
  /** The context for the apps. Its session has no orphans. */
  readonly about: Omit<AppContext, 'signal'>;
  readonly before: Values;
  readonly cookies: CookieInputs;
  readonly orphans: ReadonlySet<string>;
  /** The company of the customer whom cookies prove, unless the session has its own customer. */
  readonly unit?: Unit | null;
}

function outcomeOf(
  { stored, apps, about, before, cookies }: BegunCycle,
  cycle: Cycle,
  retry: boolean,
): Outcome {
  const { session, basis, asked, admin, now } = about;
  const { values: after, writers, originals } = cycle;
  const impersonation = begunImpersonation(about, { before, after }, admin, { id: newId(), now });
  const failed = new Set([...(retry ? [] : (session.vtex?.failed ?? [])), ...failedApps(cycle)]);
  const remembered = {
    seen: watchedValues(apps, after),
    cookies: cookies.seen,
    failed: [...failed],
    heldUntil: session.vtex?.heldUntil ?? now,
    ...rememberedImpersonation(session, after, cookies.seen, impersonation),
  };
  const result = { before, after, asked, writers, originals, stored: publicAttributes(stored) };
  return {
    next: patched(session, basis, result, remembered, now),
    ...(impersonation && { impersonation }),
  };
}
