import { Injectable } from '@nestjs/common';
import { pageOf, type PageQuery, parseSort, sorted } from '../http/paging.js';
import { InvalidInput } from '../shared/domain-error.js';
import { changeSite } from './change-site.js';
import type { Expansion } from './expand.rules.js';
import { SiteAlreadyExists, SiteNotFound } from './site.errors.js';
import { SiteRepository } from './site.repository.js';
import { expectBasis, isVisible, newSite, patched, replaced } from './site.rules.js';
import type { Site, SiteBasis, SiteChanges, SiteDraft } from './site.types.js';

/** The wire's default for sites (W-60). */
const PAGE_SIZE = 16;
const SORT_FIELDS = ['code', 'name', 'active', 'default', 'currency'] as const;

export interface SiteListQuery extends PageQuery {
  readonly sort?: string | undefined;
  /** Inactive sites as well. */
  readonly includeInactive: boolean;
}

export interface SitePage {
  readonly sites: readonly Site[];
  /** Of all pages. */
  readonly total: number;
}

@Injectable()
export class SiteService {
  constructor(private readonly sites: SiteRepository) {}

  /** @throws InvalidInput - it can't be sorted like that */
  async list(tenant: string, query: SiteListQuery): Promise<SitePage> {
    const order = parseSort(query.sort, SORT_FIELDS);
    const seen = (await this.sites.list(tenant)).filter((site) => isVisible(site, query.includeInactive));
    return { sites: pageOf(sorted(seen, order), query, PAGE_SIZE), total: seen.length };
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

  /** @throws SiteNotFound | SiteVersionConflict | InvalidInput | TooLarge */
  replace(tenant: string, code: string, draft: SiteDraft, basis: SiteBasis, seen: Expansion): Promise<void> {
    return changeSite(this.sites, tenant, code, (current) => {
      expectBasis(current, basis);
      return replaced(current, draft, seen);
    });
  }

  /** @throws SiteNotFound | SiteVersionConflict | InvalidInput | TooLarge */
  patch(tenant: string, code: string, changes: SiteChanges, basis: SiteBasis): Promise<void> {
    return changeSite(this.sites, tenant, code, (current) => {
      expectBasis(current, basis);
      return patched(current, changes);
    });
  }

  /** @throws SiteNotFound | InvalidInput - it is the default */
  async remove(tenant: string, code: string): Promise<void> {
    if (await this.sites.remove(tenant, code)) return;
    if (!(await this.sites.find(tenant, code))) throw new SiteNotFound(code);
    throw InvalidInput.of(
      'default',
      'the default site can not be deleted: make another site the default first',
    );
  }
}
