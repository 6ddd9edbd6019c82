import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { NOTHING_ERASED } from '../../src/customer-admin/erasure.types.js';
import { eventsOf } from '../../src/events/event.rules.js';
import { newId } from '../../src/shared/ids.js';
import type { Storage } from '../../src/storage/storage.js';
import { noSettings } from '../../src/vtex-settings/settings/vtex-settings.rules.js';
import { aDelivery, aWebhook } from '../support/events/webhooks.js';
import {
  aCart,
  aContactAssignment,
  aCustomer,
  aLegalEntity,
  aLocation,
  aListPrice,
  aPrice,
  aPriceList,
  aPriceModel,
  aSession,
  aSite,
  BUILT_AT,
  aVtexState,
} from '../support/data/builders.js';
import { aSeenCookie } from '../support/data/seen-cookie.js';

/** Later than MongoDB's own clock, which decides when expired records are deleted. */
const LATER = new Date(Date.now() + 30 * 86_400_000);

const newTenant = (): string => `t${randomBytes(6).toString('hex')}`;

/** From a version that had e-mail addresses in its keys: each start empties it. */
const ALWAYS_EMPTY = new Set(['customers-by-email']);

/** Something in every table: a new port, or a new table of one, is to be filled here. @param mark is in some of it */
async function fill(storage: Storage, tenant: string, mark = 'unmarked'): Promise<void> {
  const customer = aCustomer({
    tenant,
    lastName: mark,
    passwordHash: 'hash of another system',
    legacyPassword: 'waiting',
    endingSessions: { change: newId(), since: BUILT_AT },
  });
  const model = aPriceModel({ tenant });
  await storage.clients.create({
    clientId: `${tenant}-storefront`,
    tenant,
    kind: 'storefront',
    name: mark,
    enabled: true,
    secrets: [],
    scopes: [],
    epoch: newId(),
    createdAt: BUILT_AT,
    modifiedAt: BUILT_AT,
    version: 1,
  });
  await storage.sites.create(aSite('main', { tenant, name: mark, default: true }));
  await storage.customers.create(customer);
  const session = aSession({
    tenant,
    kind: 'customer',
    customerId: customer.id,
    lifetime: { aliveUntil: LATER, goneAt: LATER },
    vtex: aVtexState({
      cookies: new Map([['VtexIdclientAutCookie', aSeenCookie()]]),
      heldUntil: LATER,
    }),
  });
  const told = { type: 'onesession.session.began', data: { mark } } as const;
  const write = { tenant, subject: session.sessionId, createdAt: LATER, revision: 1, time: LATER };
  await storage.sessions.create(session, BUILT_AT, undefined, eventsOf(write, [told]));
  while ((await storage.events.newest(tenant)) === undefined) await sleep(10);
  await storage.interests.save(tenant, { id: 'webhook' });
  await storage.carts.create(aCart({ tenant, reviewAt: BUILT_AT }));
  await storage.priceModels.change(tenant, () => [model]);
  await storage.prices.create(aPrice({ tenant, priceModelId: model.id }));
  await storage.priceLists.create(aPriceList({ tenant, name: { en: mark } }));
  await storage.listPrices.create(aListPrice({ tenant, priceModelId: model.id }));
  await storage.legalEntities.create(aLegalEntity({ tenant, name: mark }));
  await storage.contactAssignments.create(aContactAssignment({ tenant, customerId: customer.id }));
  await storage.locations.create(aLocation({ tenant, name: mark }));
  await storage.discounts.create({ tenant, code: 'TENTH', name: mark, percent: 10, stackable: true });
  await storage.outbox.add({
    tenant,
    id: newId(),
    kind: 'email-change',
    customerId: customer.id,
    newEmail: 'new@acme.test',
    syncContactEmail: true,
    state: 'waiting',
    attempts: 1,
    dueAt: BUILT_AT,
    createdAt: BUILT_AT,
    modifiedAt: BUILT_AT,
    erasedAt: LATER,
  });
  await storage.vtexSettings.change(tenant, () => noSettings(tenant));
  await storage.impersonations.add({
    id: newId(),
    tenant,
    sessionId: 's',
    adminClientId: 'staff',
    adminEmail: 'staff@acme.test',
    customerId: customer.id,
    customerEmail: 'anna@acme.test',
    begunAt: BUILT_AT,
    endsAt: LATER,
  });
  await storage.erasures.save({
    tenant,
    customerId: newId(),
    emails: [],
    begunAt: BUILT_AT,
    erased: NOTHING_ERASED,
  });
  await storage.jobs.add({
    tenant,
    id: newId(),
    state: 'running',
    selection: { createdBefore: BUILT_AT },
    done: 0,
    batch: [],
    searched: false,
    dueAt: BUILT_AT,
    createdAt: BUILT_AT,
    erasedAt: LATER,
  });
  await storage.audit.append([
    {
      tenant,
      id: newId(),
      at: BUILT_AT,
      actor: { kind: 'service', id: 'staff' },
      action: 'customer.read',
      target: { kind: 'customer', id: customer.id },
      reason: mark,
      result: 'ok',
      requestId: newId(),
      erasedAt: LATER,
    },
  ]);
  await storage.idempotency.take(
    {
      tenant,
      id: newId(),
      fingerprint: 'f',
      claim: newId(),
      claimedUntil: LATER,
      erasedAt: LATER,
    },
    BUILT_AT,
  );
  await storage.spentJwts.spend({ tenant, id: newId(), endsAt: LATER });
  const webhook = aWebhook({ description: mark });
  await storage.webhooks.change(tenant, () => ({ tenant, webhooks: [webhook] }));
  await storage.webhooks.saveCursor({ tenant, webhookId: webhook.id, position: '1' });
  await storage.deliveries.add([aDelivery({ tenant, webhookId: webhook.id })]);
}

async function removeAll(storage: Storage, tenant: string, limit: number): Promise<number> {
  let removed = 0;
  let some: number;
  do {
    some = await storage.tenantRecords.removeSome(tenant, limit);
    removed += some;
  } while (some > 0);
  return removed;
}

/** What every adapter promises for all that a tenant has. @param content of all files or documents */
export function tenantRecordsContract(storage: () => Storage, content: () => Promise<Buffer>): void {
  const counts = async (tenant: string) => [...(await storage().tenantRecords.count(tenant))];

  it('counts none of a tenant that has nothing, in any table', async () => {
    expect((await counts(newTenant())).filter(([, count]) => count > 0)).toEqual([]);
  });

  it('finds what a tenant has in every table of the store', async () => {
    const tenant = newTenant();
    await fill(storage(), tenant);
    // An empty table here is a new one: fill it above.
    expect((await counts(tenant)).filter(([name, count]) => count === 0 && !ALWAYS_EMPTY.has(name))).toEqual(
      [],
    );
  });

  it('removes all of it and nothing of a tenant whose name is longer, on disk too', async () => {
    const tenant = newTenant();
    const mark = `mark-${newId()}`;
    const others = [`${tenant}x`, `${tenant}0`];
    for (const name of [tenant, ...others]) {
      await fill(storage(), name, mark);
      await fill(storage(), name, mark);
    }
    const before = await Promise.all(others.map(counts));
    const all = (await counts(tenant)).reduce((sum, [, count]) => sum + count, 0);
    expect(await removeAll(storage(), tenant, 3)).toBe(all);
    expect((await counts(tenant)).filter(([, count]) => count > 0)).toEqual([]);
    expect(await Promise.all(others.map(counts))).toEqual(before);
    expect((await content()).includes(mark)).toBe(true);
    for (const name of others) await removeAll(storage(), name, 10_000);
    await storage().erasures.overwriteRemoved();
    expect((await content()).includes(mark)).toBe(false);
  });

  it('serves nothing of it afterwards by what was remembered', async () => {
    const tenant = newTenant();
    await fill(storage(), tenant);
    const clientId = `${tenant}-storefront`;
    expect(await storage().clients.find(clientId)).toBeDefined();
    expect(await storage().sites.list(tenant)).toHaveLength(1);
    await removeAll(storage(), tenant, 10_000);
    expect(await storage().clients.find(clientId)).toBeUndefined();
    expect(await storage().sites.list(tenant)).toEqual([]);
    await fill(storage(), tenant);
    expect(await storage().clients.find(clientId)).toBeDefined();
  });
}
