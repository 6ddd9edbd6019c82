import { Injectable } from '@nestjs/common';
import { InvalidInput, type Problem } from '../shared/domain-error.js';
import { type Site, SiteRepository } from '../site-settings/index.js';
import type { AskedValues } from './session.types.js';

/** Whether a tenant knows the values that a client names. Their form is checked by the DTOs. */
@Injectable()
export class KnownValuesService {
  constructor(private readonly sites: SiteRepository) {}

  /** @throws InvalidInput - there is no active site of that code */
  async expectSite(tenant: string, siteCode: string | undefined): Promise<void> {
    if (siteCode === undefined) return;
    const site = await this.sites.find(tenant, siteCode);
    if (!site?.active) throw new InvalidInput([unknownSite(siteCode)]);
  }

  /** What a login's query asks for is checked there, and is no surprise at cart time (D-24). */
  async expectAsked(tenant: string, asked: AskedValues): Promise<void> {
    if (asked.siteCode === undefined && asked.currency === undefined) return;
    const sites = (await this.sites.list(tenant)).filter((site) => site.active);
    const problems = [siteProblem(sites, asked.siteCode), currencyProblem(sites, asked.currency)];
    const found = problems.filter((problem) => problem !== undefined);
    if (found.length > 0) throw new InvalidInput(found);
  }
}

const unknownSite = (code: string): Problem => ({
  field: 'siteCode',
  message: `no active site has the code ${code}`,
});

function siteProblem(sites: readonly Site[], code: string | undefined): Problem | undefined {
  const known = code === undefined || sites.some((site) => site.code === code);
  return known ? undefined : unknownSite(code);
}

function currencyProblem(sites: readonly Site[], currency: string | undefined): Problem | undefined {
  const sold = sites.flatMap((site) => [site.currency, ...site.availableCurrencies]);
  if (currency === undefined || sold.includes(currency)) return undefined;
  return { field: 'currency', message: `no site of this tenant sells in ${currency}` };
}
