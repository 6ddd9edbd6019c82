import { isTenantName } from '../../shared/tenant.js';

interface Accounts {
  readonly VTEX_HOST_SUFFIX?: string | undefined;
  readonly VTEX_DEFAULT_ACCOUNT?: string | undefined;
}

/** What follows the account in hosts of VTEX itself. */
const VTEX_SUFFIXES = [
  '.vtexcommercestable.com.br',
  '.vtexcommercebeta.com.br',
  '.vtexcommerce.com.br',
  '.vtexlocal.com.br',
  '.myvtex.com',
  '.vtex.app',
] as const;

/**
 * Accounts that a request may be for, best first: the host's, else that of the query item `an`, else the default; never
 * by another header (D-19). The first that exists is meant. A host under a suffix that names no account, such as
 * `portal.vtexcommercestable.com.br`, goes by `an`, and never by the default (F-56).
 */
export function accountsNamed(hostname: string, query: unknown, settings: Accounts): readonly string[] {
  const named = typeof query === 'object' && query !== null && 'an' in query ? query.an : undefined;
  const label = labelOf(hostname.toLowerCase(), settings.VTEX_HOST_SUFFIX);
  if (label === undefined && named === undefined) return [settings.VTEX_DEFAULT_ACCOUNT].filter(isTenantName);
  return [label, named].filter(isTenantName);
}

/** What stands before the suffix. VTEX puts a workspace before the account: `dev--acme.myvtex.com`. */
function labelOf(host: string, ownSuffix: string | undefined): string | undefined {
  const suffix = [ownSuffix, ...VTEX_SUFFIXES].find((one) => one !== undefined && host.endsWith(one));
  if (suffix === undefined) return undefined;
  const label = host.slice(0, -suffix.length);
  return suffix === ownSuffix ? label : label.replace(/^[a-z0-9]+--/, '');
}
