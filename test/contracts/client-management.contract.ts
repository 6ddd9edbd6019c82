import { describe, expect, it } from 'vitest';
import { newId } from '../../src/shared/ids.js';
import type { Listing } from '../../src/shared/filter/filter.types.js';
import type { Storage } from '../../src/storage/storage.js';
import { aContactAssignment, aLegalEntity, aLocation } from '../support/data/builders.js';

const newTenant = (): string => `t${newId().slice(0, 12)}`;

const byId = (over: Partial<Listing> = {}): Listing => ({
  filter: [],
  order: { path: 'id', descending: false },
  skip: 0,
  limit: 100,
  counted: true,
  ...over,
});

type Stored = Pick<Storage, 'legalEntities' | 'contactAssignments' | 'locations'>;

/** What every adapter promises for client management. One `describe` per driver calls this; see contracts.spec.ts. */
export function clientManagementContract(storage: () => Stored): void {
  it('returns records of each kind as they were written, with every field', async () => {
    const tenant = newTenant();
    const mixins = { $set: { __proto__x: [1, null, 'a.b'] } };
    const entity = aLegalEntity({
      tenant,
      type: 'SUBSIDIARY',
      parentId: 'top',
      accountLimit: { currency: 'EUR', value: 1000.99 },
      legalInfo: { legalName: 'Acme Tools GmbH', countryOfRegistration: 'DE' },
      customerGroups: [{ id: 'gold', name: { 'a.$b': 'Gold' }, role: 'BUYER' }],
      entitiesAddresses: ['hq'],
      approvalGroup: ['boss'],
      restrictions: ['DE'],
      mixins,
      mixinSchemas: { $set: 'https://acme.test/schema.json' },
    });
    const assignment = aContactAssignment({ tenant, type: 'BILLING', primary: true, mixins });
    const location = aLocation({ tenant, name: 'HQ', contactDetails: { emails: ['a@acme.test'] }, mixins });
    const { legalEntities, contactAssignments, locations } = storage();
    expect(await legalEntities.create(entity)).toBe(true);
    expect(await contactAssignments.create(assignment)).toBe(true);
    expect(await locations.create(location)).toBe(true);
    expect(await legalEntities.find(tenant, entity.id)).toEqual(entity);
    expect(await contactAssignments.findAll(tenant, [assignment.id, 'none', assignment.id])).toEqual([
      assignment,
    ]);
    expect((await locations.list(tenant, byId())).rows).toEqual([location]);
    expect(await legalEntities.find(newTenant(), entity.id)).toBeUndefined();
    expect(await locations.findAll(tenant, [])).toEqual([]);
  });

  it('lets one of twenty concurrent creates of an id win, and tells the others', async () => {
    const tenant = newTenant();
    const tries = Array.from({ length: 20 }, (_, i) =>
      storage().legalEntities.create(aLegalEntity({ tenant, id: 'one', name: `Writer ${i}` })),
    );
    const won = await Promise.all(tries);
    expect(won.filter((made) => made)).toHaveLength(1);
    const name = `Writer ${won.indexOf(true)}`;
    expect(await storage().legalEntities.find(tenant, 'one')).toMatchObject({ name });
  });

  it('loses none of twenty concurrent changes, the first of which makes the record', async () => {
    const tenant = newTenant();
    await Promise.all(
      Array.from({ length: 20 }, () =>
        storage().locations.change(tenant, 'one', (current) =>
          current ? { ...current, version: current.version + 1 } : aLocation({ tenant, id: 'one' }),
        ),
      ),
    );
    expect(await storage().locations.find(tenant, 'one')).toMatchObject({ version: 20 });
  });

  it('writes nothing if the decision throws, and passes the error on', async () => {
    const tenant = newTenant();
    const refuse = (): never => {
      throw new RangeError('no');
    };
    await expect(storage().locations.change(tenant, 'one', refuse)).rejects.toThrow(RangeError);
    expect(await storage().locations.find(tenant, 'one')).toBeUndefined();
  });

  it('removes a record only once', async () => {
    const { tenant, id } = aLocation({ tenant: newTenant() });
    await storage().locations.create(aLocation({ tenant, id }));
    const removed = await Promise.all([1, 2, 3].map(() => storage().locations.remove(tenant, id)));
    expect(removed.filter((gone) => gone)).toHaveLength(1);
    expect(await storage().locations.find(tenant, id)).toBeUndefined();
  });

  it('lists those of one tenant, filtered and in pages, with a total on request', async () => {
    const tenant = newTenant();
    for (const id of ['C', 'A', 'B']) await storage().legalEntities.create(aLegalEntity({ tenant, id }));
    await storage().legalEntities.create(aLegalEntity({ tenant: newTenant(), id: 'X' }));
    const idsOf = async (listing: Listing) => {
      const { rows, total } = await storage().legalEntities.list(tenant, listing);
      return [rows.map(({ id }) => id).join(''), total];
    };
    expect(await idsOf(byId())).toEqual(['ABC', 3]);
    expect(await idsOf(byId({ skip: 1, limit: 1, counted: false }))).toEqual(['B', undefined]);
    for (const path of ['name', 'type', 'createdAt', 'modifiedAt']) {
      const filter = [{ op: 'eq', path: 'id', value: 'B' }] as const;
      expect(await idsOf(byId({ filter, order: { path, descending: true } }))).toEqual(['B', 1]);
    }
  });

  it('knows whether a tenant has any legal entity', async () => {
    const entity = aLegalEntity({ tenant: newTenant() });
    expect(await storage().legalEntities.hasAny(entity.tenant)).toBe(false);
    await storage().legalEntities.create(entity);
    expect(await storage().legalEntities.hasAny(entity.tenant)).toBe(true);
    await storage().legalEntities.remove(entity.tenant, entity.id);
    expect(await storage().legalEntities.hasAny(entity.tenant)).toBe(false);
  });

  describe('the assignments of a customer', () => {
    it('are found by the customer, and follow a change and a removal', async () => {
      const tenant = newTenant();
      const one = aContactAssignment({ tenant, customerId: 'ann' });
      const other = aContactAssignment({ tenant, customerId: 'ann', legalEntityId: one.legalEntityId });
      const { contactAssignments } = storage();
      const idsOf = async (customerId: string) =>
        (await contactAssignments.ofCustomer(tenant, customerId)).map(({ id }) => id).toSorted();
      await contactAssignments.create(one);
      await contactAssignments.create(other);
      await contactAssignments.create(aContactAssignment({ tenant: newTenant(), customerId: 'ann' }));
      expect(await idsOf('ann')).toEqual([one.id, other.id].toSorted());
      await contactAssignments.change(tenant, one.id, () => ({ ...one, customerId: 'ben' }));
      expect([await idsOf('ann'), await idsOf('ben')]).toEqual([[other.id], [one.id]]);
      await contactAssignments.remove(tenant, other.id);
      expect(await idsOf('ann')).toEqual([]);
    });
  });
}
