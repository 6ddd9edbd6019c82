import { Injectable } from '@nestjs/common';
import { SiteReader } from '../../site-settings/index.js';
import { ListPriceRepository, PriceListRepository } from '../price-list.repository.js';
import type { ListPrice, PriceList } from '../price-list.types.js';
import type { Price } from '../price.types.js';
import { PresentLists } from './present-lists.js';
import { type ListCriteria, listApplies, priceOfList } from './price-list.rules.js';

/** What a list must apply to. What is read for it is read only if the tenant has lists. */
export interface ListPricesQuery extends Omit<ListCriteria, 'country' | 'readers'> {
  readonly tenant: string;
  readonly country: () => Promise<string>;
  readonly readers: () => Promise<readonly string[]>;
}

/** Finds prices in the price lists that apply to somebody. */
@Injectable()
export class ListPrices {
  constructor(
    private readonly present: PresentLists,
    private readonly lists: PriceListRepository,
    private readonly prices: ListPriceRepository,
    private readonly sites: SiteReader,
  ) {}

  /** Returns all prices of these items that apply. */
  async ofItems(query: ListPricesQuery, itemIds: readonly string[]): Promise<readonly Price[]> {
    const { tenant, siteCodes } = query;
    if (itemIds.length === 0 || !(await this.present.any(tenant))) return [];
    const readers = await query.readers();
    const found = await this.lists.ofReaders(tenant, siteCodes, readers);
    const lists = await this.applying(found, query, readers);
    if (lists.length === 0) return [];
    const prices = await this.prices.ofItems(
      tenant,
      lists.map(({ id }) => id),
      itemIds,
    );
    return shown(prices, lists, query);
  }

  /** Returns the prices with these ids that apply. */
  async withIds(query: ListPricesQuery, ids: readonly string[]): Promise<readonly Price[]> {
    const { tenant } = query;
    if (ids.length === 0 || !(await this.present.any(tenant))) return [];
    const prices = await this.prices.withIds(tenant, ids);
    if (prices.length === 0) return [];
    const [found, readers] = await Promise.all([
      this.lists.findAll(
        tenant,
        prices.map(({ priceListId }) => priceListId),
      ),
      query.readers(),
    ]);
    return shown(prices, await this.applying(found, query, readers), query);
  }

  private async applying(
    lists: readonly PriceList[],
    { tenant, siteCodes, currency, at, country }: ListPricesQuery,
    readers: readonly string[],
  ): Promise<readonly PriceList[]> {
    if (lists.length === 0) return [];
    const criteria = { siteCodes, currency, at, readers, country: await country() };
    const sites = lists.every((list) => list.currency !== undefined) ? [] : await this.sites.list(tenant);
    const currencyOf = (code: string) => sites.find((site) => site.code === code)?.currency;
    return lists.filter((list) => listApplies(list, criteria, currencyOf));
  }
}

function shown(
  prices: readonly ListPrice[],
  lists: readonly PriceList[],
  { currency }: ListPricesQuery,
): readonly Price[] {
  const byId = new Map(lists.map((list) => [list.id, list]));
  return prices.flatMap((price) => {
    const list = byId.get(price.priceListId);
    return list ? [priceOfList(price, list, currency)] : [];
  });
}
