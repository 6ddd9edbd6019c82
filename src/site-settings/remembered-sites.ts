import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { RememberedOfTenants } from '../shared/remembered.js';
import { SiteReader, SiteRepository, StoredSites } from './site.repository.js';
import type { Site } from './site.types.js';

@Injectable()
export class RememberedSites extends SiteReader {
  private readonly remembered: RememberedOfTenants<readonly Site[]>;

  constructor(stored: StoredSites, clock: Clock) {
    super();
    this.remembered = new RememberedOfTenants(clock, async (tenant) => {
      const sites = await stored.list(tenant);
      return sites.length === 0 ? undefined : sites;
    });
  }

  override async list(tenant: string): Promise<readonly Site[]> {
    return (await this.remembered.of(tenant)) ?? [];
  }

  /** Makes this instance's own change take effect here at once. */
  forget(tenant: string): void {
    this.remembered.forget(tenant);
  }
}

/** Reads from the store, and has each change forget the sites that are remembered. */
@Injectable()
export class RememberingSiteRepository extends SiteRepository {
  constructor(
    private readonly stored: StoredSites,
    private readonly remembered: RememberedSites,
  ) {
    super();
  }

  override find(tenant: string, code: string): Promise<Site | undefined> {
    return this.stored.find(tenant, code);
  }

  override findDefault(tenant: string): Promise<Site | undefined> {
    return this.stored.findDefault(tenant);
  }

  override list(tenant: string): Promise<readonly Site[]> {
    return this.stored.list(tenant);
  }

  override create(site: Site): Promise<boolean> {
    return this.forgetting(site.tenant, this.stored.create(site));
  }

  override replace(next: Site, expectedVersion: number): Promise<boolean> {
    return this.forgetting(next.tenant, this.stored.replace(next, expectedVersion));
  }

  override remove(tenant: string, code: string): Promise<boolean> {
    return this.forgetting(tenant, this.stored.remove(tenant, code));
  }

  /** Forgets even if the write fails: it may have reached the store. */
  private async forgetting(tenant: string, written: Promise<boolean>): Promise<boolean> {
    try {
      return await written;
    } finally {
      this.remembered.forget(tenant);
    }
  }
}
