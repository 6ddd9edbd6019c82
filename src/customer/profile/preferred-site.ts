import type { Problem } from '../../shared/domain-error.js';
import { closedProblem, type SiteRepository } from '../../site-settings/index.js';

/**
 * @param groups of the customer
 * @param prefix of the field name in the caller's body
 */
export async function preferredSiteProblems(
  sites: SiteRepository,
  tenant: string,
  code: string | null | undefined,
  groups: readonly string[],
  prefix = '',
): Promise<Problem[]> {
  if (code === undefined || code === null) return [];
  const site = await sites.find(tenant, code);
  const field = `${prefix}preferredSite`;
  if (!site) return [{ field, message: 'must be the code of a site of this tenant' }];
  // A site that is not active now may still be preferred for later.
  const problem = site.active ? closedProblem(site, code, groups) : undefined;
  return problem ? [{ ...problem, field }] : [];
}
