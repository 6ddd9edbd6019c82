import type { AuditRepository } from '../audit/audit.repository.js';
import type { SigningKeyRepository } from '../auth/keys/signing-key.repository.js';
import type { StoredCarts } from '../cart/cart.repository.js';
import type {
  ContactAssignmentRepository,
  LegalEntityRepository,
  LocationRepository,
} from '../client-management/client-management.repository.js';
import type { ConsoleLinkRepository } from '../console/console-link.repository.js';
import type { ErasureRepository } from '../customer-admin/erasure.repository.js';
import type { StoredCustomers } from '../customer/customer.repository.js';
import type { DiscountRepository } from '../discount/discount.repository.js';
import type { EventLog } from '../events/event-log.repository.js';
import type { InterestRepository } from '../events/interest.repository.js';
import type { IdempotencyRepository } from '../idempotency/idempotency.repository.js';
import type { MovingRecords } from '../moving/moving.repository.js';
import type { OutboxRepository } from '../mail/outbox.repository.js';
import type { ClientRepository } from '../oauth/client.repository.js';
import type { SpentJwtRepository } from '../oauth/revocation/spent-jwt.repository.js';
import type { ListPriceRepository, PriceListRepository } from '../price/price-list.repository.js';
import type { PriceModelRepository } from '../price/price-model.repository.js';
import type { PriceRepository } from '../price/price.repository.js';
import type { RateCounters } from '../rate-limit/rate-counters.repository.js';
import type { JobRepository } from '../session-admin/jobs/job.repository.js';
import type { SessionDirectory } from '../session-admin/session-directory.repository.js';
import type { StoredSessions } from '../session/session.repository.js';
import type { SiteRepository } from '../site-settings/site.repository.js';
import type { TenantDeletionRepository } from '../tenant/tenant-deletion.repository.js';
import type { TenantRecords } from '../tenant/tenant-records.repository.js';
import type { TenantRepository } from '../tenant/tenant.repository.js';
import type { VtexSettingsRepository } from '../vtex-settings/vtex-settings.repository.js';
import type { DeliveryRepository } from '../webhook/delivery.repository.js';
import type { WebhookRepository } from '../webhook/webhook.repository.js';
import type { ImpersonationRepository } from '../vtex/impersonation/impersonation.repository.js';

/** Room on the disk that the store is on, as far as the store tells. */
export interface StoreSpace {
  readonly usedBytes: number;
  readonly freeBytes: number;
}

/** All ports of one store. A driver is a function that opens one of these. */
export abstract class Storage {
  abstract readonly tenants: TenantRepository;
  abstract readonly tenantDeletions: TenantDeletionRepository;
  abstract readonly tenantRecords: TenantRecords;
  abstract readonly clients: ClientRepository;
  abstract readonly spentJwts: SpentJwtRepository;
  abstract readonly signingKeys: SigningKeyRepository;
  abstract readonly sites: SiteRepository;
  abstract readonly customers: StoredCustomers;
  abstract readonly sessions: StoredSessions;
  abstract readonly sessionDirectory: SessionDirectory;
  abstract readonly carts: StoredCarts;
  abstract readonly discounts: DiscountRepository;
  abstract readonly prices: PriceRepository;
  abstract readonly priceModels: PriceModelRepository;
  abstract readonly priceLists: PriceListRepository;
  abstract readonly listPrices: ListPriceRepository;
  abstract readonly legalEntities: LegalEntityRepository;
  abstract readonly contactAssignments: ContactAssignmentRepository;
  abstract readonly locations: LocationRepository;
  abstract readonly rateCounters: RateCounters;
  abstract readonly outbox: OutboxRepository;
  abstract readonly vtexSettings: VtexSettingsRepository;
  abstract readonly impersonations: ImpersonationRepository;
  abstract readonly erasures: ErasureRepository;
  abstract readonly jobs: JobRepository;
  abstract readonly audit: AuditRepository;
  abstract readonly idempotency: IdempotencyRepository;
  abstract readonly events: EventLog;
  abstract readonly interests: InterestRepository;
  abstract readonly webhooks: WebhookRepository;
  abstract readonly deliveries: DeliveryRepository;
  abstract readonly consoleLinks: ConsoleLinkRepository;
  /** Only the command line uses it, while no service runs. */
  abstract readonly moving: MovingRecords;

  /** The name of the driver in `GET /health/ready`. */
  abstract readonly driver: 'embedded' | 'mongo';

  /** @throws when it can't serve now; the message is for the operator's log. */
  abstract ping(): Promise<void>;

  /** Cheap, however much is stored. @throws as `ping` does */
  abstract space(): Promise<StoreSpace>;

  /** Erases expired records that the store does not erase by itself. @returns how many records */
  abstract sweep(now: Date): Promise<number>;

  /** Waits for all writes under way. */
  abstract close(): Promise<void>;
}
