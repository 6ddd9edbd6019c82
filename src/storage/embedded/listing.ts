import { setImmediate } from 'node:timers/promises';
import { listed, matches } from '../../shared/filter.rules.js';
import type { Listed, Listing } from '../../shared/filter.types.js';
import type { Table } from './embedded-store.js';

/** Rows that are read before others get their turn: a few milliseconds. */
const AT_ONCE = 500;

/** A page of the rows of a tenant. @param idOf what equal rows are ordered by */
export async function listTable<T extends object>(
  table: Table<T>,
  tenant: string,
  listing: Listing,
  idOf: (row: T) => string,
): Promise<Listed<T>> {
  const found: T[] = [];
  let read = 0;
  for (const { row } of table.under([tenant])) {
    if (matches(row, listing.filter)) found.push(row);
    read += 1;
    if (read % AT_ONCE === 0) await setImmediate();
  }
  return listed(found, { ...listing, filter: [] }, idOf);
}
