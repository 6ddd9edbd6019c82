import { Injectable } from '@nestjs/common';
import { newModel, newPrice, PriceModelRepository, PriceRepository, withModel } from '../price/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { SiteRepository } from '../site-settings/index.js';
import type { DeclaredTenant } from './bootstrap.schema.js';
import { toModelDraft, toPriceDraft } from './price.schema.js';

/** Price models, then the prices that may be of them; sites must be there. */
@Injectable()
export class PriceLoader {
  constructor(
    private readonly models: PriceModelRepository,
    private readonly prices: PriceRepository,
    private readonly sites: SiteRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns for each one whether it was made. @throws InvalidInput - it names what is not there */
  async load({ name: tenant, priceModels, prices }: DeclaredTenant): Promise<readonly boolean[]> {
    if (priceModels.length + prices.length === 0) return [];
    const now = this.clock.now();
    const made: boolean[] = [];
    for (const model of priceModels) made.push(await this.loadModel(tenant, model, now));
    const [models, sites] = await Promise.all([this.models.list(tenant), this.sites.list(tenant)]);
    const references = { models, siteCodes: sites.map(({ code }) => code) };
    const drafts = prices.map((price) =>
      newPrice({ tenant, id: price.id }, toPriceDraft(price), references, now),
    );
    return [...made, ...(await Promise.all(drafts.map((price) => this.prices.create(price))))];
  }

  private async loadModel(
    tenant: string,
    declared: DeclaredTenant['priceModels'][number],
    now: Date,
  ): Promise<boolean> {
    const { id } = declared;
    const model = newModel({ tenant, id }, toModelDraft(declared), newId, now);
    let isNew = false;
    await this.models.change(tenant, (models) => {
      isNew = models.every((one) => one.id !== id);
      return isNew ? withModel(models, model) : models;
    });
    return isNew;
  }
}
