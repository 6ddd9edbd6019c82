import { describe, expect, it } from 'vitest';
import { toListing } from '../../src/http/query/listing.js';
import { LIST_PRICES, PRICE_LISTS } from '../../src/price/lists/price-list-lists.js';
import type { ListPrice, PriceList } from '../../src/price/price-list.types.js';
import { ANY } from '../../src/price/price.types.js';
import type { Listing } from '../../src/shared/filter/filter.types.js';
import { newId } from '../../src/shared/ids.js';
import type { Storage } from '../../src/storage/storage.js';
import { aListPrice, aPriceList } from '../support/data/builders.js';

const newTenant = (): string => `t${newId().slice(0, 12)}`;

const ODD: PriceList['mixins'] = JSON.parse('{"__proto__":{"a.b":1},"$set":{"x":[1.5,null,"é🎉"]},"":{}}');
const ODD_IDS = ['none', '__proto__', 'a.b', '$ne', '../x', 'a/b', '["a","b"]', 'é🎉', 'x'.repeat(128)];

/** What every adapter promises for price lists and their prices. One `describe` per driver calls this. */
export function priceListContract(storage: () => Storage): void {
  describe('themselves', () => listsContract(storage));
  describe('and their prices, one by one', () => listPricesContract(storage));
  describe('and their prices, many at once', () => manyListPricesContract(storage));
}

function listsContract(storage: () => Storage): void {
  const put = async (...lists: readonly PriceList[]): Promise<void> => {
    for (const list of lists) expect(await storage().priceLists.create(list)).toBe(true);
  };

  it('returns a list as it was created, only to its tenant', async () => {
    const list = aPriceList({
      tenant: newTenant(),
      name: { en: 'Wholesale', 'de-CH': 'Grosshandel' },
      names: ['Wholesale', 'Grosshandel'],
      countries: ['DE', 'FR'],
      readers: ['GROUP:gold', 'GROUP:b'],
      validFrom: new Date('2026-01-01T00:00:00.123Z'),
      mixins: ODD,
    });
    await put(list);
    const found = await storage().priceLists.find(list.tenant, list.id);
    expect(found).toEqual(list);
    expect(JSON.stringify(found?.mixins)).toBe(JSON.stringify(ODD));
    expect(await storage().priceLists.find('globex', list.id)).toBeUndefined();
    expect(await storage().priceLists.create(list)).toBe(false);
  });

  it('knows whether a tenant has any', async () => {
    const list = aPriceList({ tenant: newTenant() });
    expect(await storage().priceLists.hasAny(list.tenant)).toBe(false);
    await put(list);
    expect(await storage().priceLists.hasAny(list.tenant)).toBe(true);
    await storage().priceLists.remove(list.tenant, list.id);
    expect(await storage().priceLists.hasAny(list.tenant)).toBe(false);
  });

  it('finds those of some sites for some readers, each once, and follows changes and removals', async () => {
    const tenant = newTenant();
    const { priceLists } = storage();
    const both = aPriceList({ tenant, id: 'both', readers: ['GROUP:a', 'GROUP:b'] });
    const company = aPriceList({ tenant, id: 'company', readers: ['ENTITY:a'] });
    await put(
      both,
      company,
      aPriceList({ tenant, id: 'all' }),
      aPriceList({ tenant, id: 'us', siteCode: 'us' }),
    );
    await put(aPriceList({ tenant: newTenant(), id: 'foreign' }));
    const idsOf = async (sites: readonly string[], readers: readonly string[]) =>
      (await priceLists.ofReaders(tenant, sites, readers)).map(({ id }) => id).toSorted();
    expect(await idsOf(['main'], [ANY])).toEqual(['all']);
    expect(await idsOf(['main', 'us'], [ANY, 'GROUP:a', 'GROUP:b'])).toEqual(['all', 'both', 'us']);
    expect(await idsOf(['main'], ['ENTITY:a', 'GROUP:c'])).toEqual(['company']);
    expect(await idsOf(['none', '$ne', ''], [ANY])).toEqual([]);
    await priceLists.change(tenant, 'both', () => ({ ...both, readers: ['GROUP:b'] }));
    expect(await idsOf(['main'], ['GROUP:a'])).toEqual([]);
    expect(await idsOf(['main'], ['GROUP:b'])).toEqual(['both']);
    await priceLists.remove(tenant, 'both');
    expect(await idsOf(['main'], ['GROUP:b'])).toEqual([]);
  });

  it('sorts and filters them by every field that a caller may name', async () => {
    const tenant = newTenant();
    await put(...['B', 'A'].map((id) => aPriceList({ tenant, id, name: { en: id }, names: [id] })));
    const idsOf = async (listing: Listing) => {
      const { rows, total } = await storage().priceLists.list(tenant, listing);
      return [rows.map(({ id }) => id).join(''), total];
    };
    for (const sort of PRICE_LISTS.sortable) {
      expect(await idsOf(toListing({ sort: `${sort}:desc` }, PRICE_LISTS, true))).toEqual(['BA', 2]);
    }
    expect(await idsOf(toListing({ q: 'name.en:A' }, PRICE_LISTS, true))).toEqual(['A', 1]);
  });
}

function listPricesContract(storage: () => Storage): void {
  const keyOf = ({ tenant, priceListId, id }: ListPrice) => ({ tenant, priceListId, id });

  it('finds none that nobody created, however unusual its id', async () => {
    for (const id of ODD_IDS) {
      const key = { tenant: 'acme', priceListId: id, id };
      expect(await storage().listPrices.find(key)).toBeUndefined();
      expect(await storage().listPrices.remove(key)).toBe(false);
    }
  });

  it('keeps prices of the same id apart by their lists, and by tenants', async () => {
    const { listPrices } = storage();
    const tenant = newTenant();
    const prices = ODD_IDS.flatMap((id) =>
      ODD_IDS.map((priceListId) =>
        aListPrice({ tenant, priceListId, id, priceModelId: `${priceListId}-${id}` }),
      ),
    );
    for (const price of prices) expect(await listPrices.create(price)).toBe(true);
    for (const price of prices) expect(await listPrices.find(keyOf(price))).toEqual(price);
    const [one = aListPrice()] = prices;
    expect(await listPrices.find({ ...keyOf(one), tenant: 'globex' })).toBeUndefined();
  });

  it('lets one of twenty concurrent creates win', async () => {
    const { tenant, priceListId, id } = aListPrice({ tenant: newTenant() });
    const create = (_: unknown, version: number) =>
      storage().listPrices.create(aListPrice({ tenant, priceListId, id, version }));
    const won = await Promise.all(Array.from({ length: 20 }, create));
    expect(won.filter((created) => created)).toHaveLength(1);
    const found = await storage().listPrices.find({ tenant, priceListId, id });
    expect(found?.version).toBe(won.indexOf(true));
  });

  it('loses none of twenty concurrent changes, and writes nothing when the decision throws', async () => {
    const first = aListPrice({ tenant: newTenant() });
    const grow = (current: ListPrice | undefined): ListPrice =>
      current ? { ...current, version: current.version + 1 } : first;
    const { listPrices } = storage();
    await Promise.all(Array.from({ length: 20 }, () => listPrices.change(keyOf(first), grow)));
    const refuse = () => {
      throw new RangeError('no');
    };
    await expect(listPrices.change(keyOf(first), refuse)).rejects.toThrow(RangeError);
    expect((await listPrices.find(keyOf(first)))?.version).toBe(20);
    expect(await listPrices.remove(keyOf(first))).toBe(true);
    expect(await listPrices.remove(keyOf(first))).toBe(false);
  });
}

function manyListPricesContract(storage: () => Storage): void {
  const shortOf = (prices: readonly { readonly priceListId: string; readonly id: string }[]) =>
    prices.map(({ priceListId, id }) => `${priceListId}/${id}`).toSorted();
  const put = async (...prices: readonly ListPrice[]): Promise<void> => {
    for (const price of prices) await storage().listPrices.create(price);
  };

  it('finds those of items in some lists, those with some ids in all, and those of a price model', async () => {
    const tenant = newTenant();
    const { listPrices } = storage();
    const raincoat = { itemType: 'SKU', id: 'raincoat' } as const;
    const moved = aListPrice({ tenant, priceListId: 'a', id: '1', priceModelId: 'm' });
    await put(
      moved,
      aListPrice({ tenant, priceListId: 'a', id: '2', itemId: raincoat }),
      aListPrice({ tenant, priceListId: 'b', id: '1', priceModelId: 'm' }),
      aListPrice({ tenant, priceListId: 'c', id: '1' }),
      aListPrice({ tenant: newTenant(), priceListId: 'a', id: '1', priceModelId: 'm' }),
    );
    const ofItems = async (lists: readonly string[], items: readonly string[]) =>
      shortOf(await listPrices.ofItems(tenant, lists, items));
    expect(await ofItems(['a', 'b', 'a'], ['umbrella', 'umbrella'])).toEqual(['a/1', 'b/1']);
    expect(await ofItems(['a'], ['umbrella', 'raincoat', 'none'])).toEqual(['a/1', 'a/2']);
    expect(await ofItems([], ['umbrella'])).toEqual([]);
    expect(await ofItems(['a'], [])).toEqual([]);
    expect(shortOf(await listPrices.withIds(tenant, ['1', '1', 'none']))).toEqual(['a/1', 'b/1', 'c/1']);
    expect(await listPrices.withIds(tenant, [])).toEqual([]);
    expect(shortOf(await listPrices.keysOfModel(tenant, 'm', 10))).toEqual(['a/1', 'b/1']);
    expect(await listPrices.keysOfModel(tenant, 'm', 1)).toHaveLength(1);
    const { priceModelId: _, ...simple } = moved;
    await listPrices.change(moved, () => ({ ...simple, itemId: raincoat }));
    expect(await ofItems(['a'], ['umbrella'])).toEqual([]);
    expect(shortOf(await listPrices.keysOfModel(tenant, 'm', 10))).toEqual(['b/1']);
  });

  it('removes all of one list, and leaves the other lists alone', async () => {
    const tenant = newTenant();
    const { listPrices } = storage();
    await put(
      ...['1', '2', '3'].map((id) => aListPrice({ tenant, priceListId: 'a', id, priceModelId: 'm' })),
    );
    await put(aListPrice({ tenant, priceListId: 'ab', id: '1' }));
    await listPrices.removeAll(tenant, 'a');
    await listPrices.removeAll(tenant, 'none');
    expect(shortOf(await listPrices.ofItems(tenant, ['a', 'ab'], ['umbrella']))).toEqual(['ab/1']);
    expect(await listPrices.keysOfModel(tenant, 'm', 10)).toEqual([]);
  });

  it('lists those of one list, filtered and in pages, in every order', async () => {
    const tenant = newTenant();
    await put(...['C', 'A', 'B'].map((id) => aListPrice({ tenant, id })));
    await put(aListPrice({ tenant, priceListId: 'other', id: 'X' }));
    const idsOf = async (query: object) => {
      const listing = toListing(query, LIST_PRICES, true);
      const { rows, total } = await storage().listPrices.list(tenant, 'wholesale', listing);
      return [rows.map(({ id }) => id).join(''), total];
    };
    expect(await idsOf({})).toEqual(['ABC', 3]);
    expect(await idsOf({ pageNumber: 2, pageSize: 2 })).toEqual(['C', 3]);
    for (const sort of LIST_PRICES.sortable) expect(await idsOf({ sort, q: 'id:B' })).toEqual(['B', 1]);
    expect(await idsOf({ q: 'tierValues.priceValue:>10' })).toEqual(['', 0]);
  });
}
