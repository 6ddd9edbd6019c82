import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { isByIndex, WatchedQueries } from '../mongo/watched-queries.js';
import { type FreshStorage, openStorage } from '../support/store/drivers.js';
import { auditContract } from './audit.contract.js';
import { cartContract } from './cart.contract.js';
import { clientManagementContract } from './client-management.contract.js';
import { clientContract } from './client.contract.js';
import { consoleLinkContract } from './console-link.contract.js';
import { customerContract } from './customer.contract.js';
import { deliveryContract } from './delivery.contract.js';
import { discountContract } from './discount.contract.js';
import { erasureContract } from './erasure.contract.js';
import { eventLogContract } from './event-log.contract.js';
import { idempotencyContract } from './idempotency.contract.js';
import { impersonationContract } from './impersonation.contract.js';
import { interestContract } from './interest.contract.js';
import { jobContract } from './job.contract.js';
import { movingContract } from './moving.contract.js';
import { outboxContract } from './outbox.contract.js';
import { priceListContract } from './price-list.contract.js';
import { priceModelContract } from './price-model.contract.js';
import { priceContract } from './price.contract.js';
import { rateCountersContract } from './rate-counters.contract.js';
import { sessionDirectoryContract } from './session-directory.contract.js';
import { sessionEventsContract } from './session-events.contract.js';
import { sessionContract } from './session.contract.js';
import { signingKeyContract } from './signing-key.contract.js';
import { siteContract } from './site.contract.js';
import { spaceContract } from './space.contract.js';
import { spentJwtContract } from './spent-jwt.contract.js';
import { tenantDeletionContract } from './tenant-deletion.contract.js';
import { tenantRecordsContract } from './tenant-records.contract.js';
import { tenantContract } from './tenant.contract.js';
import { toldRecordsContract } from './told-records.contract.js';
import { vtexSettingsContract } from './vtex-settings.contract.js';
import { webhookContract } from './webhook.contract.js';

/** Each vitest project runs this on one driver; see `openStorage`. */
describe(`The ${process.env.TEST_DRIVER ?? 'embedded'} store`, () => {
  let opened: FreshStorage;
  let watched: WatchedQueries | undefined;

  beforeAll(async () => {
    opened = await openStorage();
    const { storage } = opened;
    if (storage instanceof MongoStorage) watched = new WatchedQueries(storage.connection);
  });

  afterAll(async () => {
    await opened.storage.close();
    await opened.drop();
  });

  describe('of tenants', () => tenantContract(() => opened.storage.tenants));
  describe('of deletions of tenants', () => tenantDeletionContract(() => opened.storage.tenantDeletions));
  describe('of all that a tenant has', () =>
    tenantRecordsContract(
      () => opened.storage,
      () => opened.content(),
    ));
  describe('of clients', () => clientContract(() => opened.storage.clients));
  describe('of signing keys', () => signingKeyContract(() => opened.storage.signingKeys));
  describe('of sites', () => siteContract(() => opened.storage.sites));
  describe('of customers', () => customerContract(() => opened.storage.customers));
  describe('of sessions', () => sessionContract(() => opened.storage.sessions));
  describe('of events of sessions', () => sessionEventsContract(() => opened.storage));
  describe('of events of carts and customers', () => toldRecordsContract(() => opened.storage));
  describe('of logs of events', () => eventLogContract(() => opened.storage.events));
  describe('of interests in events', () => interestContract(() => opened.storage.interests));
  describe('of lists of sessions', () =>
    sessionDirectoryContract(
      () => opened.storage.sessions,
      () => opened.storage.sessionDirectory,
    ));
  describe('of carts', () => cartContract(() => opened.storage.carts));
  describe('of moves', () => movingContract(() => opened.storage));
  describe('of discount codes', () => discountContract(() => opened.storage.discounts));
  describe('of mails', () => outboxContract(() => opened.storage.outbox));
  describe('of prices', () => priceContract(() => opened.storage.prices));
  describe('of companies, contacts and locations', () => clientManagementContract(() => opened.storage));
  describe('of price models', () => priceModelContract(() => opened.storage.priceModels));
  describe('of price lists', () => priceListContract(() => opened.storage));
  describe('of impersonations', () => impersonationContract(() => opened.storage.impersonations));
  describe('of jobs', () => jobContract(() => opened.storage.jobs));
  describe('of erasures', () => erasureContract(() => opened.storage.erasures));
  describe('of the audit log', () => auditContract(() => opened.storage.audit));
  describe('of an Idempotency-Key', () => idempotencyContract(() => opened.storage.idempotency));
  describe('of links to the console', () => consoleLinkContract(() => opened.storage.consoleLinks));
  describe('of JWTs that are accepted no more', () => spentJwtContract(() => opened.storage));
  describe('of the room that it takes', () => spaceContract(() => opened.storage));
  describe('of webhooks', () => webhookContract(() => opened.storage.webhooks));
  describe('of deliveries of events', () => deliveryContract(() => opened.storage.deliveries));
  describe('of rate counters', () => rateCountersContract(() => opened.storage.rateCounters));
  describe('of the settings of VTEX apps', () => vtexSettingsContract(() => opened.storage.vtexSettings));

  /**
   * Runs last, after all contracts have sent their queries. The embedded store has no query plans, so none can be
   * wrong.
   */
  it('answers every query from an index and sorts none in memory', async () => {
    const plans = (await watched?.explain()) ?? [];
    expect(plans.filter((plan) => !isByIndex(plan))).toEqual([]);
    if (watched) expect(plans.length).toBeGreaterThan(20);
  });
});
