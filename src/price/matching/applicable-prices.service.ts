import { Injectable } from '@nestjs/common';
import { Memberships } from '../../client-management/index.js';
import { Audiences } from '../audience.js';
import { ListPrices } from '../lists/list-prices.service.js';
import { keyOfEntity } from '../lists/price-list.rules.js';
import { PriceRepository } from '../price.repository.js';
import { keyOfPrincipal } from '../price.rules.js';
import { ANY, type Price, type PricePrincipal } from '../price.types.js';
import { isForAudience } from './match.rules.js';
import type { WantedItem } from './match.types.js';

/** Who buys. */
export interface Buyer {
  readonly tenant: string;
  readonly principal?: PricePrincipal;
  readonly legalEntityId?: string;
  /** Whether a service vouches for the legal entity; otherwise, the customer must be assigned to it. */
  readonly vouched: boolean;
}

/** Where and when something is bought. */
export interface Place {
  readonly siteCodes: readonly string[];
  readonly currency: string;
  /** Called at most once, and only if a price depends on it. */
  readonly country: () => Promise<string>;
  readonly at: Date;
}

export interface NamedForBuyer {
  readonly prices: readonly Price[];
  /** Principal keys of the buyer. Empty if none of the prices depends on them. */
  readonly audience: readonly string[];
}

/** Reads the prices that may apply to a buyer: single ones, and those in price lists. */
@Injectable()
export class ApplicablePrices {
  constructor(
    private readonly prices: PriceRepository,
    private readonly lists: ListPrices,
    private readonly audiences: Audiences,
    private readonly memberships: Memberships,
  ) {}

  /** @param audience the buyer's, from `audienceOf` */
  async ofItems(
    buyer: Buyer,
    audience: readonly string[],
    place: Place,
    items: readonly WantedItem[],
  ): Promise<readonly Price[]> {
    const { tenant } = buyer;
    const [priceIds, itemIds] = [idsOf(items, true), idsOf(items, false)];
    const query = { tenant, ...place, readers: () => this.readersOf(buyer, audience) };
    const limits = { currency: place.currency, audience: [ANY, ...audience] };
    const found = await Promise.all([
      this.prices.findAll(tenant, priceIds),
      this.prices.ofItems(tenant, { itemIds, ...limits }),
      this.lists.withIds(query, priceIds),
      this.lists.ofItems(query, itemIds),
    ]);
    return found.flat();
  }

  /** The audience is read only if a price depends on it, so adding an item to a cart usually costs one read. */
  async withIds(buyer: Buyer, place: Place, ids: readonly string[]): Promise<NamedForBuyer> {
    const { tenant } = buyer;
    const audience = once(() => this.audienceOf(buyer));
    const readers = async () => this.readersOf(buyer, await audience());
    const [single, listed] = await Promise.all([
      this.prices.findAll(tenant, ids),
      this.lists.withIds({ tenant, ...place, readers }, ids),
    ]);
    const isForAll = single.every((price) => isForAudience(price, [ANY]));
    return { prices: [...single, ...listed], audience: isForAll ? [] : await audience() };
  }

  /** Returns the principal keys whose prices apply to the buyer. */
  async audienceOf({ tenant, principal, legalEntityId }: Buyer): Promise<readonly string[]> {
    if (principal?.type === 'GROUP') return [keyOfPrincipal(principal)];
    return this.audiences.of(tenant, principal?.id, legalEntityId);
  }

  private async readersOf(
    { tenant, principal, legalEntityId, vouched }: Buyer,
    audience: readonly string[],
  ): Promise<readonly string[]> {
    const everybody = [ANY, ...audience];
    if (legalEntityId === undefined) return everybody;
    const line = vouched
      ? await this.memberships.lineOf(tenant, legalEntityId)
      : await this.memberships.lineFor(tenant, principal?.id, legalEntityId);
    return [...everybody, ...line.map(keyOfEntity)];
  }
}

const idsOf = (items: readonly WantedItem[], named: boolean): readonly string[] => [
  ...new Set(
    items.filter(({ itemId }) => (itemId.itemType === 'PRICE') === named).map(({ itemId }) => itemId.id),
  ),
];

/** Returns the same promise for every call. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
