import { isTenantName } from '../../shared/tenant.js';

interface Accounts {
  readonly VTEX_HOST_SUFFIX?: string | undefined;
  readonly VTEX_DEFAULT_ACCOUNT?: string | undefined;
}

/**
 * The host's first label, else the query item `an`, else the default; never a header of the request (D-19).
 * @returns undefined when none of them names one
 */
export function accountOf(hostname: string, query: unknown, settings: Accounts): string | undefined {
  const suffix = settings.VTEX_HOST_SUFFIX;
  const host = hostname.toLowerCase();
  if (suffix !== undefined && host.endsWith(suffix)) {
    const label = host.slice(0, -suffix.length);
    return isTenantName(label) ? label : undefined;
  }
  const named = typeof query === 'object' && query !== null && 'an' in query ? query.an : undefined;
  if (named !== undefined) return isTenantName(named) ? named : undefined;
  return settings.VTEX_DEFAULT_ACCOUNT;
}
