import type { Site } from './site.types.js';

/**
 * Where sites are kept. An adapter must pass `test/contracts/site.contract.ts`.
 *
 * A tenant that has sites has exactly one default, whatever writes come at once: a site that is written as
 * the default takes that over from the one before, whose version grows by one, in the same write; a site that
 * is written as not the default is kept as the default while no other site of the tenant is.
 */
export abstract class SiteRepository {
  abstract find(tenant: string, code: string): Promise<Site | undefined>;

  /** The tenant's default site; undefined for a tenant without sites. */
  abstract findDefault(tenant: string): Promise<Site | undefined>;

  /** All sites of a tenant, by code. A tenant has few: tens, not thousands. */
  abstract list(tenant: string): Promise<readonly Site[]>;

  /** @returns false when there is one of that code: nothing was written. */
  abstract create(site: Site): Promise<boolean>;

  /**
   * Atomic. `next` carries its own version.
   * @returns false when the stored version is not `expectedVersion`, or there is no such site
   */
  abstract replace(next: Site, expectedVersion: number): Promise<boolean>;

  /** @returns false when there was none, or it is the default: nothing was removed. */
  abstract remove(tenant: string, code: string): Promise<boolean>;
}
