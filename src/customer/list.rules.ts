import type { Filter, Listing } from '../shared/filter/filter.types.js';
import { folded } from './search.rules.js';

/** Few customers, among whom all are that a filter can match. A store finds them by an index. */
export type Candidates =
  | { readonly by: 'ids'; readonly ids: readonly string[] }
  /** The e-mail address that logs in. */
  | { readonly by: 'email'; readonly email: string }
  /** One of `searchWords`. */
  | { readonly by: 'word'; readonly word: string };

/** @returns undefined if the filter can match any number of customers */
export function candidatesOf(filter: Filter): Candidates | undefined {
  return idsIn(filter) ?? emailIn(filter) ?? wordIn(filter);
}

/** Tells whether the listing is of all customers in the order in which they were created, or the other way round. */
export const isByTime = ({ filter, order }: Listing): boolean =>
  filter.length === 0 && order.path === 'createdAt';

function idsIn(filter: Filter): Candidates | undefined {
  for (const condition of filter) {
    if (condition.path !== 'id') continue;
    if (condition.op === 'eq') return { by: 'ids', ids: [String(condition.value)] };
    if (condition.op === 'in') return { by: 'ids', ids: [...new Set(condition.values.map(String))] };
  }
  return undefined;
}

function emailIn(filter: Filter): Candidates | undefined {
  const email = textAt(filter, 'email');
  return email === undefined ? undefined : { by: 'email', email };
}

function wordIn(filter: Filter): Candidates | undefined {
  const words = [textAt(filter, 'lastName'), textAt(filter, 'firstName')].map((name) => folded(name ?? ''));
  const word = words.find((one) => one !== '');
  return word === undefined ? undefined : { by: 'word', word };
}

function textAt(filter: Filter, path: string): string | undefined {
  const found = filter.find((condition) => condition.op === 'eq' && condition.path === path);
  return found?.op === 'eq' && typeof found.value === 'string' ? found.value : undefined;
}
