import type { CustomerGroup } from '../vtex-settings.types.js';

/**
 * Returns the price tables of a member of these groups (S-27), without duplicates and sorted, so that equal conditions
 * give equal segments.
 * @param memberOf ids of groups; a group without settings gives no price tables
 */
export function priceTablesOf(
  groups: readonly CustomerGroup[],
  memberOf: readonly string[],
): readonly string[] {
  const tables = groups.filter(({ id }) => memberOf.includes(id)).flatMap(({ priceTables }) => priceTables);
  return [...new Set(tables)].toSorted();
}
