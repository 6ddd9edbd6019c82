import { Injectable } from '@nestjs/common';
import {
  type Draft,
  LegalEntityRepository,
  newRecord,
  replacedRecord,
} from '../../client-management/index.js';
import { Clock } from '../../shared/clock.js';
import type { Listed, Listing } from '../../shared/filter/filter.types.js';
import { newId } from '../../shared/ids.js';
import { SiteRepository } from '../../site-settings/index.js';
import { ListPriceRepository, PriceListRepository } from '../price-list.repository.js';
import type { PriceList, PriceListDraft } from '../price-list.types.js';
import { PresentLists } from './present-lists.js';
import { PriceListExists, PriceListNotFound } from './price-list.errors.js';
import { contentOfList } from './price-list.rules.js';

/** Manages the price lists of a tenant. */
@Injectable()
export class PriceListService {
  constructor(
    private readonly lists: PriceListRepository,
    private readonly prices: ListPriceRepository,
    private readonly present: PresentLists,
    private readonly sites: SiteRepository,
    private readonly entities: LegalEntityRepository,
    private readonly clock: Clock,
  ) {}

  list(tenant: string, listing: Listing): Promise<Listed<PriceList>> {
    return this.lists.list(tenant, listing);
  }

  /** @throws PriceListNotFound */
  async read(tenant: string, id: string): Promise<PriceList> {
    const list = await this.lists.find(tenant, id);
    if (!list) throw new PriceListNotFound(id);
    return list;
  }

  /** @returns the id @throws InvalidInput | TooLarge | PriceListExists */
  async create(tenant: string, draft: PriceListDraft, id = newId()): Promise<string> {
    const content = await this.contentOf(tenant, draft);
    const list = newRecord<PriceList>({ tenant, id }, content, this.clock.now());
    const made = await this.changing(tenant, this.lists.create(list));
    if (!made) throw new PriceListExists(id);
    return id;
  }

  /**
   * Replaces a list, or creates it.
   * @returns whether it was created
   * @throws PriceListNotFound - a version was named, and there is no list of this version
   * @throws InvalidInput | TooLarge
   */
  async put(tenant: string, id: string, draft: PriceListDraft, version?: number): Promise<boolean> {
    const content = await this.contentOf(tenant, draft);
    const now = this.clock.now();
    let isNew = false;
    const decide = (current: PriceList | undefined): PriceList => {
      isNew = !current;
      if (version !== undefined && current?.version !== version) throw new PriceListNotFound(id, version);
      if (current) return replacedRecord<PriceList>(current, content, version, now);
      return newRecord<PriceList>({ tenant, id }, content, now);
    };
    await this.changing(tenant, this.lists.change(tenant, id, decide));
    return isNew;
  }

  /**
   * Removes a list with its prices. Removing one that does not exist succeeds, and removes prices that an interrupted
   * removal left behind. The list goes first, so that none of its prices matches from then on.
   */
  async remove(tenant: string, id: string): Promise<void> {
    await this.changing(tenant, this.lists.remove(tenant, id));
    await this.prices.removeAll(tenant, id);
  }

  /** Forgets even if the write fails: it may have reached the store. */
  private async changing<T>(tenant: string, written: Promise<T>): Promise<T> {
    try {
      return await written;
    } finally {
      this.present.forget(tenant);
    }
  }

  private async contentOf(tenant: string, draft: PriceListDraft): Promise<Draft<PriceList>> {
    const { legalEntityId } = draft;
    const [sites, entity] = await Promise.all([
      this.sites.list(tenant),
      legalEntityId === undefined ? undefined : this.entities.find(tenant, legalEntityId),
    ]);
    return contentOfList(
      draft,
      sites.map(({ code }) => code),
      entity,
    );
  }
}
