import type { FilterKind } from '../../shared/filter/filter.types.js';

/** What a list can be asked for under one name of the wire. */
export interface ListField {
  readonly kind: FilterKind;
  /** Where the value stands in the stored record. */
  readonly path: string;
  /** A map by language: asked for as `name.en`. */
  readonly localized?: boolean;
}

/** By the names that callers use in `q` and `sort`. */
export type ListFields = Readonly<Record<string, ListField>>;

/** What a list promises its callers. */
export interface ListSpec {
  readonly fields: ListFields;
  /** Names of `fields`. In MongoDB each needs an index `{ tenant, path, _id }`; see `sortIndexes`. */
  readonly sortable: readonly string[];
  /** When none is asked for: a name of `sortable`, with `:desc` if it is to be. */
  readonly defaultSort: string;
  /** When none is asked for. */
  readonly pageSize: number;
}
