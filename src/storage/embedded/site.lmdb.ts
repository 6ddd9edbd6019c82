import { SiteRepository } from '../../site-settings/site.repository.js';
import type { Site } from '../../site-settings/site.types.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { Table } from './store/table.js';

export class LmdbSiteRepository extends SiteRepository {
  private readonly sites: Table<Site>;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.sites = store.table('sites');
  }

  override async find(tenant: string, code: string): Promise<Site | undefined> {
    return this.sites.get([tenant, code]);
  }

  override async findDefault(tenant: string): Promise<Site | undefined> {
    return this.of(tenant).find((site) => site.default);
  }

  override async list(tenant: string): Promise<readonly Site[]> {
    return this.of(tenant);
  }

  override create(site: Site): Promise<boolean> {
    return this.store.write(() => {
      if (this.sites.get([site.tenant, site.code])) return false;
      this.put(site, this.of(site.tenant));
      return true;
    });
  }

  override replace(next: Site, expectedVersion: number): Promise<boolean> {
    return this.store.write(() => {
      const all = this.of(next.tenant);
      if (all.find(({ code }) => code === next.code)?.version !== expectedVersion) return false;
      this.put(next, all);
      return true;
    });
  }

  override remove(tenant: string, code: string): Promise<boolean> {
    return this.store.write(() => {
      if (this.sites.get([tenant, code])?.default !== false) return false;
      return this.sites.remove([tenant, code]);
    });
  }

  private of(tenant: string): readonly Site[] {
    return [...this.sites.under([tenant])].map(({ row }) => row);
  }

  /** Keeps exactly one default. @param all sites of the tenant, which are read once because reading them takes long */
  private put(site: Site, all: readonly Site[]): void {
    const others = all.filter((other) => other.default && other.code !== site.code);
    const takesOver = site.default ? others : [];
    for (const other of takesOver) {
      this.sites.put([other.tenant, other.code], { ...other, default: false, version: other.version + 1 });
    }
    this.sites.put([site.tenant, site.code], { ...site, default: site.default || others.length === 0 });
  }
}
