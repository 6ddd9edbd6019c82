import type { Problem } from '../shared/domain-error.js';
import type { SiteRepository } from '../site-settings/index.js';

/** @param prefix of the field's name in the caller's body */
export async function preferredSiteProblems(
  sites: SiteRepository,
  tenant: string,
  code: string | null | undefined,
  prefix = '',
): Promise<Problem[]> {
  if (code === undefined || code === null || (await sites.find(tenant, code))) return [];
  return [{ field: `${prefix}preferredSite`, message: 'must be the code of a site of this tenant' }];
}
