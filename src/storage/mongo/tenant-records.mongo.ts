import type { mongo } from 'mongoose';
import { TenantRecords } from '../../tenant/tenant-records.repository.js';
import type { MongoLink } from './link/mongo-link.js';
import { type Collection, SCHEMAS } from './link/schemas.js';

/** Removed by one command: far below what a socket waits for. */
const AT_ONCE = 500;

/** These belong to the service. The counters of rate limits name no tenant, and end by themselves. */
const OF_THE_SERVICE: ReadonlySet<Collection> = new Set([
  'tenants',
  'tenant_deletions',
  'signing_keys',
  'rate_counters',
]);

/** A client's id alone is its `_id`; see `MongoClientRepository`. */
const BY_FIELD: ReadonlySet<Collection> = new Set(['clients']);

type Rows = mongo.Collection<{ _id: string }>;

/** Needs no list of collections: those that are declared hold a tenant's rows under its name, unless told otherwise here. */
export class MongoTenantRecords extends TenantRecords {
  constructor(private readonly link: MongoLink) {
    super();
  }

  override async count(tenant: string): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const name of COLLECTIONS) {
      const found = filtersFor(name, tenant).map((filter) =>
        this.link.run(() => this.rows(name).countDocuments(filter)),
      );
      counts.set(
        name,
        (await Promise.all(found)).reduce((sum, one) => sum + one, 0),
      );
    }
    return counts;
  }

  override async removeSome(tenant: string, limit: number): Promise<number> {
    let removed = 0;
    for (const name of COLLECTIONS) {
      for (const filter of filtersFor(name, tenant)) {
        let batch: number;
        do {
          batch = await this.removeBatch(name, filter);
          removed += batch;
          if (removed >= limit) return removed;
        } while (batch > 0);
      }
    }
    return removed;
  }

  private async removeBatch(name: Collection, filter: object): Promise<number> {
    const some = { projection: { _id: 1 }, limit: AT_ONCE } as const;
    const found = await this.link.run(() => this.rows(name).find(filter, some).toArray());
    if (found.length === 0) return 0;
    const ids = found.map(({ _id }) => _id);
    const { deletedCount } = await this.link.run(() => this.rows(name).deleteMany({ _id: { $in: ids } }));
    return deletedCount;
  }

  private rows(name: Collection): Rows {
    return this.link.collection(name) as unknown as Rows;
  }
}

const COLLECTIONS = (Object.keys(SCHEMAS) as Collection[]).filter((name) => !OF_THE_SERVICE.has(name));

/** `_id` is the tenant, or begins with it and a slash, behind which `0` sorts; see `idOf`. */
const filtersFor = (name: Collection, tenant: string): readonly object[] =>
  BY_FIELD.has(name) ? [{ tenant }] : [{ _id: tenant }, { _id: { $gte: `${tenant}/`, $lt: `${tenant}0` } }];
