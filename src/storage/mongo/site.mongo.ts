import { SiteRepository } from '../../site-settings/site.repository.js';
import type { Site } from '../../site-settings/site.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { CoalescingWriter } from './rows/coalescing-writer.js';
import { type Codec, type RecordRow, Records } from './rows/records.js';
import { Rows } from './rows/rows.js';
import { type Texts, withGivenJson, withStoredJson } from './rows/stored-json.js';
import { toStored } from './rows/stored-text.js';

const JSON_FIELDS = ['mixins', 'mixinSchemas', 'services'] as const;
type JsonField = (typeof JSON_FIELDS)[number];

interface TenantSites {
  readonly tenant: string;
  /** By code. */
  readonly sites: readonly Site[];
}

/** All sites of a tenant: few, and with one default among them, which is an invariant of one document. */
interface TenantSitesRow extends RecordRow {
  readonly sites: readonly Texts<Site, JsonField>[];
}

const codec: Codec<TenantSites, TenantSitesRow> = {
  idOf: ({ tenant }) => tenant,
  toRow: ({ sites }) => ({ sites: sites.map((site) => withStoredJson(site, JSON_FIELDS)) }),
  fromRow: ({ _id, sites }) => ({ tenant: _id, sites: sites.map(siteOf) }),
};

const siteOf = (row: Texts<Site, JsonField>): Site => withGivenJson<Site>(row, JSON_FIELDS);

export class MongoSiteRepository extends SiteRepository {
  private readonly tenants: Records<TenantSites, TenantSitesRow>;
  private readonly writer: CoalescingWriter<TenantSites>;

  constructor(link: MongoLink) {
    super();
    this.tenants = new Records(new Rows<TenantSitesRow>(link, 'tenant_sites'), codec);
    this.writer = new CoalescingWriter(this.tenants);
  }

  override find(tenant: string, code: string): Promise<Site | undefined> {
    return this.first(tenant, { code });
  }

  override findDefault(tenant: string): Promise<Site | undefined> {
    return this.first(tenant, { default: true });
  }

  override async list(tenant: string): Promise<readonly Site[]> {
    return (await this.tenants.find(tenant))?.sites ?? [];
  }

  override create(site: Site): Promise<boolean> {
    return this.change(site.tenant, (sites) =>
      sites.some(named(site.code)) ? sites : withSite(sites, site),
    );
  }

  override replace(next: Site, expectedVersion: number): Promise<boolean> {
    return this.change(next.tenant, (sites) =>
      sites.find(named(next.code))?.version === expectedVersion ? withSite(sites, next) : sites,
    );
  }

  override remove(tenant: string, code: string): Promise<boolean> {
    return this.change(tenant, (sites) => {
      const removable = sites.some((site) => site.code === code && !site.default);
      return removable ? sites.filter((site) => site.code !== code) : sites;
    });
  }

  /** Sends only the requested site from the server. */
  private async first(tenant: string, like: { code: string } | { default: true }): Promise<Site | undefined> {
    const row = await this.tenants.rows.find(tenant, toStored({ sites: { $elemMatch: like } }));
    const [site] = row?.sites ?? [];
    return site && siteOf(site);
  }

  /** @returns whether there was anything to write, because `decide` returned other sites than it got */
  private change(tenant: string, decide: (sites: readonly Site[]) => readonly Site[]): Promise<boolean> {
    return this.writer.change(tenant, (current) => {
      const before = current?.sites ?? [];
      const sites = decide(before);
      return sites === before ? { next: current, result: false } : { next: { tenant, sites }, result: true };
    });
  }
}

const named =
  (code: string) =>
  (site: Site): boolean =>
    site.code === code;

/** Adds or replaces a site. Exactly one stays the default; a site that stops being it gets the next version. */
function withSite(sites: readonly Site[], site: Site): readonly Site[] {
  const others = sites.filter((other) => other.code !== site.code);
  const isDefault = site.default || !others.some((other) => other.default);
  const demoted = others.map((other) =>
    isDefault && other.default ? { ...other, default: false, version: other.version + 1 } : other,
  );
  return [...demoted, { ...site, default: isDefault }].sort((a, b) => (a.code < b.code ? -1 : 1));
}
