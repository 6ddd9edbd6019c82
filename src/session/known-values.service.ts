import { Injectable } from '@nestjs/common';
import { CustomerRepository } from '../customer/index.js';
import { InvalidInput, type Problem } from '../shared/domain-error.js';
import { isOpenTo, type Site, SiteRepository } from '../site-settings/index.js';
import type { AskedValues } from './session.types.js';

/** Whether a tenant knows the values that a client names. Their form is checked by the DTOs. */
@Injectable()
export class KnownValuesService {
  constructor(
    private readonly sites: SiteRepository,
    private readonly customers: CustomerRepository,
  ) {}

  /** For those who act for others. @throws InvalidInput - there is no active site of that code */
  async expectSite(tenant: string, siteCode: string | undefined): Promise<void> {
    if (siteCode === undefined) return;
    const site = await this.sites.find(tenant, siteCode);
    if (!site?.active) throw new InvalidInput([unknownSite(siteCode)]);
  }

  /**
   * For shoppers.
   * @param customerId undefined for an anonymous one
   * @throws InvalidInput - no active site has that code, or it is for groups that the shopper is not in
   */
  async expectOpenSite(tenant: string, siteCode: string, customerId: string | undefined): Promise<void> {
    const [site, customer] = await Promise.all([
      this.sites.find(tenant, siteCode),
      customerId === undefined ? undefined : this.customers.find(tenant, customerId),
    ]);
    const problem = siteProblem(site, siteCode, customer?.groups ?? []);
    if (problem) throw new InvalidInput([problem]);
  }

  /** What a login's query asks for is checked there, and is no surprise at cart time (D-24). */
  async expectAsked(tenant: string, { siteCode, currency }: AskedValues): Promise<void> {
    if (siteCode === undefined && currency === undefined) return;
    const sites = (await this.sites.list(tenant)).filter((site) => site.active);
    const named = sites.find(({ code }) => code === siteCode);
    const problems = [
      siteCode === undefined ? undefined : siteProblem(named, siteCode, []),
      currencyProblem(sites, currency),
    ];
    const found = problems.filter((problem) => problem !== undefined);
    if (found.length > 0) throw new InvalidInput(found);
  }
}

const unknownSite = (code: string): Problem => ({
  field: 'siteCode',
  message: `no active site has the code ${code}`,
});

function siteProblem(site: Site | undefined, code: string, groups: readonly string[]): Problem | undefined {
  if (!site?.active) return unknownSite(code);
  if (isOpenTo(site, groups)) return undefined;
  return { field: 'siteCode', message: `the site ${code} is only for customers of certain groups` };
}

function currencyProblem(sites: readonly Site[], currency: string | undefined): Problem | undefined {
  const sold = sites.flatMap((site) => [site.currency, ...site.availableCurrencies]);
  if (currency === undefined || sold.includes(currency)) return undefined;
  return { field: 'currency', message: `no site of this tenant sells in ${currency}` };
}
