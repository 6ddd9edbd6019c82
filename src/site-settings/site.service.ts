import { Injectable } from '@nestjs/common';
import type { ListSpec } from '../http/query/list-fields.js';
import { type ListQuery, toListing } from '../http/query/listing.js';
import { type Page, toPage } from '../http/query/page.js';
import { InvalidInput } from '../shared/domain-error.js';
import { listPage } from '../shared/filter/filter.rules.js';
import type { Filter } from '../shared/filter/filter.types.js';
import { changeSite } from './change-site.js';
import type { Expansion } from './expand.rules.js';
import { SiteAlreadyExists, SiteNotFound } from './site.errors.js';
import { SiteRepository } from './site.repository.js';
import { expectBasis, isVisible, newSite, patched, replaced } from './site.rules.js';
import type { Site, SiteBasis, SiteChanges, SiteDraft } from './site.types.js';

/** The fields by which sites can be searched and sorted; 16 sites per page (W-60). */
const SITE_LIST: ListSpec = {
  fields: {
    code: { kind: 'text', path: 'code' },
    name: { kind: 'text', path: 'name' },
    active: { kind: 'boolean', path: 'active' },
    default: { kind: 'boolean', path: 'default' },
    includesTax: { kind: 'boolean', path: 'includesTax' },
    defaultLanguage: { kind: 'text', path: 'defaultLanguage' },
    languages: { kind: 'text', path: 'languages' },
    currency: { kind: 'text', path: 'currency' },
    availableCurrencies: { kind: 'text', path: 'availableCurrencies' },
    'homeBase.address.country': { kind: 'text', path: 'homeBase.address.country' },
    shipToCountries: { kind: 'text', path: 'shipToCountries' },
    taxDeterminationBasedOn: { kind: 'text', path: 'taxDeterminationBasedOn' },
    cartCalculationScale: { kind: 'number', path: 'cartCalculationScale' },
    'metadata.version': { kind: 'number', path: 'version' },
  },
  sortable: ['code', 'name', 'active', 'default', 'currency'],
  defaultSort: 'code',
  pageSize: 16,
};

const ACTIVE: Filter = [{ op: 'eq', path: 'active', value: true }];

export interface SiteListQuery extends ListQuery {
  /** Whether to include inactive sites. */
  readonly includeInactive: boolean;
  /** Whether to count all matching sites. */
  readonly counted: boolean;
}

@Injectable()
export class SiteService {
  constructor(private readonly sites: SiteRepository) {}

  /** @throws InvalidInput - the query names a field that can't be searched or sorted by */
  async list(tenant: string, query: SiteListQuery): Promise<Page<Site>> {
    const listing = toListing(query, SITE_LIST, query.counted);
    const filter = query.includeInactive ? listing.filter : [...listing.filter, ...ACTIVE];
    return toPage(
      listing,
      listPage(await this.sites.list(tenant), { ...listing, filter }, ({ code }) => code),
    );
  }

  /** @throws SiteNotFound */
  async read(tenant: string, code: string, mayManage: boolean): Promise<Site> {
    const site = await this.sites.find(tenant, code);
    if (!site || !isVisible(site, mayManage)) throw new SiteNotFound(code);
    return site;
  }

  /** @throws SiteAlreadyExists | InvalidInput | TooLarge */
  async create(tenant: string, code: string, draft: SiteDraft): Promise<void> {
    const isFirst = (await this.sites.findDefault(tenant)) === undefined;
    const created = await this.sites.create(newSite(tenant, code, draft, isFirst));
    if (!created) throw new SiteAlreadyExists(code);
  }

  /** @throws SiteNotFound | VersionConflict | InvalidInput | TooLarge */
  replace(tenant: string, code: string, draft: SiteDraft, basis: SiteBasis, seen: Expansion): Promise<void> {
    return changeSite(this.sites, tenant, code, (current) => {
      expectBasis(current, basis);
      return replaced(current, draft, seen);
    });
  }

  /** @throws SiteNotFound | VersionConflict | InvalidInput | TooLarge */
  patch(tenant: string, code: string, changes: SiteChanges, basis: SiteBasis): Promise<void> {
    return changeSite(this.sites, tenant, code, (current) => {
      expectBasis(current, basis);
      return patched(current, changes);
    });
  }

  /** @throws SiteNotFound @throws InvalidInput - the site is the default */
  async remove(tenant: string, code: string): Promise<void> {
    if (await this.sites.remove(tenant, code)) return;
    if (!(await this.sites.find(tenant, code))) throw new SiteNotFound(code);
    throw InvalidInput.of(
      'default',
      'the default site cannot be deleted: make another site the default first',
    );
  }
}
