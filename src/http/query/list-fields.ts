import type { FilterKind } from '../../shared/filter/filter.types.js';

/** A field by which a list can be filtered or sorted, under one name of the API. */
export interface ListField {
  readonly kind: FilterKind;
  /** Where the value is in the stored record. */
  readonly path: string;
  /** A map by language, filtered as `name.en`. */
  readonly localized?: boolean;
}

/** Fields by the names that callers use in `q` and `sort`. */
export type ListFields = Readonly<Record<string, ListField>>;

/** What a list offers its callers. */
export interface ListSpec {
  readonly fields: ListFields;
  /** Names of `fields`. In MongoDB each needs an index `{ tenant, path, _id }`; see `sortIndexes`. */
  readonly sortable: readonly string[];
  /** Used if the caller asks for no order: a name of `sortable`, with `:desc` for descending. */
  readonly defaultSort: string;
  /** Used if the caller asks for no page size. */
  readonly pageSize: number;
}
