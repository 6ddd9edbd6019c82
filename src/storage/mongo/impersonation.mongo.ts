import { ImpersonationRepository } from '../../vtex/impersonation/impersonation.repository.js';
import type { Impersonation } from '../../vtex/impersonation/impersonation.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { idOf, type Row, Rows } from './rows/rows.js';

type ImpersonationRow = Row & Impersonation;

export class MongoImpersonationRepository extends ImpersonationRepository {
  private readonly rows: Rows<ImpersonationRow>;

  constructor(link: MongoLink) {
    super();
    this.rows = new Rows<ImpersonationRow>(link, 'impersonations');
  }

  override async add(one: Impersonation): Promise<void> {
    await this.rows.insert({ _id: idOf(one.tenant, one.id), ...one });
  }

  override async list(tenant: string, limit: number): Promise<readonly Impersonation[]> {
    const found = await this.rows.list({ tenant }, { sort: { begunAt: -1 }, limit });
    return found.map(({ _id, ...one }) => one);
  }

  override async ofCustomer(tenant: string, customerId: string): Promise<readonly Impersonation[]> {
    const found = await this.rows.list({ tenant, customerId }, { hint: { tenant: 1, customerId: 1 } });
    return found.map(({ _id, ...one }) => one);
  }

  override async replace(one: Impersonation): Promise<void> {
    const _id = idOf(one.tenant, one.id);
    await this.rows.replace({ _id }, { _id, ...one });
  }
}
