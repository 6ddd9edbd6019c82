import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AuditRepository } from '../audit/audit.repository.js';
import { SigningKeyRepository } from '../auth/keys/signing-key.repository.js';
import { StoredCarts } from '../cart/cart.repository.js';
import {
  ContactAssignmentRepository,
  LegalEntityRepository,
  LocationRepository,
} from '../client-management/client-management.repository.js';
import { ConsoleLinkRepository } from '../console/console-link.repository.js';
import { ErasureRepository } from '../customer-admin/erasure.repository.js';
import { StoredCustomers } from '../customer/customer.repository.js';
import { DiscountRepository } from '../discount/discount.repository.js';
import { EventLog } from '../events/event-log.repository.js';
import { InterestRepository } from '../events/interest.repository.js';
import { IdempotencyRepository } from '../idempotency/idempotency.repository.js';
import { OutboxRepository } from '../mail/outbox.repository.js';
import { ClientRepository } from '../oauth/client.repository.js';
import { SpentJwtRepository } from '../oauth/revocation/spent-jwt.repository.js';
import { ListPriceRepository, PriceListRepository } from '../price/price-list.repository.js';
import { PriceModelRepository } from '../price/price-model.repository.js';
import { PriceRepository } from '../price/price.repository.js';
import { RateCounters } from '../rate-limit/rate-counters.repository.js';
import { JobRepository } from '../session-admin/jobs/job.repository.js';
import { SessionDirectory } from '../session-admin/session-directory.repository.js';
import { StoredSessions } from '../session/session.repository.js';
import { StoredSites } from '../site-settings/site.repository.js';
import { TenantDeletionRepository } from '../tenant/tenant-deletion.repository.js';
import { TenantRecords } from '../tenant/tenant-records.repository.js';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { VtexSettingsRepository } from '../vtex-settings/vtex-settings.repository.js';
import { ImpersonationRepository } from '../vtex/impersonation/impersonation.repository.js';
import { DeliveryRepository } from '../webhook/delivery.repository.js';
import { WebhookRepository } from '../webhook/webhook.repository.js';
import { Sweeps } from '../shared/sweeps.js';
import { Tracing } from '../shared/tracing.js';
import { metered } from './metered.js';
import { Storage } from './storage.js';
import { StoreMeter } from './store-meter.js';
import { traced } from './traced.js';

const PORTS = [
  { provide: TenantRepository, name: 'tenants', of: (s: Storage) => s.tenants },
  { provide: TenantDeletionRepository, name: 'tenant_deletions', of: (s: Storage) => s.tenantDeletions },
  { provide: TenantRecords, name: 'tenant_records', of: (s: Storage) => s.tenantRecords },
  { provide: ClientRepository, name: 'clients', of: (s: Storage) => s.clients },
  { provide: SpentJwtRepository, name: 'spent_jwts', of: (s: Storage) => s.spentJwts },
  { provide: SigningKeyRepository, name: 'signing_keys', of: (s: Storage) => s.signingKeys },
  { provide: StoredSites, name: 'sites', of: (s: Storage) => s.sites },
  { provide: StoredCustomers, name: 'customers', of: (s: Storage) => s.customers },
  { provide: StoredSessions, name: 'sessions', of: (s: Storage) => s.sessions },
  { provide: SessionDirectory, name: 'session_directory', of: (s: Storage) => s.sessionDirectory },
  { provide: StoredCarts, name: 'carts', of: (s: Storage) => s.carts },
  { provide: DiscountRepository, name: 'discounts', of: (s: Storage) => s.discounts },
  { provide: PriceRepository, name: 'prices', of: (s: Storage) => s.prices },
  { provide: PriceModelRepository, name: 'price_models', of: (s: Storage) => s.priceModels },
  { provide: PriceListRepository, name: 'price_lists', of: (s: Storage) => s.priceLists },
  { provide: ListPriceRepository, name: 'list_prices', of: (s: Storage) => s.listPrices },
  { provide: LegalEntityRepository, name: 'legal_entities', of: (s: Storage) => s.legalEntities },
  {
    provide: ContactAssignmentRepository,
    name: 'contact_assignments',
    of: (s: Storage) => s.contactAssignments,
  },
  { provide: LocationRepository, name: 'locations', of: (s: Storage) => s.locations },
  { provide: RateCounters, name: 'rate_counters', of: (s: Storage) => s.rateCounters },
  { provide: OutboxRepository, name: 'outbox', of: (s: Storage) => s.outbox },
  { provide: ImpersonationRepository, name: 'impersonations', of: (s: Storage) => s.impersonations },
  { provide: ErasureRepository, name: 'erasures', of: (s: Storage) => s.erasures },
  { provide: JobRepository, name: 'jobs', of: (s: Storage) => s.jobs },
  { provide: AuditRepository, name: 'audit', of: (s: Storage) => s.audit },
  { provide: IdempotencyRepository, name: 'idempotency', of: (s: Storage) => s.idempotency },
  { provide: EventLog, name: 'events', of: (s: Storage) => s.events },
  { provide: InterestRepository, name: 'event_interests', of: (s: Storage) => s.interests },
  { provide: WebhookRepository, name: 'webhooks', of: (s: Storage) => s.webhooks },
  { provide: DeliveryRepository, name: 'webhook_deliveries', of: (s: Storage) => s.deliveries },
  { provide: ConsoleLinkRepository, name: 'console_links', of: (s: Storage) => s.consoleLinks },
  { provide: VtexSettingsRepository, name: 'vtex_settings', of: (s: Storage) => s.vtexSettings },
] as const;

/** Gives every feature its port, from the store that was opened before the application is built. */
@Global()
@Module({})
export class StorageModule implements OnApplicationShutdown {
  constructor(
    private readonly storage: Storage,
    sweeps: Sweeps,
  ) {
    sweeps.add('records', (now) => storage.sweep(now));
  }

  static of(storage: Storage): DynamicModule {
    const ports = PORTS.map((port) => ({
      provide: port.provide,
      useFactory: (meter: StoreMeter, tracing: Tracing) => {
        const counted = metered(port.of(storage), port.name, meter);
        return tracing.isOn ? traced(counted, port.name, tracing) : counted;
      },
      inject: [StoreMeter, Tracing],
    }));
    return {
      module: StorageModule,
      providers: [{ provide: Storage, useValue: storage }, ...ports],
      exports: [Storage, ...PORTS.map((port) => port.provide)],
    };
  }

  /** After the last request was answered. */
  onApplicationShutdown(): Promise<void> {
    return this.storage.close();
  }
}
