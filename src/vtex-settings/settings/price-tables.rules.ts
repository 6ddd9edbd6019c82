import type { CustomerGroup } from '../vtex-settings.types.js';

/**
 * The price tables of a member of these groups (S-27): each once and in order, so that equal conditions give
 * equal segments.
 * @param memberOf ids of groups; those that have no settings give none
 */
export function priceTablesOf(
  groups: readonly CustomerGroup[],
  memberOf: readonly string[],
): readonly string[] {
  const tables = groups.filter(({ id }) => memberOf.includes(id)).flatMap(({ priceTables }) => priceTables);
  return [...new Set(tables)].toSorted();
}
