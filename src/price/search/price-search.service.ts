import { Injectable } from '@nestjs/common';
import { InvalidInput } from '../../shared/domain-error.js';
import { SiteRepository } from '../../site-settings/index.js';
import { Audiences } from '../audience.js';
import { type FoundPrices, foundPrices, type SearchCriteria } from '../catalog/price-search.rules.js';
import { PriceModelRepository } from '../price-model.repository.js';
import type { PriceModel } from '../price-model.types.js';
import { PriceRepository } from '../price.repository.js';
import { ANY } from '../price.types.js';

export interface PriceSearch extends SearchCriteria {
  readonly itemIds: readonly string[];
  readonly currency?: string;
  /** All prices; only those for everybody; or only those for one customer and their groups. */
  readonly mode: 'ALL_PRICES' | 'COMMON_PRICES' | 'USER_SPECIFIC_PRICES';
  readonly customerId?: string;
  /** Whether items without a price at the sites get those of the tenant's default site. */
  readonly useFallback: boolean;
}

export interface SearchResult {
  readonly found: readonly FoundPrices[];
  readonly models: readonly PriceModel[];
}

/** Finds all prices of some items, for price managers. */
@Injectable()
export class PriceSearchService {
  constructor(
    private readonly prices: PriceRepository,
    private readonly models: PriceModelRepository,
    private readonly sites: SiteRepository,
    private readonly audiences: Audiences,
  ) {}

  /** @throws InvalidInput */
  async search(tenant: string, search: PriceSearch): Promise<SearchResult> {
    const { itemIds, currency, siteCodes, useFallback } = search;
    const audience = await this.audienceOf(tenant, search);
    const limits = { ...(currency !== undefined && { currency }), ...(audience && { audience }) };
    const [prices, models] = await Promise.all([
      this.prices.ofItems(tenant, { itemIds: [...new Set(itemIds)], ...limits }),
      this.models.list(tenant),
    ]);
    const found = foundPrices(itemIds, prices, models, search);
    const main = useFallback && siteCodes ? await this.sites.findDefault(tenant) : undefined;
    if (!main) return { found, models };
    const ofMain = foundPrices(itemIds, prices, models, { ...search, siteCodes: [main.code] });
    return { found: found.map((one, i) => (one.prices.length > 0 ? one : (ofMain[i] ?? one))), models };
  }

  /** @returns undefined for all prices */
  private async audienceOf(
    tenant: string,
    { mode, customerId }: PriceSearch,
  ): Promise<readonly string[] | undefined> {
    if (mode === 'ALL_PRICES') return undefined;
    if (mode === 'COMMON_PRICES') return [ANY];
    if (customerId === undefined) throw InvalidInput.of('principalId', 'is needed with USER_SPECIFIC_PRICES');
    return this.audiences.of(tenant, customerId, undefined);
  }
}
