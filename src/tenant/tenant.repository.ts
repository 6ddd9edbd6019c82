import type { Tenant } from './tenant.types.js';

export abstract class TenantRepository {
  /** Tells whether any tenant exists. */
  abstract hasAny(): Promise<boolean>;

  /** Returns the names of all tenants, in the order of the alphabet. */
  abstract names(): Promise<readonly string[]>;

  abstract find(name: string): Promise<Tenant | undefined>;

  /** @returns false when a tenant with that name exists; nothing was written */
  abstract create(tenant: Tenant): Promise<boolean>;
}
