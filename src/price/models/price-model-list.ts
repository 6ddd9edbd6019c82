import type { Localized } from '../../http/language.rules.js';
import type { ListSpec } from '../../http/query/list-fields.js';
import type { PriceModel, TierType } from '../price-model.types.js';

/** The fields by which price models can be searched and sorted. */
export const MODEL_LIST: ListSpec = {
  fields: {
    id: { kind: 'text', path: 'id' },
    default: { kind: 'boolean', path: 'default' },
    includesTax: { kind: 'boolean', path: 'includesTax' },
    includesMarkup: { kind: 'boolean', path: 'includesMarkup' },
    'metadata.createdAt': { kind: 'date', path: 'createdAt' },
    'metadata.modifiedAt': { kind: 'date', path: 'modifiedAt' },
  },
  sortable: ['id', 'default', 'includesTax', 'includesMarkup', 'metadata.createdAt', 'metadata.modifiedAt'],
  defaultSort: 'metadata.createdAt',
  pageSize: 60,
};

/** Narrows a list; a model must pass every filter. */
export interface ModelFilters {
  readonly includesTax?: boolean;
  readonly includesMarkup?: boolean;
  readonly tierType?: TierType;
  readonly unitCode?: string;
  /** Matches the text in any language. */
  readonly name?: string;
  readonly description?: string;
}

export function isLike(model: PriceModel, filters: ModelFilters): boolean {
  const is = <T>(wanted: T | undefined, value: T): boolean => wanted === undefined || wanted === value;
  const says = (wanted: string | undefined, text: Localized | undefined): boolean =>
    wanted === undefined || Object.values(text ?? {}).includes(wanted);
  return (
    is(filters.includesTax, model.includesTax) &&
    is(filters.includesMarkup, model.includesMarkup) &&
    is(filters.tierType, model.tierType) &&
    is(filters.unitCode, model.measurementUnit.unitCode) &&
    says(filters.name, model.name) &&
    says(filters.description, model.description)
  );
}
