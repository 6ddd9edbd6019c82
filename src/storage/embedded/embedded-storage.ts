import { Logger } from '@nestjs/common';
import { Storage, type StoreSpace } from '../storage.js';
import { LmdbAuditRepository } from './audit.lmdb.js';
import { LmdbCartRepository } from './cart.lmdb.js';
import {
  LmdbContactAssignmentRepository,
  LmdbLegalEntityRepository,
  LmdbLocationRepository,
} from './customers/client-management.lmdb.js';
import { LmdbClientRepository } from './client.lmdb.js';
import { LmdbConsoleLinkRepository } from './console-link.lmdb.js';
import { LmdbCustomerRepository } from './customers/customer.lmdb.js';
import { LmdbDiscountRepository } from './discount.lmdb.js';
import { LmdbErasureRepository } from './erasure.lmdb.js';
import { LmdbEventLog } from './events/event-log.lmdb.js';
import { LmdbInterestRepository } from './events/interest.lmdb.js';
import { LmdbDeliveryRepository } from './events/delivery.lmdb.js';
import { LmdbWebhookRepository } from './events/webhook.lmdb.js';
import { StoredFormat } from './format.lmdb.js';
import { LmdbIdempotencyRepository } from './idempotency.lmdb.js';
import { LmdbImpersonationRepository } from './impersonation.lmdb.js';
import { LmdbJobRepository } from './job.lmdb.js';
import { LmdbMovingRecords } from './moving.lmdb.js';
import { LmdbOutboxRepository } from './outbox.lmdb.js';
import { LmdbListPriceRepository } from './prices/list-price.lmdb.js';
import { LmdbPriceListRepository } from './prices/price-list.lmdb.js';
import { LmdbPriceModelRepository } from './prices/price-model.lmdb.js';
import { LmdbPriceRepository } from './prices/price.lmdb.js';
import { MemoryRateCounters } from './rate-counters.memory.js';
import { LmdbSessionDirectory } from './sessions/session-directory.lmdb.js';
import { LmdbSessionRepository } from './sessions/session.lmdb.js';
import { LmdbSigningKeyRepository } from './signing-key.lmdb.js';
import { LmdbSiteRepository } from './site.lmdb.js';
import { LmdbSpentJwtRepository } from './spent-jwt.lmdb.js';
import { EmbeddedStore } from './store/embedded-store.js';
import { LmdbTenantDeletionRepository } from './tenant-deletion.lmdb.js';
import { LmdbTenantRecords } from './tenant-records.lmdb.js';
import { LmdbTenantRepository } from './tenant.lmdb.js';
import { LmdbVtexSettingsRepository } from './vtex-settings.lmdb.js';

/** Erased in one write: small enough that no other write waits long for it. */
const SWEEP_BATCH = 500;

/** The ports on LMDB, in one folder, for one process. */
export class EmbeddedStorage extends Storage {
  override readonly driver = 'embedded';
  override readonly tenants = new LmdbTenantRepository(this.store);
  override readonly tenantDeletions = new LmdbTenantDeletionRepository(this.store);
  override readonly tenantRecords = new LmdbTenantRecords(this.store);
  override readonly clients = new LmdbClientRepository(this.store);
  override readonly spentJwts = new LmdbSpentJwtRepository(this.store);
  override readonly signingKeys = new LmdbSigningKeyRepository(this.store);
  override readonly sites = new LmdbSiteRepository(this.store);
  override readonly events = new LmdbEventLog(this.store);
  override readonly interests = new LmdbInterestRepository(this.store);
  override readonly customers = new LmdbCustomerRepository(this.store, this.events);
  override readonly sessions = new LmdbSessionRepository(this.store, this.events);
  override readonly sessionDirectory = new LmdbSessionDirectory(this.sessions);
  override readonly carts = new LmdbCartRepository(this.store, this.events);
  override readonly discounts = new LmdbDiscountRepository(this.store);
  override readonly prices = new LmdbPriceRepository(this.store);
  override readonly priceModels = new LmdbPriceModelRepository(this.store);
  override readonly priceLists = new LmdbPriceListRepository(this.store);
  override readonly listPrices = new LmdbListPriceRepository(this.store);
  override readonly legalEntities = new LmdbLegalEntityRepository(this.store);
  override readonly contactAssignments = new LmdbContactAssignmentRepository(this.store);
  override readonly locations = new LmdbLocationRepository(this.store);
  override readonly rateCounters = new MemoryRateCounters();
  override readonly outbox = new LmdbOutboxRepository(this.store);
  override readonly impersonations = new LmdbImpersonationRepository(this.store);
  override readonly erasures = new LmdbErasureRepository(this.store);
  override readonly jobs = new LmdbJobRepository(this.store);
  override readonly audit = new LmdbAuditRepository(this.store);
  override readonly idempotency = new LmdbIdempotencyRepository(this.store);
  override readonly webhooks = new LmdbWebhookRepository(this.store);
  override readonly deliveries = new LmdbDeliveryRepository(this.store);
  override readonly consoleLinks = new LmdbConsoleLinkRepository(this.store);
  override readonly moving = new LmdbMovingRecords(this.customers, this.carts, this.sessions);
  override readonly vtexSettings = new LmdbVtexSettingsRepository(this.store);

  private constructor(private readonly store: EmbeddedStore) {
    super();
  }

  /** @param cacheBytes setting EMBEDDED_CACHE_BYTES @throws FolderInUse | StoreTooNew, or what the file system says */
  static async open(folder: string, cacheBytes?: number): Promise<EmbeddedStorage> {
    const log = new Logger(EmbeddedStorage.name);
    const store = await EmbeddedStore.open(folder, cacheBytes);
    try {
      const format = StoredFormat.expectKnown(store, folder, log);
      const storage = new EmbeddedStorage(store);
      await format.migrate(async () => {
        await storage.customers.migrate();
        await storage.sessions.indexOlder(log);
      });
      return storage;
    } catch (error) {
      await store.close();
      throw error;
    }
  }

  override async ping(): Promise<void> {
    await this.tenants.find('ping');
  }

  override space(): Promise<StoreSpace> {
    return this.store.space();
  }

  override async sweep(now: Date): Promise<number> {
    let erased = 0;
    const swept = [
      this.sessions,
      this.outbox,
      this.jobs,
      this.audit,
      this.idempotency,
      this.consoleLinks,
      this.spentJwts,
      this.deliveries,
    ];
    for (const table of swept) {
      let batch: number;
      do {
        batch = await table.sweep(now, SWEEP_BATCH);
        erased += batch;
      } while (batch === SWEEP_BATCH);
    }
    return erased;
  }

  override close(): Promise<void> {
    return this.store.close();
  }
}
