import { Module } from '@nestjs/common';
import { OAuthModule } from '../oauth/index.js';
import { TenantModule } from '../tenant/index.js';
import { VtexSettingsModule } from '../vtex-settings/index.js';
import { ExplainService } from './admin/explain.service.js';
import { SessionAdminController } from './admin/session-admin.controller.js';
import { Accounts } from './caller/accounts.js';
import { CallerReader } from './caller/caller-reader.js';
import { TenantPages } from './caller/tenant-pages.js';
import { CookieReader } from './cookies/cookie-reader.js';
import { SessionCycle } from './cycle/session-cycle.service.js';
import { CredentialCheck } from './identity/credential-check.service.js';
import { CredentialController } from './identity/credential.controller.js';
import { ImpersonationLog } from './impersonation/impersonation-log.js';
import { SegmentService } from './segments/segment.service.js';
import { SegmentsController } from './segments/segments.controller.js';
import { AppTroubles } from './sessions/app-troubles.js';
import { SessionCookies } from './sessions/session-cookies.js';
import { SessionOpener } from './sessions/session-opener.js';
import { SessionEntry } from './sessions/session-entry.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { TransformAndSave } from './sessions/transform-and-save.service.js';
import { VtexLimits } from './sessions/vtex-limits.js';
import { VtexSessionService } from './sessions/vtex-session.service.js';
import { AuthenticationApp } from './transforms/apps/authentication.app.js';
import { CheckoutApp } from './transforms/apps/checkout.app.js';
import { DefaultApps } from './transforms/apps/default-apps.js';
import { ImpersonateApp } from './transforms/apps/impersonate.app.js';
import { ProfileApp } from './transforms/apps/profile.app.js';
import { RnbApp } from './transforms/apps/rnb.app.js';
import { StoreApp } from './transforms/apps/store.app.js';
import { InstalledApps } from './transforms/installed-apps.js';
import { RemoteAppsModule } from './transforms/remote/remote-apps.module.js';
import { TransformRunner } from './transforms/transform-runner.js';
import { SessionFactsService } from './values/session-facts.service.js';

/** The VTEX dialect: `/api/sessions`, `/api/segments`, and the apps that transform a session. */
@Module({
  imports: [TenantModule, OAuthModule, VtexSettingsModule, RemoteAppsModule],
  controllers: [SessionsController, SegmentsController, CredentialController, SessionAdminController],
  providers: [
    Accounts,
    CallerReader,
    CredentialCheck,
    VtexSessionService,
    VtexLimits,
    SessionEntry,
    SessionCookies,
    SessionOpener,
    SegmentService,
    ExplainService,
    TransformAndSave,
    ImpersonationLog,
    SessionCycle,
    SessionFactsService,
    AppTroubles,
    CookieReader,
    TransformRunner,
    InstalledApps,
    DefaultApps,
    ImpersonateApp,
    StoreApp,
    AuthenticationApp,
    ProfileApp,
    RnbApp,
    CheckoutApp,
    TenantPages,
  ],
  exports: [ExplainService, TenantPages, SessionCookies, SessionOpener],
})
export class VtexModule {}
