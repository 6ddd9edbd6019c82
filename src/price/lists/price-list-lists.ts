import type { ListFields, ListSpec } from '../../http/query/list-fields.js';

const COMMON: ListFields = {
  id: { kind: 'text', path: 'id' },
  'metadata.createdAt': { kind: 'date', path: 'createdAt' },
  'metadata.modifiedAt': { kind: 'date', path: 'modifiedAt' },
  'metadata.version': { kind: 'number', path: 'version' },
};

/** The fields by which price lists can be searched and sorted. */
export const PRICE_LISTS: ListSpec = {
  fields: {
    ...COMMON,
    name: { kind: 'text', path: 'name', localized: true },
    currency: { kind: 'text', path: 'currency' },
    siteCode: { kind: 'text', path: 'siteCode' },
    countries: { kind: 'text', path: 'countries' },
    regions: { kind: 'text', path: 'regions' },
    'validity.from': { kind: 'date', path: 'validFrom' },
    'validity.to': { kind: 'date', path: 'validTo' },
  },
  sortable: ['id', 'metadata.createdAt', 'metadata.modifiedAt'],
  defaultSort: 'id',
  pageSize: 60,
};

/** The fields by which the prices of a list can be searched and sorted. */
export const LIST_PRICES: ListSpec = {
  fields: {
    ...COMMON,
    'itemId.id': { kind: 'text', path: 'itemId.id' },
    'itemId.itemType': { kind: 'text', path: 'itemId.itemType' },
    priceModelId: { kind: 'text', path: 'priceModelId' },
    'tierValues.priceValue': { kind: 'number', path: 'tierValues.priceValue' },
  },
  sortable: ['id', 'itemId.id', 'metadata.createdAt', 'metadata.modifiedAt'],
  defaultSort: 'id',
  pageSize: 60,
};
