import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule, KeyChangeAudit } from './audit/index.js';
import { AuthModule, SigningKeyWatch } from './auth/index.js';
import { BootstrapModule } from './bootstrap/index.js';
import { CartModule, LoginCartFailures, UsableCarts } from './cart/index.js';
import { ClientManagementModule, CompaniesOfPerson } from './client-management/index.js';
import { ConfigModule } from './config/config.module.js';
import { Config } from './config/config.schema.js';
import { ConsoleModule } from './console/index.js';
import { CustomerAdminModule } from './customer-admin/index.js';
import { ManagedCustomersModule } from './managed-customers/index.js';
import { CustomerLoginModule } from './customer-login/index.js';
import {
  BrowserCookies,
  CompaniesOfCustomer,
  CustomerGroups,
  CustomerMailWriter,
  CustomerModule,
  OtherSessions,
} from './customer/index.js';
import { DiscountModule } from './discount/index.js';
import { EventsModule } from './events/index.js';
import { PageWriter } from './http/query/page.js';
import { IdempotencyModule } from './idempotency/index.js';
import { KeyAdminModule } from './key-admin/index.js';
import { LiveModule, StreamGauge } from './live/index.js';
import { MailCounter, MailModule, MailWriter } from './mail/index.js';
import { OAuthModule } from './oauth/index.js';
import { Metrics, ObservabilityModule } from './observability/index.js';
import { PriceModule } from './price/index.js';
import { RateLimitModule } from './rate-limit/index.js';
import { SessionAdminModule } from './session-admin/index.js';
import { SessionHandoverModule } from './session-handover/index.js';
import { OpenCarts, SessionContextModule } from './session-context/index.js';
import { SessionMeter, SessionModule, SessionService } from './session/index.js';
import { Clock } from './shared/clock.js';
import { EventMeter } from './shared/event-meter.js';
import { SweepMeter, Sweeps } from './shared/sweeps.js';
import { NO_TRACING, Tracing } from './shared/tracing.js';
import { MemberGroups, SiteSettingsModule } from './site-settings/index.js';
import { Storage } from './storage/storage.js';
import { StorageModule } from './storage/storage.module.js';
import { StoreMeter } from './storage/store-meter.js';
import { TenantAdminModule } from './tenant-admin/index.js';
import { UcpModule } from './ucp/index.js';
import { VtexSettingsModule } from './vtex-settings/index.js';
import { AppTroubleCounter, SessionCookies, TransformMeter, VtexModule } from './vtex/index.js';
import { AppFailures } from './vtex/transforms/remote/app-failures.js';
import { WebhookModule } from './webhook/index.js';
import { WelcomeModule } from './welcome/index.js';

/** What differs between a running service and one under test. */
export interface Surroundings {
  readonly config: Config;
  readonly storage: Storage;
  readonly clock: Clock;
  /** Default: off. */
  readonly tracing?: Tracing;
}

/** Ports of features that stand early in the import order. Later ones implement them. */
const portsOfFeatures = [
  { provide: SigningKeyWatch, useExisting: KeyChangeAudit },
  { provide: MemberGroups, useExisting: CustomerGroups },
  { provide: MailWriter, useExisting: CustomerMailWriter },
  { provide: OtherSessions, useExisting: SessionService },
  { provide: CompaniesOfCustomer, useExisting: CompaniesOfPerson },
  { provide: BrowserCookies, useExisting: SessionCookies },
  { provide: OpenCarts, useExisting: UsableCarts },
];

const measuredBy = <T>(provide: abstract new () => T, useFactory: (metrics: Metrics) => T) => ({
  provide,
  useFactory,
  inject: [Metrics],
});

/** Ports by which features are measured. */
const portsOfMetrics = [
  measuredBy(SessionMeter, ({ sessionMeter }) => sessionMeter),
  measuredBy(TransformMeter, ({ transformMeter }) => transformMeter),
  measuredBy(EventMeter, ({ eventMeter }) => eventMeter),
  measuredBy(SweepMeter, ({ swept }) => ({ removed: (records) => swept.inc(records) })),
  measuredBy(StoreMeter, ({ storeOperations }) => storeOperations),
  measuredBy(AppTroubleCounter, (metrics) => metrics),
  measuredBy(AppFailures, ({ appFailures }) => ({ count: (app, kind) => appFailures.inc({ app, kind }) })),
  measuredBy(MailCounter, ({ mails }) => ({ count: (kind, outcome) => mails.inc({ kind, outcome }) })),
  measuredBy(StreamGauge, ({ liveStreams }) => ({ changed: (by) => liveStreams.inc(by) })),
  measuredBy(LoginCartFailures, ({ loginCartFailures }) => ({ count: () => loginCartFailures.inc() })),
];

const modulesOf = (config: Config, storage: Storage) => [
  ConfigModule.of(config),
  StorageModule.of(storage),
  // The guards of all routes run in this order: first who is calling, then the rate limits.
  AuthModule,
  RateLimitModule,
  EventsModule,
  AuditModule,
  IdempotencyModule,
  SessionModule,
  OAuthModule,
  SiteSettingsModule,
  MailModule,
  CustomerModule,
  SessionContextModule,
  ClientManagementModule,
  DiscountModule,
  PriceModule,
  CartModule,
  CustomerLoginModule,
  VtexSettingsModule,
  VtexModule,
  SessionHandoverModule,
  UcpModule.of(config),
  WebhookModule,
  SessionAdminModule,
  CustomerAdminModule,
  ManagedCustomersModule,
  LiveModule,
  BootstrapModule,
  TenantAdminModule.of(config),
  KeyAdminModule.of(config),
  ConsoleModule,
  ObservabilityModule,
  WelcomeModule,
];

/** The composition root: the only file that imports from every folder. */
@Module({})
export class AppModule {
  static of({ config, storage, clock, tracing = NO_TRACING }: Surroundings): DynamicModule {
    const providers = [
      { provide: Clock, useValue: clock },
      { provide: Tracing, useValue: tracing },
      { provide: PageWriter, useClass: PageWriter },
      { provide: Sweeps, useClass: Sweeps },
      ...portsOfFeatures,
      ...portsOfMetrics,
    ];
    return {
      module: AppModule,
      global: true,
      imports: modulesOf(config, storage),
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}
