import type { ChangedBy, FieldChange, Source } from '../session.types.js';

export type { FieldChange };

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
