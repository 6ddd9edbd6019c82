import { Injectable } from '@nestjs/common';
import type { Principal } from '../../auth/index.js';
import { type BatchEntry, type BatchOutcome, doEach } from '../../http/input/batch.js';
import { type ListQuery, toListing } from '../../http/query/listing.js';
import { type Page, toPage } from '../../http/query/page.js';
import { isShopper } from '../../session/index.js';
import { Clock } from '../../shared/clock.js';
import { newId } from '../../shared/ids.js';
import { SiteRepository } from '../../site-settings/index.js';
import { Audiences } from '../audience.js';
import { isForAudience } from '../matching/match.rules.js';
import { PriceModelRepository } from '../price-model.repository.js';
import type { PriceModel } from '../price-model.types.js';
import { PriceExists, PriceNotFound } from '../price.errors.js';
import { PriceRepository } from '../price.repository.js';
import { changedPrice, complete, newPrice, type PriceChange, type References } from '../price.rules.js';
import type { Price, PriceDraft } from '../price.types.js';
import { PRICE_LIST } from './price-list.js';
import { filterOf, type PriceFilters } from './price-search.rules.js';

/** A price, with its model if that was requested. */
export interface PriceWithModel {
  readonly price: Price;
  readonly model?: PriceModel;
}

export interface NewPrice {
  /** Generated if absent. */
  readonly id?: string;
  readonly draft: PriceDraft;
}

/** A price to create or change. An absent id is generated. */
export type PriceUpsert = PriceChange & { readonly id?: string };

/** Manages the prices of a tenant as they are stored. PriceService works out what a shopper pays. */
@Injectable()
export class PriceCatalogService {
  constructor(
    private readonly prices: PriceRepository,
    private readonly models: PriceModelRepository,
    private readonly sites: SiteRepository,
    private readonly audiences: Audiences,
    private readonly clock: Clock,
  ) {}

  /**
   * Lists prices. A shopper sees only those that apply to everybody, to their own customer or to that customer's
   * groups.
   * @param maxBytes limit for the page, measured as stored
   * @throws InvalidInput
   */
  async list(
    caller: Principal,
    query: ListQuery,
    filters: PriceFilters,
    counted: boolean,
    maxBytes: number,
  ): Promise<Page<Price>> {
    const listing = toListing(query, PRICE_LIST, counted);
    const filter = [...listing.filter, ...filterOf(filters, await this.audienceOf(caller))];
    return toPage(listing, await this.prices.list(caller.tenant, { ...listing, filter, maxBytes }));
  }

  /** @throws PriceNotFound */
  async read(caller: Principal, id: string, withModel: boolean): Promise<PriceWithModel> {
    const [price, audience] = await Promise.all([
      this.prices.find(caller.tenant, id),
      this.audienceOf(caller),
    ]);
    if (!price || (audience && !isForAudience(price, audience))) throw new PriceNotFound(id);
    if (!withModel) return { price };
    const model = (await this.models.list(caller.tenant)).find((one) => one.id === price.priceModelId);
    return { price, ...(model && { model }) };
  }

  /** @throws InvalidInput | TooLarge | PriceExists */
  async create(tenant: string, wanted: NewPrice): Promise<string> {
    return this.make(tenant, wanted, await this.referencesOf(tenant));
  }

  async createEach(
    tenant: string,
    entries: readonly BatchEntry<NewPrice>[],
  ): Promise<readonly BatchOutcome[]> {
    const references = await this.referencesOf(tenant);
    return doEach(entries, async (wanted) => ({
      id: await this.make(tenant, wanted, references),
      done: 'created',
    }));
  }

  /**
   * Changes the price, or creates it. A partial change, or one that names a version, requires an existing price.
   * @returns whether the price was created
   * @throws PriceNotFound | VersionConflict | InvalidInput | TooLarge
   */
  async upsert(tenant: string, id: string, change: PriceChange): Promise<boolean> {
    return this.put(tenant, id, change, await this.referencesOf(tenant));
  }

  async upsertEach(
    tenant: string,
    entries: readonly BatchEntry<PriceUpsert>[],
  ): Promise<readonly BatchOutcome[]> {
    const references = await this.referencesOf(tenant);
    return doEach(entries, async ({ id = newId(), ...change }) => {
      const isNew = await this.put(tenant, id, change, references);
      return { id, done: isNew ? 'created' : 'changed' };
    });
  }

  /** @throws PriceNotFound */
  async remove(tenant: string, id: string): Promise<void> {
    if (!(await this.prices.remove(tenant, id))) throw new PriceNotFound(id);
  }

  private async make(
    tenant: string,
    { id = newId(), draft }: NewPrice,
    references: References,
  ): Promise<string> {
    const made = await this.prices.create(newPrice({ tenant, id }, draft, references, this.clock.now()));
    if (!made) throw new PriceExists(id);
    return id;
  }

  private async put(
    tenant: string,
    id: string,
    change: PriceChange,
    references: References,
  ): Promise<boolean> {
    const now = this.clock.now();
    let isNew = false;
    await this.prices.change(tenant, id, (current) => {
      isNew = !current;
      if (current) return changedPrice(current, change, references, now);
      if (change.partial || change.version !== undefined) throw new PriceNotFound(id);
      return newPrice({ tenant, id }, complete(change.changes), references, now);
    });
    return isNew;
  }

  /** @returns undefined for services, which see all prices */
  private async audienceOf(caller: Principal): Promise<readonly string[] | undefined> {
    if (caller.kind === 'service') return undefined;
    const { legalEntityId } = isShopper(caller) ? caller.session : {};
    return this.audiences.of(caller.tenant, caller.customerId, legalEntityId);
  }

  private async referencesOf(tenant: string): Promise<References> {
    const [models, sites] = await Promise.all([this.models.list(tenant), this.sites.list(tenant)]);
    return { models, siteCodes: sites.map(({ code }) => code) };
  }
}
