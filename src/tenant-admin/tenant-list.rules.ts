import type { Tenant } from '../tenant/tenant.types.js';

/** Where a tenant is in the list: newest first, then by name. */
export interface Place {
  /** Milliseconds; 0 for a tenant of a version that did not write it down. */
  readonly createdAt: number;
  readonly name: string;
}

const placeOf = ({ createdAt, name }: Tenant): Place => ({
  createdAt: createdAt?.getTime() ?? 0,
  name,
});

const isBehind = (one: Place, other: Place): boolean =>
  one.createdAt === other.createdAt ? one.name > other.name : one.createdAt < other.createdAt;

export interface TenantPage {
  readonly tenants: readonly Tenant[];
  /** Where to continue. Undefined: these were the last ones. */
  readonly next: Place | undefined;
}

/** @param after the last tenant of the previous page, whether or not it still exists */
export function pageOf(all: readonly Tenant[], limit: number, after?: Place): TenantPage {
  const left = all
    .filter((tenant) => after === undefined || isBehind(placeOf(tenant), after))
    .toSorted((a, b) => (isBehind(placeOf(a), placeOf(b)) ? 1 : -1));
  const tenants = left.slice(0, limit);
  const last = tenants.at(-1);
  return { tenants, next: last && left.length > limit ? placeOf(last) : undefined };
}
