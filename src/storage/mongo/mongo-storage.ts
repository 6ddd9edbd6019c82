import type { Connection } from 'mongoose';
import { NO_TRACING, type Tracing } from '../../shared/tracing.js';
import { Storage, type StoreSpace } from '../storage.js';
import { MongoAuditRepository } from './audit.mongo.js';
import { MongoCartRepository } from './cart.mongo.js';
import {
  MongoContactAssignmentRepository,
  MongoLegalEntityRepository,
  MongoLocationRepository,
} from './customers/client-management.mongo.js';
import { MongoClientRepository } from './client.mongo.js';
import { MongoConsoleLinkRepository } from './console-link.mongo.js';
import { CUSTOMER_PROFILES, MongoCustomerRepository } from './customers/customer.mongo.js';
import { MongoDiscountRepository } from './discount.mongo.js';
import { MongoErasureRepository } from './erasure.mongo.js';
import { MongoEventLog } from './events/event-log.mongo.js';
import { MongoEventRelay } from './events/event-relay.js';
import { MongoInterestRepository } from './events/interest.mongo.js';
import { MongoDeliveryRepository } from './events/delivery.mongo.js';
import { MongoWebhookRepository } from './events/webhook.mongo.js';
import { MongoIdempotencyRepository } from './idempotency.mongo.js';
import { MongoImpersonationRepository } from './impersonation.mongo.js';
import { MongoJobRepository } from './job.mongo.js';
import { MongoLink } from './link/mongo-link.js';
import { MongoMovingRecords } from './moving.mongo.js';
import { MongoOutboxRepository } from './outbox.mongo.js';
import { MongoListPriceRepository } from './prices/list-price.mongo.js';
import { MongoPriceListRepository } from './prices/price-list.mongo.js';
import { MongoPriceModelRepository } from './prices/price-model.mongo.js';
import { MongoPriceRepository } from './prices/price.mongo.js';
import { MongoRateCounters } from './rate-counters.mongo.js';
import { OlderRows } from './rows/older-rows.js';
import { MongoSessionDirectory } from './sessions/session-directory.mongo.js';
import { SESSION_FACETS } from './sessions/session.row.js';
import { MongoSessionRepository } from './sessions/session.mongo.js';
import { MongoSigningKeyRepository } from './signing-key.mongo.js';
import { MongoSiteRepository } from './site.mongo.js';
import { MongoSpentJwtRepository } from './spent-jwt.mongo.js';
import { MongoTenantDeletionRepository } from './tenant-deletion.mongo.js';
import { MongoTenantRecords } from './tenant-records.mongo.js';
import { MongoTenantRepository } from './tenant.mongo.js';
import { MongoVtexSettingsRepository } from './vtex-settings.mongo.js';

/** Read at once: each is written alone. */
const SWEEP_BATCH = 100;

/** The ports on MongoDB: a replica set or a sharded cluster, for any number of processes. */
export class MongoStorage extends Storage {
  override readonly driver = 'mongo';
  override readonly events = new MongoEventLog(this.link);
  private readonly relay = new MongoEventRelay(this.link, this.events);
  override readonly tenants = new MongoTenantRepository(this.link);
  override readonly tenantDeletions = new MongoTenantDeletionRepository(this.link);
  override readonly tenantRecords = new MongoTenantRecords(this.link);
  override readonly clients = new MongoClientRepository(this.link);
  override readonly spentJwts = new MongoSpentJwtRepository(this.link);
  override readonly signingKeys = new MongoSigningKeyRepository(this.link);
  override readonly sites = new MongoSiteRepository(this.link);
  override readonly customers = new MongoCustomerRepository(this.link, this.relay);
  override readonly interests = new MongoInterestRepository(this.link);
  override readonly sessions = new MongoSessionRepository(this.link, this.relay);
  override readonly sessionDirectory = new MongoSessionDirectory(this.link);
  override readonly carts = new MongoCartRepository(this.link, this.relay);
  override readonly discounts = new MongoDiscountRepository(this.link);
  override readonly prices = new MongoPriceRepository(this.link);
  override readonly priceModels = new MongoPriceModelRepository(this.link);
  override readonly priceLists = new MongoPriceListRepository(this.link);
  override readonly listPrices = new MongoListPriceRepository(this.link);
  override readonly legalEntities = new MongoLegalEntityRepository(this.link);
  override readonly contactAssignments = new MongoContactAssignmentRepository(this.link);
  override readonly locations = new MongoLocationRepository(this.link);
  override readonly rateCounters = new MongoRateCounters(this.link);
  override readonly outbox = new MongoOutboxRepository(this.link);
  override readonly impersonations = new MongoImpersonationRepository(this.link);
  override readonly erasures = new MongoErasureRepository(this.link);
  override readonly jobs = new MongoJobRepository(this.link);
  override readonly audit = new MongoAuditRepository(this.link);
  override readonly idempotency = new MongoIdempotencyRepository(this.link);
  override readonly webhooks = new MongoWebhookRepository(this.link);
  override readonly deliveries = new MongoDeliveryRepository(this.link);
  override readonly consoleLinks = new MongoConsoleLinkRepository(this.link);
  override readonly moving = new MongoMovingRecords(this.link);
  override readonly vtexSettings = new MongoVtexSettingsRepository(this.link);

  private readonly older = [
    new OlderRows(this.link, SESSION_FACETS),
    new OlderRows(this.link, CUSTOMER_PROFILES),
  ];

  private constructor(private readonly link: MongoLink) {
    super();
  }

  /**
   * Never fails: it keeps trying to connect in the background, and each call throws StoreUnavailable until then. If the
   * address names no database, it is `onesession`.
   */
  static open(uri: string, tracing: Tracing = NO_TRACING): MongoStorage {
    return new MongoStorage(new MongoLink(uri, tracing));
  }

  get connection(): Connection {
    return this.link.connection;
  }

  /**
   * Waits for the first attempt to connect, whether or not it reaches MongoDB.
   * @throws MongoUnusable - the operator must act; WrongIndex is one of these
   */
  async prepare(): Promise<void> {
    await this.link.prepare();
    this.customers.indexOlder();
  }

  /** Migrates what an earlier version has stored, in the background, once MongoDB can be reached. */
  update(): void {
    for (const rows of this.older) rows.begin();
    this.relay.begin();
  }

  override ping(): Promise<void> {
    return this.link.ping();
  }

  override space(): Promise<StoreSpace> {
    return this.link.space();
  }

  /** MongoDB's TTL indexes erase what has a date. An instance of an earlier version may have written a customer. */
  override async sweep(now: Date): Promise<number> {
    this.customers.indexOlder();
    let erased = 0;
    let batch: number;
    do {
      batch = await this.sessions.sweep(now, SWEEP_BATCH);
      erased += batch;
    } while (batch === SWEEP_BATCH);
    return erased;
  }

  override async close(): Promise<void> {
    await Promise.all(this.older.map((rows) => rows.close()));
    await this.relay.close();
    await this.link.close();
  }
}
