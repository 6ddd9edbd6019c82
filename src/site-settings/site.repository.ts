import type { Site } from './site.types.js';

/** Where sites are kept. An adapter must pass `test/contracts/site.contract.ts`. */
export abstract class SiteRepository {
  abstract find(tenant: string, code: string): Promise<Site | undefined>;

  /** The tenant's default site; undefined for a tenant without sites. */
  abstract findDefault(tenant: string): Promise<Site | undefined>;

  /** All sites of a tenant, by code. A tenant has few: tens, not thousands. */
  abstract list(tenant: string): Promise<readonly Site[]>;

  /**
   * A site that is to be the default takes that over from the one before, in the same write.
   * @returns false when there is one of that code: nothing was written.
   */
  abstract create(site: Site): Promise<boolean>;

  /**
   * Atomic; the default is taken over as in `create`.
   * @returns false when the stored version is not `expectedVersion`, or there is no such site
   */
  abstract replace(next: Site, expectedVersion: number): Promise<boolean>;

  /** @returns false when there was none. */
  abstract remove(tenant: string, code: string): Promise<boolean>;
}
