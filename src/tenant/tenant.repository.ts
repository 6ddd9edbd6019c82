import type { Tenant } from './tenant.types.js';

/** Stores tenants. An adapter must pass `test/contracts/tenant.contract.ts`. */
export abstract class TenantRepository {
  /** Tells whether any tenant exists. */
  abstract hasAny(): Promise<boolean>;

  /** Returns the names of all tenants, in the order of the alphabet. */
  abstract names(): Promise<readonly string[]>;

  abstract find(name: string): Promise<Tenant | undefined>;

  /** Returns all tenants, by name. For the operator: there are some thousands at most. */
  abstract list(): Promise<readonly Tenant[]>;

  /** @returns false when a tenant with that name exists; nothing was written */
  abstract create(tenant: Tenant): Promise<boolean>;

  /**
   * Reads and writes one tenant in one atomic step. `decide` must be pure, because it runs again if another writer was
   * faster. If it throws, nothing is written and the error is passed on. The name never changes.
   * @returns what is stored now, or undefined if there is no such tenant
   */
  abstract change(name: string, decide: (current: Tenant) => Tenant): Promise<Tenant | undefined>;

  /** @returns false if there is no such tenant */
  abstract remove(name: string): Promise<boolean>;
}
