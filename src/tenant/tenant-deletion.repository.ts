import type { TenantDeletion } from './tenant-deletion.types.js';

/** Stores deletions of tenants. An adapter must pass `test/contracts/tenant-deletion.contract.ts`. */
export abstract class TenantDeletionRepository {
  abstract find(tenant: string): Promise<TenantDeletion | undefined>;

  /** Returns all deletions, finished ones too, by the tenants' names. There are few. */
  abstract list(): Promise<readonly TenantDeletion[]>;

  /** Stores the deletion in place of an earlier one of a tenant with this name. */
  abstract save(deletion: TenantDeletion): Promise<void>;

  abstract remove(tenant: string): Promise<void>;
}
