import { Injectable } from '@nestjs/common';
import { type Localized, readLocalized } from '../../http/language.rules.js';
import { type ListQuery, toListing } from '../../http/query/listing.js';
import { type Page, toPage } from '../../http/query/page.js';
import { Clock } from '../../shared/clock.js';
import { listPage } from '../../shared/filter/filter.rules.js';
import { newId } from '../../shared/ids.js';
import { SiteRepository } from '../../site-settings/index.js';
import { ListPriceRepository } from '../price-list.repository.js';
import { PriceModelRepository } from '../price-model.repository.js';
import type { PriceModel, PriceModelDraft } from '../price-model.types.js';
import { PriceModelExists, PriceModelInUse, PriceModelNotFound } from '../price.errors.js';
import { PriceRepository } from '../price.repository.js';
import { isLike, MODEL_LIST, type ModelFilters } from './price-model-list.js';
import { newModel, replacedModel, withModel } from './price-model.rules.js';

/** A model as it was sent: texts are in the language of the header, else in that of the tenant's default site. */
export interface PriceModelInput extends Omit<PriceModelDraft, 'name' | 'description'> {
  readonly name: string | Localized;
  readonly description?: string | Localized;
  /** The language that `Content-Language` names. */
  readonly language: string | undefined;
}

const REMOVED_AT_ONCE = 100;

@Injectable()
export class PriceModelService {
  constructor(
    private readonly models: PriceModelRepository,
    private readonly prices: PriceRepository,
    private readonly listPrices: ListPriceRepository,
    private readonly sites: SiteRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidInput */
  async list(
    tenant: string,
    query: ListQuery,
    filters: ModelFilters,
    counted: boolean,
  ): Promise<Page<PriceModel>> {
    const listing = toListing(query, MODEL_LIST, counted);
    const found = (await this.models.list(tenant)).filter((model) => isLike(model, filters));
    return toPage(
      listing,
      listPage(found, listing, ({ id }) => id),
    );
  }

  /** @throws PriceModelNotFound */
  async read(tenant: string, id: string): Promise<PriceModel> {
    const model = (await this.models.list(tenant)).find((one) => one.id === id);
    if (!model) throw new PriceModelNotFound(id);
    return model;
  }

  /** @throws InvalidInput | PriceModelExists */
  async create(tenant: string, id: string | undefined, input: PriceModelInput): Promise<string> {
    const model = newModel(
      { tenant, id: id ?? newId() },
      await this.draftOf(tenant, input),
      newId,
      this.clock.now(),
    );
    await this.models.change(tenant, (models) => {
      if (models.some((one) => one.id === model.id)) throw new PriceModelExists(model.id);
      return withModel(models, model);
    });
    return model.id;
  }

  /**
   * Replaces the model, or creates it. If `version` is given, the model must exist.
   * @returns whether the model was created
   * @throws InvalidInput | PriceModelNotFound | VersionConflict
   */
  async upsert(
    tenant: string,
    id: string,
    input: PriceModelInput,
    version: number | undefined,
  ): Promise<boolean> {
    const draft = await this.draftOf(tenant, input);
    const now = this.clock.now();
    let isNew = false;
    await this.models.change(tenant, (models) => {
      const current = models.find((one) => one.id === id);
      isNew = !current;
      if (current) return withModel(models, replacedModel(current, draft, version, newId, now));
      if (version !== undefined) throw new PriceModelNotFound(id);
      return withModel(models, newModel({ tenant, id }, draft, newId, now));
    });
    return isNew;
  }

  /**
   * Deletes a model. A price that is created at the same moment may be left without its model; it then matches nothing.
   * @param withPrices whether to delete the model's prices too
   * @throws PriceModelInUse - the model has prices, and `withPrices` is false
   */
  async remove(tenant: string, id: string, withPrices: boolean): Promise<void> {
    if (!withPrices && (await this.isUsed(tenant, id))) throw new PriceModelInUse(id);
    await this.models.change(tenant, (models) =>
      models.some((one) => one.id === id) ? models.filter((one) => one.id !== id) : models,
    );
    if (withPrices) await this.removePrices(tenant, id);
  }

  /** Returns the language of texts that name none, in which texts are also shown by default. */
  async defaultLanguage(tenant: string): Promise<string> {
    return (await this.sites.findDefault(tenant))?.defaultLanguage ?? 'en';
  }

  private async isUsed(tenant: string, id: string): Promise<boolean> {
    const used = await Promise.all([
      this.prices.idsOfModel(tenant, id, 1),
      this.listPrices.keysOfModel(tenant, id, 1),
    ]);
    return used.some((found) => found.length > 0);
  }

  private async removePrices(tenant: string, model: string): Promise<void> {
    for (;;) {
      const [ids, keys] = await Promise.all([
        this.prices.idsOfModel(tenant, model, REMOVED_AT_ONCE),
        this.listPrices.keysOfModel(tenant, model, REMOVED_AT_ONCE),
      ]);
      if (ids.length + keys.length === 0) return;
      await Promise.all([
        ...ids.map((id) => this.prices.remove(tenant, id)),
        ...keys.map((key) => this.listPrices.remove(key)),
      ]);
    }
  }

  private async draftOf(tenant: string, input: PriceModelInput): Promise<PriceModelDraft> {
    const { name, description, language, ...draft } = input;
    const own = await this.defaultLanguage(tenant);
    return {
      ...draft,
      name: readLocalized('name', name, language, own),
      ...(description !== undefined && {
        description: readLocalized('description', description, language, own),
      }),
    };
  }
}
