import type { ListSpec } from '../../http/query/list-fields.js';

/** The fields by which prices can be searched and sorted. */
export const PRICE_LIST: ListSpec = {
  fields: {
    id: { kind: 'text', path: 'id' },
    'itemId.id': { kind: 'text', path: 'itemId.id' },
    'itemId.itemType': { kind: 'text', path: 'itemId.itemType' },
    itemYrn: { kind: 'text', path: 'itemYrn' },
    currency: { kind: 'text', path: 'currency' },
    'location.countryCode': { kind: 'text', path: 'country' },
    priceModelId: { kind: 'text', path: 'priceModelId' },
    'restrictions.siteCodes': { kind: 'text', path: 'sites' },
    'restrictions.validity.from': { kind: 'date', path: 'validFrom' },
    'restrictions.validity.to': { kind: 'date', path: 'validTo' },
    'tierValues.priceValue': { kind: 'number', path: 'tierValues.priceValue' },
    'metadata.createdAt': { kind: 'date', path: 'createdAt' },
    'metadata.modifiedAt': { kind: 'date', path: 'modifiedAt' },
    'metadata.version': { kind: 'number', path: 'version' },
  },
  sortable: ['id', 'itemId.id', 'metadata.createdAt', 'metadata.modifiedAt'],
  defaultSort: 'id',
  pageSize: 60,
};
