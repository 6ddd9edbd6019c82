/**
 * Everything in the store that belongs to a tenant, whichever feature wrote it, except the tenant's own record. An
 * adapter must pass `test/contracts/tenant-records.contract.ts`, which demands a record in every table that the store
 * has. Counters of rate limits are not included: they name no tenant, and they end by themselves.
 */
export abstract class TenantRecords {
  /**
   * Counts what the tenant has. For tests and support: it reads all of it.
   * @returns the number by table; tables without any are included
   */
  abstract count(tenant: string): Promise<ReadonlyMap<string, number>>;

  /**
   * Removes about `limit` records, in steps that other writers do not wait for. Call it until it returns 0.
   * @returns how many records and entries of indexes were removed
   */
  abstract removeSome(tenant: string, limit: number): Promise<number>;
}
