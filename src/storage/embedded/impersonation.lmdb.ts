import { ImpersonationRepository } from '../../vtex/impersonation/impersonation.repository.js';
import type { Impersonation } from '../../vtex/impersonation/impersonation.types.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { Table } from './store/table.js';

/** The last moment that a Date can have (ECMA-262, time values): still exact as a number, to the millisecond. */
const LATEST = 8_640_000_000_000_000;

/** Sorts by time, the newest first. */
const ageOf = ({ begunAt }: Impersonation): string => String(LATEST - begunAt.getTime()).padStart(16, '0');

const keyOf = (one: Impersonation): string[] => [one.tenant, ageOf(one), one.id];

export class LmdbImpersonationRepository extends ImpersonationRepository {
  private readonly impersonations: Table<Impersonation>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.impersonations = store.table('impersonations');
  }

  override async add(one: Impersonation): Promise<void> {
    await this.store.write(() => this.impersonations.put(keyOf(one), one));
  }

  override async list(tenant: string, limit: number): Promise<readonly Impersonation[]> {
    return [...this.impersonations.under([tenant], limit)].map(({ row }) => row);
  }

  override async ofCustomer(tenant: string, customerId: string): Promise<readonly Impersonation[]> {
    const all = [...this.impersonations.under([tenant])].map(({ row }) => row);
    return all.filter((one) => one.customerId === customerId);
  }

  override async replace(one: Impersonation): Promise<void> {
    await this.store.write(() => this.impersonations.put(keyOf(one), one));
  }
}
