import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aPriceList } from '../../../test/support/data/builders.js';
import { TestClock } from '../../../test/support/test-clock.js';
import { EmbeddedStorage } from '../../storage/embedded/embedded-storage.js';
import type { ListPriceDraft } from '../price-list.types.js';
import { ListPriceService } from './list-price.service.js';
import { ListPriceRefused, PriceListNotFound } from './price-list.errors.js';

describe('A price that is written while its list is removed', () => {
  const list = { tenant: 'acme', priceListId: 'wholesale' };
  const draft: ListPriceDraft = {
    itemId: { itemType: 'PRODUCT', id: 'umbrella' },
    tierValues: [{ priceValue: 9 }],
  };
  let folder: string;
  let storage: EmbeddedStorage;
  let service: ListPriceService;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'list-prices-'));
    storage = await EmbeddedStorage.open(folder);
    const { listPrices, priceLists, priceModels } = storage;
    service = new ListPriceService(listPrices, priceLists, priceModels, new TestClock());
    await priceLists.create(aPriceList({ tenant: 'acme', id: 'wholesale' }));
    // The list was there when the service looked, and is removed before the price is written.
    const find = priceLists.find.bind(priceLists);
    vi.spyOn(priceLists, 'find').mockImplementationOnce(async (tenant, id) => {
      const found = await find(tenant, id);
      await priceLists.remove(tenant, id);
      return found;
    });
  });
  afterEach(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });

  const left = () => storage.listPrices.withIds('acme', ['one', 'two']);

  it('is refused and not kept', async () => {
    await expect(service.create(list, { id: 'one', draft })).rejects.toThrow(ListPriceRefused);
    expect(await left()).toEqual([]);
  });

  it('is not kept either if it would replace another', async () => {
    await expect(service.put(list, { id: 'one', draft, version: 1 })).rejects.toThrow(PriceListNotFound);
    expect(await left()).toEqual([]);
  });

  it('is refused for each of many', async () => {
    const entries = ['one', 'two'].map((id) => ({ wanted: { id, draft, version: 1 } }));
    const refused = expect.any(ListPriceRefused);
    expect(await service.createEach(list, entries)).toEqual([{ refused }, { refused }]);
    expect(await left()).toEqual([]);
  });
});
