import { InvalidInput } from '../../shared/domain-error.js';
import type { Listing, SortOrder } from '../../shared/filter/filter.types.js';
import type { ListSpec } from './list-fields.js';
import type { PageQuery } from './paging.js';
import { parseQuery } from './parse-query.js';

export interface ListQuery extends PageQuery {
  readonly q?: string | undefined;
  readonly sort?: string | undefined;
}

/**
 * Turns a query into what a store looks for. Without a page, that is the first page in the list's default size.
 * @throws InvalidInput if the list can't be filtered or sorted like that
 */
export function toListing(query: ListQuery, spec: ListSpec, counted: boolean): Listing {
  const limit = query.pageSize ?? spec.pageSize;
  return {
    filter: parseQuery(query.q, spec.fields),
    order: orderOf(query.sort, spec),
    skip: Math.min(query.offset ?? ((query.pageNumber ?? 1) - 1) * limit, FAR),
    limit,
    counted,
  };
}

/** The largest offset: beyond the end of every list, yet within the range that both stores can count. */
const FAR = 2 ** 31 - 1;

const DESCENDING: ReadonlyMap<string, boolean> = new Map([
  ['asc', false],
  ['desc', true],
]);

function orderOf(sort: string | undefined, { fields, sortable, defaultSort }: ListSpec): SortOrder {
  const [name = '', direction = 'asc', ...rest] = (
    sort === undefined || sort === '' ? defaultSort : sort
  ).split(':');
  const field = sortable.includes(name) ? fields[name] : undefined;
  const descending = DESCENDING.get(direction.toLowerCase());
  if (field && descending !== undefined && rest.length === 0) return { path: field.path, descending };
  const known = sortable.join(', ');
  throw InvalidInput.of('sort', `must be one field, of ${known}; append :asc or :desc to choose a direction`);
}
