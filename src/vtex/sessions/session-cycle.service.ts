import { Injectable } from '@nestjs/common';
import type { Cookies } from '../../http/cookies.js';
import type { Session, VtexState } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import type { VtexTenantSettings } from '../../tenant/index.js';
import { begunImpersonation, isDue } from '../impersonation/impersonation.rules.js';
import type { Impersonation } from '../impersonation/impersonation.types.js';
import { BUILT_IN_APPS, VtexSettingsService } from '../../vtex-settings/index.js';
import { CookieReader } from '../cookies/cookie-reader.js';
import type { Basis, Outputs, Values } from '../transforms/app.types.js';
import { failedApps } from '../transforms/engine.rules.js';
import { InstalledApps } from '../transforms/installed-apps.js';
import { TransformRunner, type TimedCycle } from '../transforms/transform-runner.js';
import { BasisService } from './basis.service.js';
import { patched } from './session-patch.js';
import { plainValues, shownValues } from './session-values.js';
import { cycleInputs, watchedValues } from './cycle-inputs.rules.js';
import { gainsRights } from './rights.rules.js';

/** What a request brings to a session. */
export interface SessionChange {
  /** Of `public`. */
  readonly asked: Outputs;
  readonly cookies: Cookies;
  /** Whether a cookie that did not come is gone (M-40). */
  readonly complete: boolean;
  /** Whether apps that failed are asked again: a mere read does not wait for them. */
  readonly retry: boolean;
  readonly settings: VtexTenantSettings;
}

export interface PlannedSession extends TimedCycle {
  /** As it is to be saved; the apps' work only, not its lifetime. */
  readonly next: Session;
  readonly basis: Basis;
  readonly cookiesChanged: boolean;
  /** Somebody logged in, or may do more than before: tokens of before are to end. */
  readonly gainsRights: boolean;
  /** It is to be written down before it begins. */
  readonly impersonation?: Impersonation;
  readonly before: Values;
}

/** A transform cycle on a session, from what changed to what is to be saved. It saves nothing (M-23, M-35). */
@Injectable()
export class SessionCycle {
  constructor(
    private readonly bases: BasisService,
    private readonly settings: VtexSettingsService,
    private readonly installed: InstalledApps,
    private readonly cookies: CookieReader,
    private readonly runner: TransformRunner,
    private readonly clock: Clock,
  ) {}

  /** @throws Unauthenticated | Forbidden - an app refuses; InvalidInput | TooLarge - the values are too many */
  async plan(session: Session, change: SessionChange): Promise<PlannedSession> {
    const { tenant, vtex } = session;
    const { asked, complete, retry } = change;
    const [basis, settings] = await Promise.all([this.bases.of(session), this.settings.of(tenant)]);
    const apps = this.installed.of(settings);
    const seen = vtex?.cookies ?? new Map();
    const cookies = await this.cookies.read(tenant, apps, change.cookies, seen, complete);
    const { admin, customerId } = cookies.proven;
    const now = this.clock.now();
    const before = plainValues(shownValues(session, basis));
    const { due, ...inputs } = cycleInputs(apps, before, { asked, cookies }, vtex, retry);
    const impersonate = isDue(session, asked, admin, now) ? [BUILT_IN_APPS.impersonate.name] : [];
    const timed = await this.runner.run(
      { apps, ...inputs, due: [...due, ...impersonate], creating: vtex === undefined },
      {
        tenant,
        session,
        basis,
        settings,
        asked,
        now,
        ...(admin && { admin }),
        ...(customerId !== undefined && { customerId }),
        priceTablesNeedProof: change.settings.priceTablesNeedProof === true,
      },
    );
    const { values: after, writers } = timed.cycle;
    const result = { before, after, asked, writers };
    const begun = begunImpersonation(session, result, admin, { id: newId(), now });
    const failed = new Set([...(retry ? [] : (vtex?.failed ?? [])), ...failedApps(timed.cycle)]);
    const remembered = {
      seen: watchedValues(apps, after),
      cookies: cookies.seen,
      failed: [...failed],
      heldUntil: vtex?.heldUntil ?? now,
      ...impersonationOf(session, after, begun),
    };
    const next = patched(session, basis, result, remembered, now);
    return {
      ...timed,
      next,
      basis,
      before,
      cookiesChanged: cookies.changed.length > 0,
      gainsRights: gainsRights(before, after),
      ...(begun && { impersonation: begun }),
    };
  }
}

/** Forgotten when nobody is impersonated any more. */
function impersonationOf(
  { vtex }: Session,
  after: Values,
  begun: Impersonation | undefined,
): Pick<VtexState, 'impersonation'> {
  if (!after.has('impersonate.storeUserId')) return {};
  if (begun) return { impersonation: { clientId: begun.adminClientId, endsAt: begun.endsAt } };
  return vtex?.impersonation ? { impersonation: vtex.impersonation } : {};
}
