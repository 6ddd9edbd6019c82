import type { Json } from '../../shared/json.js';
import type { ChangedBy, Source } from '../session.types.js';

/** One value that changed. Without `from` it is new; without `to` it was removed. */
export interface FieldChange {
  /** `currency`, or `context.colour` for the attribute `colour`. */
  readonly field: string;
  readonly from?: Json;
  readonly to?: Json;
  /** True if `from` and `to` are left out, because they are too long or the tenant wants no values of attributes. */
  readonly valuesOmitted?: true;
}

/** Values that one write changed and that came from one source. */
export interface HistoryEntry {
  readonly at: Date;
  /** Version of the context that the write made. A write with values from several sources makes several entries. */
  readonly version: number;
  readonly by: Omit<ChangedBy, 'reason'>;
  readonly source: Source;
  readonly reason?: string;
  readonly changes: readonly FieldChange[];
  /** How many changes are left out because the entry would be too large. Absent means none. */
  readonly changesOmitted?: number;
}

/** An entry with its place in the history, which grows by one with each entry. */
export interface NumberedEntry extends HistoryEntry {
  readonly number: number;
}
