import type { DatabaseSync } from 'node:sqlite';
import { PriceModelRepository } from '../../src/price/price-model.repository.js';
import type { PriceModel } from '../../src/price/price-model.types.js';

/** Price models in SQLite: a list for each tenant, as one JSON text. */
export class SqlitePriceModelRepository extends PriceModelRepository {
  constructor(private readonly database: DatabaseSync) {
    super();
    database.exec('CREATE TABLE IF NOT EXISTS price_models (tenant TEXT PRIMARY KEY, models TEXT NOT NULL)');
  }

  override async list(tenant: string): Promise<readonly PriceModel[]> {
    return this.read(tenant);
  }

  /** Reads, decides and writes in one transaction. `IMMEDIATE` keeps out other processes from the read on. */
  override async change(
    tenant: string,
    decide: (current: readonly PriceModel[]) => readonly PriceModel[],
  ): Promise<void> {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      // Neither call waits for anything, so nothing of this process comes in between.
      const current = this.read(tenant);
      const next = decide(current);
      if (next !== current)
        this.database
          .prepare('INSERT OR REPLACE INTO price_models (tenant, models) VALUES (?, ?)')
          .run(tenant, JSON.stringify(next));
      this.database.exec('COMMIT');
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }

  private read(tenant: string): readonly PriceModel[] {
    const row = this.database.prepare('SELECT models FROM price_models WHERE tenant = ?').get(tenant);
    return row ? JSON.parse(String(row['models']), withDates) : [];
  }
}

/** JSON has no dates. */
const withDates = (key: string, value: unknown): unknown =>
  key === 'createdAt' || key === 'modifiedAt' ? new Date(String(value)) : value;
