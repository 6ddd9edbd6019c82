import { Injectable } from '@nestjs/common';
import { InvalidInput, type Problem } from '../shared/domain-error.js';
import { MemberGroups } from './member-groups.js';
import {
  closedProblem,
  inactiveProblem,
  type KnownSites,
  siteOf,
  unsoldProblem,
} from './site-access.rules.js';
import { SiteReader } from './site.repository.js';
import type { Site } from './site.types.js';

/** Decides who may shop at which site, and in which currency. */
@Injectable()
export class SiteAccess {
  constructor(
    private readonly sites: SiteReader,
    private readonly groups: MemberGroups,
  ) {}

  /** Reads what later decisions need where no lookup is possible. @param customerId undefined for a guest */
  async known(tenant: string, customerId?: string): Promise<KnownSites> {
    const [sites, groups] = await Promise.all([this.sites.list(tenant), this.groups.of(tenant, customerId)]);
    return { sites, groups };
  }

  /** Returns a site for a caller who acts for others. @param code absent: the default site @throws InvalidInput */
  async active(tenant: string, code?: string): Promise<Site> {
    const site = await this.find(tenant, code);
    return expectNone(site, code === undefined ? undefined : inactiveProblem(site, code));
  }

  /**
   * Returns a site for a shopper.
   * @param code absent: the default site
   * @param customerId undefined for a guest
   * @throws InvalidInput - no active site has that code, or it is for groups that the shopper is not in
   */
  async open(tenant: string, code: string | undefined, customerId: string | undefined): Promise<Site> {
    const [site, groups] = await Promise.all([this.find(tenant, code), this.groups.of(tenant, customerId)]);
    return expectNone(site, closedProblem(site, code ?? site?.code ?? '', groups));
  }

  /**
   * Checks site and currency of an anonymous login, so that the first cart brings no surprise (D-24).
   * @throws InvalidInput - names everything that is wrong
   */
  async expectAsked(
    tenant: string,
    { siteCode, currency }: { readonly siteCode?: string; readonly currency?: string },
  ): Promise<void> {
    if (siteCode === undefined && currency === undefined) return;
    const known = await this.known(tenant);
    const site = siteCode === undefined ? known.sites.find((one) => one.default) : siteOf(known, siteCode);
    const problems = [
      siteCode === undefined ? undefined : closedProblem(site, siteCode, known.groups),
      site && currency !== undefined ? unsoldProblem(site, currency) : undefined,
    ].filter((problem) => problem !== undefined);
    if (problems.length > 0) throw new InvalidInput(problems);
  }

  private async find(tenant: string, code: string | undefined): Promise<Site | undefined> {
    const sites = await this.sites.list(tenant);
    return code === undefined ? sites.find((site) => site.default) : siteOf({ sites }, code);
  }
}

function expectNone(site: Site | undefined, problem: Problem | undefined): Site {
  if (site?.active && !problem) return site;
  throw new InvalidInput([
    problem ?? { field: 'siteCode', message: 'must be sent: the default site is not active' },
  ]);
}
