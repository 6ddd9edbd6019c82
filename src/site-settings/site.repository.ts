import type { Site } from './site.types.js';

/**
 * Lists the sites of a tenant for decisions about shoppers, without reading the store each time. A change that another
 * instance made counts after five seconds at most. Code that shows or changes sites uses `SiteRepository`.
 */
export abstract class SiteReader {
  /** Lists all sites of a tenant by code. */
  abstract list(tenant: string): Promise<readonly Site[]>;
}

/**
 * Stores sites. An adapter must pass `test/contracts/site.contract.ts`.
 *
 * A tenant that has sites has exactly one default, whatever writes are concurrent. A site that is written as the
 * default replaces the previous one, whose version grows by one in the same write. A site that is written as not the
 * default stays the default while no other site of the tenant is.
 */
export abstract class SiteRepository {
  abstract find(tenant: string, code: string): Promise<Site | undefined>;

  /** Finds the tenant's default site. Only a tenant without sites has none. */
  abstract findDefault(tenant: string): Promise<Site | undefined>;

  /** Lists all sites of a tenant by code. A tenant has tens of sites, not thousands. */
  abstract list(tenant: string): Promise<readonly Site[]>;

  /** @returns false when the code is taken; nothing was written */
  abstract create(site: Site): Promise<boolean>;

  /**
   * Replaces a site atomically. `next` has the new version.
   * @returns false when the stored version is not `expectedVersion`, or there is no such site
   */
  abstract replace(next: Site, expectedVersion: number): Promise<boolean>;

  /** @returns false when there was no such site or it is the default; nothing was removed */
  abstract remove(tenant: string, code: string): Promise<boolean>;
}

/**
 * The same port as a store offers it. Only `RememberedSites` and `RememberingSiteRepository` use it; everything else
 * injects `SiteRepository`, so that no change can bypass what is remembered.
 */
export abstract class StoredSites extends SiteRepository {}
