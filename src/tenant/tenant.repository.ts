import type { Tenant } from './tenant.types.js';

export abstract class TenantRepository {
  /** Whether there is a tenant at all. */
  abstract hasAny(): Promise<boolean>;

  abstract find(name: string): Promise<Tenant | undefined>;

  /** @returns false when there is one of that name: nothing was written. */
  abstract create(tenant: Tenant): Promise<boolean>;
}
