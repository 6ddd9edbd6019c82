import { PriceModelRepository } from '../../../price/price-model.repository.js';
import type { PriceModel } from '../../../price/price-model.types.js';
import type { MongoLink } from '../link/mongo-link.js';
import { CoalescingWriter } from '../rows/coalescing-writer.js';
import { type Codec, type RecordRow, Records } from '../rows/records.js';
import { Rows } from '../rows/rows.js';
import { type Texts, withGivenJson, withStoredJson } from '../rows/stored-json.js';

/** Translations have keys that a caller chose. */
const JSON_FIELDS = ['name', 'description'] as const;

interface TenantModels {
  readonly tenant: string;
  readonly models: readonly PriceModel[];
}

/** All models of a tenant: few, and with one default among them at most, which is an invariant of one document. */
interface TenantModelsRow extends RecordRow {
  readonly models: readonly Texts<PriceModel, (typeof JSON_FIELDS)[number]>[];
}

const codec: Codec<TenantModels, TenantModelsRow> = {
  idOf: ({ tenant }) => tenant,
  toRow: ({ models }) => ({ models: models.map((model) => withStoredJson(model, JSON_FIELDS)) }),
  fromRow: ({ _id, models }) => ({
    tenant: _id,
    models: models.map((model) => withGivenJson<PriceModel>(model, JSON_FIELDS)),
  }),
};

export class MongoPriceModelRepository extends PriceModelRepository {
  private readonly tenants: Records<TenantModels, TenantModelsRow>;
  private readonly writer: CoalescingWriter<TenantModels>;

  constructor(link: MongoLink) {
    super();
    this.tenants = new Records(new Rows<TenantModelsRow>(link, 'tenant_price_models'), codec);
    this.writer = new CoalescingWriter(this.tenants);
  }

  override async list(tenant: string): Promise<readonly PriceModel[]> {
    return (await this.tenants.find(tenant))?.models ?? [];
  }

  override change(
    tenant: string,
    decide: (current: readonly PriceModel[]) => readonly PriceModel[],
  ): Promise<void> {
    return this.writer.change(tenant, (current) => {
      const before = current?.models ?? [];
      const models = decide(before);
      return { next: models === before ? current : { tenant, models }, result: undefined };
    });
  }
}
