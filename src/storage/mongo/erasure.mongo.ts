import { ErasureRepository } from '../../customer-admin/erasure.repository.js';
import type { Erasure } from '../../customer-admin/erasure.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { idOf, type Row, Rows } from './rows/rows.js';

type ErasureRow = Row & Erasure;

export class MongoErasureRepository extends ErasureRepository {
  private readonly rows: Rows<ErasureRow>;

  constructor(link: MongoLink) {
    super();
    this.rows = new Rows<ErasureRow>(link, 'erasures');
  }

  override async find(tenant: string, customerId: string): Promise<Erasure | undefined> {
    const row = await this.rows.find(idOf(tenant, customerId));
    return row && erasureOf(row);
  }

  override async save(erasure: Erasure): Promise<void> {
    const _id = idOf(erasure.tenant, erasure.customerId);
    await this.rows.put({ _id }, { _id, ...erasure });
  }

  override async list(limit: number): Promise<readonly Erasure[]> {
    // There are few, and each is soon removed, so `_id` is the only index.
    return (await this.rows.list({}, { sort: { _id: 1 }, limit })).map(erasureOf);
  }

  override async remove(tenant: string, customerId: string): Promise<void> {
    await this.rows.remove({ _id: idOf(tenant, customerId) });
  }

  override async overwriteRemoved(): Promise<void> {
    // The server alone decides when the space in its files is used again.
  }
}

const erasureOf = ({ _id, ...erasure }: ErasureRow): Erasure => erasure;
