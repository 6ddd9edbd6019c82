import { type DynamicModule, Global, Module, type OnApplicationShutdown } from '@nestjs/common';
import { AuditRepository } from '../audit/audit.repository.js';
import { SigningKeyRepository } from '../auth/keys/signing-key.repository.js';
import { StoredCarts } from '../cart/cart.repository.js';
import { ConsoleLinkRepository } from '../console/console-link.repository.js';
import { ErasureRepository } from '../customer-admin/erasure.repository.js';
import { StoredCustomers } from '../customer/customer.repository.js';
import { DiscountRepository } from '../discount/discount.repository.js';
import { EventLog } from '../events/event-log.repository.js';
import { InterestRepository } from '../events/interest.repository.js';
import { IdempotencyRepository } from '../idempotency/idempotency.repository.js';
import { OutboxRepository } from '../mail/outbox.repository.js';
import { ClientRepository } from '../oauth/client.repository.js';
import { PriceModelRepository } from '../price/price-model.repository.js';
import { PriceRepository } from '../price/price.repository.js';
import { RateCounters } from '../rate-limit/rate-counters.repository.js';
import { JobRepository } from '../session-admin/jobs/job.repository.js';
import { SessionDirectory } from '../session-admin/session-directory.repository.js';
import { StoredSessions } from '../session/session.repository.js';
import { SiteRepository } from '../site-settings/site.repository.js';
import { TenantDeletionRepository } from '../tenant/tenant-deletion.repository.js';
import { TenantRecords } from '../tenant/tenant-records.repository.js';
import { TenantRepository } from '../tenant/tenant.repository.js';
import { VtexSettingsRepository } from '../vtex-settings/vtex-settings.repository.js';
import { ImpersonationRepository } from '../vtex/impersonation/impersonation.repository.js';
import { DeliveryRepository } from '../webhook/delivery.repository.js';
import { WebhookRepository } from '../webhook/webhook.repository.js';
import { Storage } from './storage.js';

const PORTS = [
  { provide: TenantRepository, of: (s: Storage) => s.tenants },
  { provide: TenantDeletionRepository, of: (s: Storage) => s.tenantDeletions },
  { provide: TenantRecords, of: (s: Storage) => s.tenantRecords },
  { provide: ClientRepository, of: (s: Storage) => s.clients },
  { provide: SigningKeyRepository, of: (s: Storage) => s.signingKeys },
  { provide: SiteRepository, of: (s: Storage) => s.sites },
  { provide: StoredCustomers, of: (s: Storage) => s.customers },
  { provide: StoredSessions, of: (s: Storage) => s.sessions },
  { provide: SessionDirectory, of: (s: Storage) => s.sessionDirectory },
  { provide: StoredCarts, of: (s: Storage) => s.carts },
  { provide: DiscountRepository, of: (s: Storage) => s.discounts },
  { provide: PriceRepository, of: (s: Storage) => s.prices },
  { provide: PriceModelRepository, of: (s: Storage) => s.priceModels },
  { provide: RateCounters, of: (s: Storage) => s.rateCounters },
  { provide: OutboxRepository, of: (s: Storage) => s.outbox },
  { provide: ImpersonationRepository, of: (s: Storage) => s.impersonations },
  { provide: ErasureRepository, of: (s: Storage) => s.erasures },
  { provide: JobRepository, of: (s: Storage) => s.jobs },
  { provide: AuditRepository, of: (s: Storage) => s.audit },
  { provide: IdempotencyRepository, of: (s: Storage) => s.idempotency },
  { provide: EventLog, of: (s: Storage) => s.events },
  { provide: InterestRepository, of: (s: Storage) => s.interests },
  { provide: WebhookRepository, of: (s: Storage) => s.webhooks },
  { provide: DeliveryRepository, of: (s: Storage) => s.deliveries },
  { provide: ConsoleLinkRepository, of: (s: Storage) => s.consoleLinks },
  { provide: VtexSettingsRepository, of: (s: Storage) => s.vtexSettings },
] as const;

/** Gives every feature its port, from the store that was opened before the application is built. */
@Global()
@Module({})
export class StorageModule implements OnApplicationShutdown {
  constructor(private readonly storage: Storage) {}

  static of(storage: Storage): DynamicModule {
    const ports = PORTS.map((port) => ({ provide: port.provide, useValue: port.of(storage) }));
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
