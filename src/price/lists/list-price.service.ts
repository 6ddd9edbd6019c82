import { Injectable } from '@nestjs/common';
import { type BatchEntry, type BatchOutcome, doEach } from '../../http/input/batch.js';
import { Clock } from '../../shared/clock.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import { newId } from '../../shared/ids.js';
import { PriceModelRepository } from '../price-model.repository.js';
import type { PriceModel } from '../price-model.types.js';
import { ListPriceRepository, PriceListRepository } from '../price-list.repository.js';
import type { ListPrice, ListPriceDraft, ListPriceKey } from '../price-list.types.js';
import {
  ListPriceExists,
  ListPriceNotFound,
  ListPriceRefused,
  PriceListNotFound,
} from './price-list.errors.js';
import { newListPrice, replacedListPrice } from './price-list.rules.js';

/** A list of a tenant. */
export type ListKey = Pick<ListPriceKey, 'tenant' | 'priceListId'>;

export interface NewListPrice {
  /** Generated if absent. */
  readonly id?: string;
  readonly draft: ListPriceDraft;
}

export interface ListPriceUpsert {
  readonly id: string;
  readonly draft: ListPriceDraft;
  /** The version that the caller read. A price that does not exist yet is created whatever it says. */
  readonly version: number;
}

/** Manages the prices in the price lists of a tenant. */
@Injectable()
export class ListPriceService {
  constructor(
    private readonly prices: ListPriceRepository,
    private readonly lists: PriceListRepository,
    private readonly models: PriceModelRepository,
    private readonly clock: Clock,
  ) {}

  /** Lists the prices of a list. A list that does not exist has none. */
  list({ tenant, priceListId }: ListKey, listing: Listing): Promise<Listed<ListPrice>> {
    return this.prices.list(tenant, priceListId, listing);
  }

  /** @throws ListPriceNotFound */
  async read(key: ListPriceKey): Promise<ListPrice> {
    const price = await this.prices.find(key);
    if (!price) throw new ListPriceNotFound(key.id);
    return price;
  }

  /** @returns the id @throws ListPriceRefused | ListPriceExists */
  async create(list: ListKey, wanted: NewListPrice): Promise<string> {
    return this.whileListed(list, (models) => this.make(list, wanted, models));
  }

  async createEach(
    list: ListKey,
    entries: readonly BatchEntry<NewListPrice>[],
  ): Promise<readonly BatchOutcome[]> {
    return this.whileListed(list, (models) =>
      doEach(entries, async (wanted) => ({ id: await this.make(list, wanted, models), done: 'created' })),
    );
  }

  /**
   * Replaces the price, or creates it.
   * @returns whether it was created
   * @throws PriceListNotFound | InvalidInput
   * @throws ListPriceNotFound - the price has another version
   */
  async put(list: ListKey, wanted: ListPriceUpsert): Promise<boolean> {
    return this.whileListed(list, (models) => this.save(list, wanted, models));
  }

  async putEach(
    list: ListKey,
    entries: readonly BatchEntry<ListPriceUpsert>[],
  ): Promise<readonly BatchOutcome[]> {
    return this.whileListed(list, (models) =>
      doEach(entries, async (wanted) => ({
        id: wanted.id,
        done: (await this.save(list, wanted, models)) ? 'created' : 'changed',
      })),
    );
  }

  /** Removes the price. Removing one that does not exist succeeds. */
  async remove(key: ListPriceKey): Promise<void> {
    await this.prices.remove(key);
  }

  async removeEach(list: ListKey, ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map((id) => this.prices.remove({ ...list, id })));
  }

  /** Writes prices of a list. If the list was removed meanwhile, they are removed too, and refused. */
  private async whileListed<T>(
    list: ListKey,
    write: (models: readonly PriceModel[] | undefined) => Promise<T>,
  ): Promise<T> {
    const { tenant, priceListId } = list;
    const models = await this.modelsFor(list);
    const done = await write(models);
    if (!models || (await this.lists.find(tenant, priceListId))) return done;
    await this.prices.removeAll(tenant, priceListId);
    return write(undefined);
  }

  private async make(
    list: ListKey,
    { id = newId(), draft }: NewListPrice,
    models: readonly PriceModel[] | undefined,
  ): Promise<string> {
    const price = refusedWithCode(() => {
      if (!models) throw InvalidInput.of('priceListId', `no price list has the id ${list.priceListId}`);
      return newListPrice({ ...list, id }, draft, models, this.clock.now());
    });
    if (!(await this.prices.create(price))) throw new ListPriceExists(id);
    return id;
  }

  private async save(
    list: ListKey,
    { id, draft, version }: ListPriceUpsert,
    models: readonly PriceModel[] | undefined,
  ): Promise<boolean> {
    if (!models) throw new PriceListNotFound(list.priceListId);
    const now = this.clock.now();
    let isNew = false;
    await this.prices.change({ ...list, id }, (current) => {
      isNew = !current;
      if (!current) return newListPrice({ ...list, id }, draft, models, now);
      if (current.version !== version) throw new ListPriceNotFound(id, version);
      return replacedListPrice(current, draft, models, now);
    });
    return isNew;
  }

  /** @returns undefined if there is no such list */
  private async modelsFor({ tenant, priceListId }: ListKey): Promise<readonly PriceModel[] | undefined> {
    const [list, models] = await Promise.all([
      this.lists.find(tenant, priceListId),
      this.models.list(tenant),
    ]);
    return list && models;
  }
}

/** @throws ListPriceRefused */
function refusedWithCode<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof InvalidInput ? new ListPriceRefused(error) : error;
  }
}
