import { PriceModelRepository } from '../../../price/price-model.repository.js';
import type { PriceModel } from '../../../price/price-model.types.js';
import type { EmbeddedStore } from '../store/embedded-store.js';
import type { Table } from '../store/table.js';

export class LmdbPriceModelRepository extends PriceModelRepository {
  /** All of a tenant in one row. */
  private readonly models: Table<readonly PriceModel[]>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.models = store.table('price-models');
  }

  override async list(tenant: string): Promise<readonly PriceModel[]> {
    return this.models.get([tenant]) ?? [];
  }

  override async change(
    tenant: string,
    decide: (current: readonly PriceModel[]) => readonly PriceModel[],
  ): Promise<void> {
    await this.store.write(() => {
      const current = this.models.get([tenant]) ?? [];
      const next = decide(current);
      if (next !== current) this.models.put([tenant], next);
    });
  }
}
