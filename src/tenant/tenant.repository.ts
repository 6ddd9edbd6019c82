import type { Tenant } from './tenant.types.js';

export abstract class TenantRepository {
  abstract find(name: string): Promise<Tenant | undefined>;

  /** @returns false when there is one of that name: nothing was written. */
  abstract create(tenant: Tenant): Promise<boolean>;
}
