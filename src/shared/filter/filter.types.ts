export type FilterValue = string | number | boolean | Date;

export type FilterKind = 'text' | 'number' | 'boolean' | 'date';

/** A piece of text to be found; undefined stands for any one character. */
export type PatternPiece = readonly (string | undefined)[];

/** Pieces that follow each other, with anything in between: `^ab.*c$`. No regular expression: it can't run away. */
export interface TextPattern {
  /** At least one; characters are code points. */
  readonly pieces: readonly PatternPiece[];
  /** The first piece begins the text. */
  readonly fromStart: boolean;
  /** The last piece ends the text. */
  readonly toEnd: boolean;
}

/**
 * What must be true of a record. `path` is where the value stands in it, with dots; on the way through a list, one
 * entry that fits is enough. A value of another type than the asked one never fits.
 */
export type Condition =
  | { readonly op: Comparison; readonly path: string; readonly value: FilterValue }
  | { readonly op: 'in'; readonly path: string; readonly values: readonly FilterValue[] }
  | { readonly op: 'like'; readonly path: string; readonly pattern: TextPattern }
  | { readonly op: 'present' | 'absent'; readonly path: string };

export type Comparison = 'eq' | 'gt' | 'gte' | 'lt' | 'lte';

/** All of them hold; none: every record. */
export type Filter = readonly Condition[];

/** Texts by their code points, absent values first, equal ones by id; no path goes through a list. */
export interface SortOrder {
  readonly path: string;
  readonly descending: boolean;
}

/** Which records of a tenant are asked for, in what order, and which page of them. */
export interface Listing {
  readonly filter: Filter;
  readonly order: SortOrder;
  /** Records before the page. */
  readonly skip: number;
  readonly limit: number;
  /** Whether all pages are to be counted. */
  readonly counted: boolean;
  /** As stored: the page ends before the row that goes beyond it, but has one row at least. Absent: no bound. */
  readonly maxBytes?: number;
}

export interface Listed<T> {
  readonly rows: readonly T[];
  /** Of all pages; only when it was asked for. */
  readonly total?: number;
  /** The page was cut at `maxBytes`: the next row of it is the one behind these. Absent: it is whole. */
  readonly cut?: true;
}
