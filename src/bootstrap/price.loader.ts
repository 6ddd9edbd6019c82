import { Injectable } from '@nestjs/common';
import {
  newModel,
  newPrice,
  type Price,
  type PriceModel,
  type PriceModelDraft,
  PriceModelRepository,
  PriceRepository,
  withModel,
} from '../price/index.js';
import { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { SiteRepository } from '../site-settings/index.js';
import type { DeclaredTenant } from './bootstrap.schema.js';
import { absent, differing, kept, made, type Outcome } from './outcome.rules.js';
import { placed } from './placed.js';
import { toModelDraft, toPriceDraft } from './price.schema.js';

/** Loads price models, then the prices that may use them. The sites must exist already. */
@Injectable()
export class PriceLoader {
  constructor(
    private readonly models: PriceModelRepository,
    private readonly prices: PriceRepository,
    private readonly sites: SiteRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws WrongConfiguration - names the place in the file and what does not exist */
  async load(
    { name: tenant, priceModels, prices }: DeclaredTenant,
    place: string,
  ): Promise<readonly Outcome[]> {
    if (priceModels.length + prices.length === 0) return [];
    const outcomes: Outcome[] = [];
    for (const [i, model] of priceModels.entries()) {
      outcomes.push(await this.loadModel(tenant, model, `${place}.priceModels[${i}]`));
    }
    return [...outcomes, ...(await this.loadPrices(tenant, prices, place))];
  }

  private async loadPrices(
    tenant: string,
    prices: DeclaredTenant['prices'],
    place: string,
  ): Promise<readonly Outcome[]> {
    const now = this.clock.now();
    const [models, sites] = await Promise.all([this.models.list(tenant), this.sites.list(tenant)]);
    const references = { models, siteCodes: sites.map(({ code }) => code) };
    const records = prices.map((price, i) => {
      const at = `${place}.prices[${i}]`;
      const make = () => newPrice({ tenant, id: price.id }, toPriceDraft(price), references, now);
      return { at, record: placed(at, make) };
    });
    const created = await Promise.all(records.map(({ record }) => this.prices.create(record)));
    const others = records.filter((_, i) => created[i] === false).map(({ record }) => record.id);
    const stored = others.length === 0 ? [] : await this.prices.findAll(tenant, others);
    return records.map(({ at, record }, i) => {
      if (created[i]) return made(at);
      const there = stored.find(({ id }) => id === record.id);
      return there ? kept(at, differing(declaredPartOf(record), there)) : absent(at);
    });
  }

  private async loadModel(
    tenant: string,
    declared: DeclaredTenant['priceModels'][number],
    place: string,
  ): Promise<Outcome> {
    const { id } = declared;
    const draft = toModelDraft(declared);
    const model = placed(place, () => newModel({ tenant, id }, draft, newId, this.clock.now()));
    let stored: PriceModel | undefined;
    await this.models.change(tenant, (models) => {
      stored = models.find((one) => one.id === id);
      return stored ? models : withModel(models, model);
    });
    return stored ? kept(place, differing(comparable({ ...draft }), comparable(stored))) : made(place);
  }
}

/** Leaves out the ids of tiers, which are generated for each record. */
const comparable = ({ tiers = [], ...model }: PriceModelDraft) => ({
  ...model,
  tiers: tiers.map(({ minQuantity }) => minQuantity),
});

const declaredPartOf = ({
  mixins: _m,
  mixinSchemas: _s,
  createdAt: _c,
  modifiedAt: _d,
  version: _v,
  ...told
}: Price) => told;
