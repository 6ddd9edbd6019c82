import { Injectable } from '@nestjs/common';
import type { Cookies } from '../../http/cookies.js';
import type { Session } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import type { VtexTenantSettings } from '../../tenant/index.js';
import { BUILT_IN_APPS, RememberedVtexSettings } from '../../vtex-settings/index.js';
import { type CookieInputs, CookieReader } from '../cookies/cookie-reader.js';
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
  /** Whether cookies changed, or the customer whom they prove acts for another company. */
  readonly callerChanged: boolean;
  /** Whether somebody logged in or gained rights, so that earlier tokens must end. */
  readonly gainsRights: boolean;
  readonly before: Values;
  /** Whether the session had values of apps that are no longer installed. */
  readonly hadOrphans: boolean;
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
    return {
      ...timed,
      basis: about.basis,
      before: orphans.size === 0 ? before : plainValues(sessionValues(stored, about.basis)),
      hadOrphans: orphans.size > 0,
      callerChanged: cookies.changed.length > 0 || switchesUnit(before, unit),
      gainsRights: gainsRights(before, after),
      hints: () => inputHints(about, after),
      outcome: () => outcomeOf(begun, timed.cycle, change.retry),
    };
  }

  private async begun(stored: Session, change: SessionChange): Promise<BegunCycle> {
    const { tenant } = stored;
    const [basis, settings] = await Promise.all([this.bases.of(stored), this.settings.of(tenant)]);
    const apps = this.installed.of(settings);
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
