import { pageOf, sortKeyOf, within } from '../../../shared/filter/filter.rules.js';
import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import { sortIndex } from '../link/schemas.js';
import { toQuery } from './filter.js';
import { type AllOf, op, type Row, type Rows } from './rows.js';

interface Sized {
  readonly id: string;
  readonly bytes: number;
}

/**
 * A page of a tenant's rows.
 * @param indexOf the index for the path of its order; by default the one that `sortedBy` of schemas.ts declares
 */
export async function listRows<R extends Row>(
  rows: Rows<R>,
  tenant: string,
  listing: Listing,
  indexOf = sortIndex,
): Promise<Listed<R>> {
  const { filter, order, skip, limit, counted, maxBytes } = listing;
  const query = toQuery(tenant, filter);
  const hint = indexOf(order.path);
  const direction = order.descending ? -1 : 1;
  const sort = { [order.path]: direction, _id: direction } as const;
  const [page, total] = await Promise.all([
    maxBytes === undefined
      ? rows.list(query, { sort, skip, limit, hint }).then((all) => ({ rows: all }))
      : rows.sizes(query, { sort, skip, limit, hint }).then((sizes) => fittingRows(rows, sizes, maxBytes)),
    counted ? rows.count(query, hint) : undefined,
  ]);
  return { ...page, ...(total !== undefined && { total }) };
}

/** A page of few rows, by their ids: sorted here, by what they are sorted by alone. */
export async function listByIds<R extends Row>(
  rows: Rows<R>,
  tenant: string,
  ids: readonly string[],
  listing: Listing,
): Promise<Listed<R>> {
  if (ids.length === 0) return { rows: [], ...(listing.counted && { total: 0 }) };
  const query: AllOf = { ...toQuery(tenant, listing.filter), _id: op({ $in: ids }) };
  const found = await rows.sizes(query, { hint: { _id: 1 }, part: { [listing.order.path]: 1 } });
  const keys = found.map(({ id, bytes, row }) => ({ bytes, ...sortKeyOf(row, listing.order, id) }));
  const page = await fittingRows(rows, pageOf(keys, listing), listing.maxBytes);
  return { ...page, ...(listing.counted && { total: found.length }) };
}

/** Only rows that fit leave the server. */
async function fittingRows<R extends Row>(
  rows: Rows<R>,
  page: readonly Sized[],
  maxBytes: number | undefined,
): Promise<Listed<R>> {
  const { fitting, ...cut } = within(page, maxBytes);
  const found =
    fitting.length === 0 ? [] : await rows.list({ _id: op({ $in: fitting.map(({ id }) => id) }) });
  const byId = new Map(found.map((row) => [row._id, row]));
  // One that was erased meanwhile is left out.
  return { rows: fitting.map(({ id }) => byId.get(id)).filter((row) => row !== undefined), ...cut };
}
