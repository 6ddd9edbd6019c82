export type FilterValue = string | number | boolean | Date;

export type FilterKind = 'text' | 'number' | 'boolean' | 'date';

/**
 * A piece of text to find, character by character. Each entry is what may stand there: one character, or several of which
 * any will do, as `aA`. Undefined stands for any character at all.
 */
export type PatternPiece = readonly (string | undefined)[];

/**
 * Pieces that follow each other with anything in between, such as `^ab.*c$`. Not a regular expression, so a match can't
 * run away.
 */
export interface TextPattern {
  /** At least one. Characters are code points. */
  readonly pieces: readonly PatternPiece[];
  /** Whether the text must start with the first piece. */
  readonly fromStart: boolean;
  /** Whether the text must end with the last piece. */
  readonly toEnd: boolean;
}

/**
 * What must be true of a record. `path` is a dotted path to the value. If it leads through a list, one matching entry
 * is enough. A value of another type than the given one never matches.
 */
export type Condition =
  | { readonly op: Comparison; readonly path: string; readonly value: FilterValue }
  | { readonly op: 'in'; readonly path: string; readonly values: readonly FilterValue[] }
  | { readonly op: 'like'; readonly path: string; readonly pattern: TextPattern }
  | { readonly op: 'present' | 'absent'; readonly path: string };

export type Comparison = 'eq' | 'gt' | 'gte' | 'lt' | 'lte';

/** All conditions must hold. An empty filter matches every record. */
export type Filter = readonly Condition[];

/** Sorts texts by code points, absent values first and equal values by id. No path leads through a list. */
export interface SortOrder {
  readonly path: string;
  readonly descending: boolean;
}

/** Which records of a tenant to return, in what order, and which page of them. */
export interface Listing {
  readonly filter: Filter;
  readonly order: SortOrder;
  /** How many records come before the page. */
  readonly skip: number;
  readonly limit: number;
  /** Whether to count the rows of all pages. */
  readonly counted: boolean;
  /**
   * Limit in bytes, as stored. The page ends before the row that would exceed it, but has at least one row. Absent
   * means no limit.
   */
  readonly maxBytes?: number;
}

export interface Listed<T> {
  readonly rows: readonly T[];
  /** Number of rows on all pages. Present only on request. */
  readonly total?: number;
  /** The page was cut off at `maxBytes`, and its next row follows these. Absent means that it is complete. */
  readonly cut?: true;
}
