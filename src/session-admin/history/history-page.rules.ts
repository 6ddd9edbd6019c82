import type { NumberedEntry } from '../../session/history/history.types.js';

export interface HistoryPage {
  readonly items: readonly NumberedEntry[];
  /** Number of the last item. Absent on the last page. */
  readonly last?: number;
}

/**
 * Returns a page of the history. The numbers of entries never change, so entries that are added while somebody pages
 * neither repeat nor hide others.
 * @param entries newest first
 * @param before only entries with smaller numbers
 */
export function pageOf(
  entries: readonly NumberedEntry[],
  before: number | undefined,
  limit: number,
): HistoryPage {
  const left = before === undefined ? entries : entries.filter(({ number }) => number < before);
  const items = left.slice(0, limit);
  const last = items.at(-1)?.number;
  return { items, ...(last !== undefined && left.length > items.length && { last }) };
}
