import type { Listed, Listing } from '../../shared/filter.types.js';
import { toQuery } from './filter.js';
import type { Row, Rows } from './rows.js';
import { sortIndex } from './schemas.js';

/** A page of a tenant's rows, by the index that `sortedBy` of schemas.ts declares for the path of its order. */
export async function listRows<R extends Row>(
  rows: Rows<R>,
  tenant: string,
  { filter, order, skip, limit, counted }: Listing,
): Promise<Listed<R>> {
  const query = toQuery(tenant, filter);
  const hint = sortIndex(order.path);
  const direction = order.descending ? -1 : 1;
  const sort = { [order.path]: direction, _id: direction } as const;
  const [page, total] = await Promise.all([
    rows.list(query, { sort, skip, limit, hint }),
    counted ? rows.count(query, hint) : undefined,
  ]);
  return { rows: page, ...(total !== undefined && { total }) };
}
