import { describe, expect, it } from 'vitest';
import { toListing } from '../../src/http/query/listing.js';
import { PRICE_LIST } from '../../src/price/catalog/price-list.js';
import type { PriceRepository } from '../../src/price/price.repository.js';
import { ANY, type Price, type PricesOfItems } from '../../src/price/price.types.js';
import { newId } from '../../src/shared/ids.js';
import { aPrice } from '../support/data/builders.js';

const newTenant = (): string => `t${newId().slice(0, 12)}`;

const ODD: Price['mixins'] = JSON.parse('{"__proto__":{"a.b":1},"$set":{"x":[1.5,null,"é🎉"]},"":{}}');

/** What every adapter promises for prices. One `describe` per driver calls this; see contracts.spec.ts. */
export function priceContract(prices: () => PriceRepository): void {
  const put = async (...all: readonly Price[]): Promise<void> => {
    for (const price of all) expect(await prices().create(price)).toBe(true);
  };
  const idsOf = async (tenant: string, wanted: PricesOfItems): Promise<readonly string[]> =>
    (await prices().ofItems(tenant, wanted)).map(({ id }) => id).toSorted();

  describe('kept one by one', () => {
    it('finds none that nobody created, however unusual its id', async () => {
      for (const id of ['none', '', '__proto__', 'a.b', '$ne', '../x', 'é🎉', 'x'.repeat(5000)]) {
        expect(await prices().find('acme', id)).toBeUndefined();
        expect(await prices().remove('acme', id)).toBe(false);
      }
    });

    it('returns a price as it was created, only to its tenant', async () => {
      const simple = aPrice();
      const full = aPrice({
        itemYrn: 'urn:yaas:saasag:caasproduct:product:acme;umbrella',
        country: 'DE',
        sites: ['main', 'us'],
        audience: ['CUSTOMER:42', 'GROUP:gold'],
        validFrom: new Date('2026-01-01T00:00:00.123Z'),
        salePrice: { discountRate: 12.5, description: 'Sale' },
        priceModelId: 'tiered',
        tierValues: [
          { id: 'a', priceValue: 0.0000317 },
          { id: 'b', priceValue: 0 },
        ],
        mixins: ODD,
        mixinSchemas: { 'a.b': 'https://schemas.test/a' },
      });
      await put(simple, full);
      expect(await prices().find('acme', simple.id)).toEqual(simple);
      const found = await prices().find('acme', full.id);
      expect(found).toEqual(full);
      expect(JSON.stringify(found?.mixins)).toBe(JSON.stringify(ODD));
      expect(await prices().find('globex', full.id)).toBeUndefined();
      expect(await prices().remove('globex', full.id)).toBe(false);
    });

    it('finds several by their ids, each once, and skips ids that the tenant has no price for', async () => {
      const [one, two, others] = [aPrice(), aPrice({ mixins: ODD }), aPrice({ tenant: 'globex' })];
      await put(one, two, others);
      const odd = ['none', '', '__proto__', '$ne', 'x'.repeat(5000)];
      const found = await prices().findAll('acme', [two.id, one.id, others.id, two.id, ...odd]);
      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining([one, two]));
      expect(await prices().findAll('acme', [])).toEqual([]);
    });

    it('lets one of twenty concurrent creates win, and tells the others', async () => {
      const id = newId();
      const create = (_: unknown, version: number) => prices().create(aPrice({ id, version }));
      const won = await Promise.all(Array.from({ length: 20 }, create));
      expect(won.filter((created) => created)).toHaveLength(1);
      expect((await prices().find('acme', id))?.version).toBe(won.indexOf(true));
    });

    it('loses none of twenty concurrent changes, the first of which creates the price', async () => {
      const id = newId();
      const grow = (current: Price | undefined): Price =>
        current ? { ...current, version: current.version + 1 } : aPrice({ id, version: 1 });
      await Promise.all(Array.from({ length: 20 }, () => prices().change('acme', id, grow)));
      expect((await prices().find('acme', id))?.version).toBe(20);
    });

    it('writes nothing if the decision throws, and passes the error on', async () => {
      const price = aPrice();
      await put(price);
      const refuse = (): Price => {
        throw new RangeError('no');
      };
      await expect(prices().change('acme', price.id, refuse)).rejects.toThrow(RangeError);
      await expect(prices().change('acme', newId(), refuse)).rejects.toThrow(RangeError);
      expect(await prices().find('acme', price.id)).toEqual(price);
    });

    it('removes a price only once', async () => {
      const price = aPrice();
      await put(price);
      expect(await prices().remove('acme', price.id)).toBe(true);
      expect(await prices().remove('acme', price.id)).toBe(false);
      expect(await prices().find('acme', price.id)).toBeUndefined();
    });
  });

  describe('of items', () => {
    const of = (tenant: string, id: string, over: Partial<Price> & { item?: string } = {}): Price => {
      const { item = 'umbrella', ...rest } = over;
      return aPrice({ tenant, id, itemId: { itemType: 'PRODUCT', id: item }, ...rest });
    };

    it('are found by item, currency and audience, without those of other tenants', async () => {
      const [tenant, other] = [newTenant(), newTenant()];
      await put(
        of(tenant, 'all'),
        of(tenant, 'usd', { currency: 'USD' }),
        of(tenant, 'gold', { audience: ['GROUP:gold', 'CUSTOMER:42'] }),
        of(tenant, 'coat', { item: 'raincoat' }),
        of(tenant, 'longer', { item: 'umbrella/large' }),
        of(other, 'foreign'),
      );
      const items = ['umbrella'];
      expect(await idsOf(tenant, { itemIds: items })).toEqual(['all', 'gold', 'usd']);
      expect(await idsOf(tenant, { itemIds: items, currency: 'EUR' })).toEqual(['all', 'gold']);
      expect(await idsOf(tenant, { itemIds: items, currency: 'EUR', audience: [ANY] })).toEqual(['all']);
      expect(await idsOf(tenant, { itemIds: items, audience: ['GROUP:gold'] })).toEqual(['gold']);
      expect(await idsOf(tenant, { itemIds: ['raincoat', 'umbrella', 'boots'], currency: 'EUR' })).toEqual([
        'all',
        'coat',
        'gold',
      ]);
      expect(await idsOf(tenant, { itemIds: [] })).toEqual([]);
    });

    it('are found once, however many of the requested items they match', async () => {
      const tenant = newTenant();
      const audience = ['GROUP:gold', 'GROUP:vip', 'CUSTOMER:42'];
      await put(of(tenant, 'one', { audience }));
      expect(await idsOf(tenant, { itemIds: ['umbrella', 'umbrella'], audience })).toEqual(['one']);
    });

    it('are found as they are now, not as they were before a change', async () => {
      const tenant = newTenant();
      await put(of(tenant, 'one', { audience: ['GROUP:gold'] }));
      const moved = of(tenant, 'one', { item: 'raincoat', currency: 'USD' });
      await prices().change(tenant, 'one', () => moved);
      expect(await idsOf(tenant, { itemIds: ['umbrella'] })).toEqual([]);
      expect(
        await prices().ofItems(tenant, { itemIds: ['raincoat'], currency: 'USD', audience: [ANY] }),
      ).toEqual([moved]);
      await prices().remove(tenant, 'one');
      expect(await idsOf(tenant, { itemIds: ['raincoat'] })).toEqual([]);
    });
  });

  describe('of a price model', () => {
    it('are found up to a limit, as they are now', async () => {
      const tenant = newTenant();
      await put(...['a', 'b', 'c'].map((id) => aPrice({ tenant, id, priceModelId: 'm' })));
      await put(aPrice({ tenant, id: 'd', priceModelId: 'n' }), aPrice({ tenant, id: 'e' }));
      expect((await prices().idsOfModel(tenant, 'm', 10)).toSorted()).toEqual(['a', 'b', 'c']);
      expect(await prices().idsOfModel(tenant, 'm', 2)).toHaveLength(2);
      await prices().change(tenant, 'a', () => aPrice({ tenant, id: 'a', priceModelId: 'n' }));
      await prices().remove(tenant, 'b');
      expect(await prices().idsOfModel(tenant, 'm', 10)).toEqual(['c']);
      expect((await prices().idsOfModel(tenant, 'n', 10)).toSorted()).toEqual(['a', 'd']);
      expect(await prices().idsOfModel(newTenant(), 'm', 10)).toEqual([]);
    });
  });

  describe('of a tenant', () => {
    it('are listed in each order that the list offers, page by page, with a total on request [W-60]', async () => {
      const tenant = newTenant();
      const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
      await put(
        ...[3, 1, 2].map((n) =>
          aPrice({
            tenant,
            id: `p${n}`,
            itemId: { itemType: 'PRODUCT', id: `item${4 - n}` },
            createdAt: day(n),
            modifiedAt: day(5 - n),
          }),
        ),
      );
      const list = async (sort: string, pageSize = 10, pageNumber = 1) =>
        (await prices().list(tenant, toListing({ sort, pageSize, pageNumber }, PRICE_LIST, false))).rows.map(
          ({ id }) => id,
        );
      expect(await list('')).toEqual(['p1', 'p2', 'p3']);
      expect(await list('id:desc')).toEqual(['p3', 'p2', 'p1']);
      expect(await list('itemId.id')).toEqual(['p3', 'p2', 'p1']);
      expect(await list('metadata.createdAt:desc')).toEqual(['p3', 'p2', 'p1']);
      expect(await list('metadata.modifiedAt')).toEqual(['p3', 'p2', 'p1']);
      expect(await list('id', 2, 2)).toEqual(['p3']);
      const counted = await prices().list(tenant, toListing({ pageSize: 1 }, PRICE_LIST, true));
      expect(counted.total).toBe(3);
    });

    it('are found by each field that the list offers [W-61]', async () => {
      const tenant = newTenant();
      const wanted = aPrice({
        tenant,
        id: 'one',
        itemYrn: 'yrn',
        country: 'DE',
        sites: ['us', 'main'],
        validFrom: new Date('2026-01-01T00:00:00.000Z'),
        validTo: new Date('2026-02-01T00:00:00.000Z'),
        priceModelId: 'm',
        tierValues: [{ priceValue: 3 }, { priceValue: 2 }],
        version: 7,
      });
      await put(wanted, aPrice({ tenant, itemId: { itemType: 'SKU', id: 'other' }, currency: 'USD' }));
      const queries = [
        'id:one',
        'itemId.id:umbrella',
        'itemId.itemType:PRODUCT',
        'itemYrn:yrn',
        'currency:EUR',
        'location.countryCode:(DE,FR)',
        'priceModelId:exists',
        'restrictions.siteCodes:main',
        'restrictions.validity.from:"2026-01-01T00:00:00.000Z"',
        'restrictions.validity.to:<"2026-02-02T00:00:00.000Z"',
        'tierValues.priceValue:2',
        'metadata.version:>=7',
        'metadata.createdAt:<"2027-01-01T00:00:00.000Z" itemId.id:~^umb',
      ];
      for (const q of queries) {
        const { rows } = await prices().list(tenant, toListing({ q }, PRICE_LIST, false));
        expect({ q, rows: rows.map(({ id }) => id) }).toEqual({ q, rows: ['one'] });
      }
    });
  });
}
