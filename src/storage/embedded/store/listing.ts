import { setImmediate } from 'node:timers/promises';
import { matches, pageOf, type SortKey, sortKeyOf, within } from '../../../shared/filter/filter.rules.js';
import type { Listed, Listing } from '../../../shared/filter/filter.types.js';
import type { SizedRow, Table } from './table.js';

/** Rows, and bytes of rows, that are read before others get their turn: a few milliseconds. */
const AT_ONCE = 500;
const BYTES_AT_ONCE = 512 * 1024;

interface Found extends SortKey {
  readonly key: string[];
  readonly bytes: number;
}

/** A page of the rows of a tenant. @param idOf what equal rows are ordered by */
export function listTable<T extends object>(
  table: Table<T>,
  tenant: string,
  listing: Listing,
  idOf: (row: T) => string,
): Promise<Listed<T>> {
  return listOf(table, table.sized([tenant]), listing, idOf);
}

/** A page of these rows of a table. It keeps only the sort keys of the rows that it looks at. */
export async function listOf<T extends object>(
  table: Table<T>,
  rows: Iterable<SizedRow<T>>,
  listing: Listing,
  idOf: (row: T) => string,
): Promise<Listed<T>> {
  const found: Found[] = [];
  let [count, bytesRead] = [0, 0];
  for (const { key, row, bytes } of rows) {
    if (matches(row, listing.filter)) found.push({ key, bytes, ...sortKeyOf(row, listing.order, idOf(row)) });
    [count, bytesRead] = [count + 1, bytesRead + bytes];
    if (count < AT_ONCE && bytesRead < BYTES_AT_ONCE) continue;
    [count, bytesRead] = [0, 0];
    await setImmediate();
  }
  const { fitting, ...cut } = within(pageOf(found, listing), listing.maxBytes);
  // One that was erased meanwhile is left out.
  const page = fitting.map(({ key }) => table.get(key)).filter((row) => row !== undefined);
  return { rows: page, ...(listing.counted && { total: found.length }), ...cut };
}
