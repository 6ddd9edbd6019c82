import { isTenantName } from '../../shared/tenant.js';

interface Accounts {
  readonly VTEX_HOST_SUFFIX?: string | undefined;
  readonly VTEX_DEFAULT_ACCOUNT?: string | undefined;
}

/** What follows the account in VTEX's own hosts. */
const VTEX_SUFFIXES = [
  '.vtexcommercestable.com.br',
  '.vtexcommercebeta.com.br',
  '.vtexcommerce.com.br',
  '.vtexlocal.com.br',
  '.myvtex.com',
  '.vtex.app',
] as const;

/**
 * Returns the accounts that a request may be for, best first: that of the host, else that of the query parameter `an`,
 * else the default. No other header counts (D-19). The first account that exists is used. A host with a known suffix
 * that names no account, such as `portal.vtexcommercestable.com.br`, uses `an`, and never the default (F-56).
 */
export function accountsNamed(hostname: string, query: unknown, settings: Accounts): readonly string[] {
  const named = typeof query === 'object' && query !== null && 'an' in query ? query.an : undefined;
  const label = labelOf(hostname.toLowerCase(), settings.VTEX_HOST_SUFFIX);
  if (label === undefined && named === undefined) return [settings.VTEX_DEFAULT_ACCOUNT].filter(isTenantName);
  return [label, named].filter(isTenantName);
}

/** Returns the part before the suffix. VTEX puts a workspace before the account: `dev--acme.myvtex.com`. */
function labelOf(host: string, ownSuffix: string | undefined): string | undefined {
  const suffix = [ownSuffix, ...VTEX_SUFFIXES].find((one) => one !== undefined && host.endsWith(one));
  if (suffix === undefined) return undefined;
  const label = host.slice(0, -suffix.length);
  return suffix === ownSuffix ? label : label.replace(/^[a-z0-9]+--/, '');
}
