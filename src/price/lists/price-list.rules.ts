import type { Draft, LegalEntity } from '../../client-management/client-management.types.js';
import { InvalidInput } from '../../shared/domain-error.js';
import type { PriceModel } from '../price-model.types.js';
import { keyOfPrincipal, limitOf, listOrAny, modelOf, valuesOfTiers } from '../price.rules.js';
import { ALWAYS, ANY, type Price } from '../price.types.js';
import type {
  ListPrice,
  ListPriceDraft,
  ListPriceKey,
  PriceList,
  PriceListDraft,
} from '../price-list.types.js';

const ENTITY = 'ENTITY:';

export const keyOfEntity = (id: string): string => `${ENTITY}${id}`;

const keyOfGroup = (id: string): string => keyOfPrincipal({ type: 'GROUP', id });

/**
 * @param siteCodes of the tenant's sites
 * @param entity the legal entity that the draft names, if there is one
 * @throws InvalidInput
 */
export function contentOfList(
  draft: PriceListDraft,
  siteCodes: readonly string[],
  entity: LegalEntity | undefined,
): Draft<PriceList> {
  const { name, siteCode, currency, customerGroups = [], legalEntityId, mixins, mixinSchemas } = draft;
  const { from = ALWAYS.from, to = ALWAYS.to } = draft.validity ?? {};
  if (!siteCodes.includes(siteCode)) {
    throw InvalidInput.of('siteCode', `no site of this tenant has the code ${siteCode}`);
  }
  if (legalEntityId !== undefined && customerGroups.length > 0) {
    throw InvalidInput.of('customerGroups', 'must be left out with a legalEntityId');
  }
  if (legalEntityId !== undefined && !entity) {
    throw InvalidInput.of('legalEntityId', `no legal entity has the id ${legalEntityId}`);
  }
  if (from >= to) throw InvalidInput.of('validity', 'must begin before it ends');
  return {
    name,
    names: [...new Set(Object.values(name))],
    siteCode,
    ...(currency !== undefined && { currency }),
    countries: listOrAny(draft.countries),
    regions: listOrAny(draft.regions),
    readers: listOrAny(
      legalEntityId === undefined ? customerGroups.map(keyOfGroup) : [keyOfEntity(legalEntityId)],
    ),
    validFrom: from,
    validTo: to,
    mixins,
    mixinSchemas,
  };
}

/** Returns the ids of the groups that the list is for; undefined if it is not for groups. */
export function groupsOf({ readers }: PriceList): readonly string[] | undefined {
  const groups = limitOf(readers)?.filter((key) => !key.startsWith(ENTITY));
  return groups && groups.length > 0 ? groups.map((key) => key.slice(keyOfGroup('').length)) : undefined;
}

/** Returns the id of the legal entity that the list is for, if it is for one. */
export const entityOf = ({ readers }: PriceList): string | undefined =>
  readers.find((key) => key.startsWith(ENTITY))?.slice(ENTITY.length);

/** What a list must apply to. */
export interface ListCriteria {
  readonly siteCodes: readonly string[];
  readonly currency: string;
  readonly country: string;
  /** Keys as in `PriceList.readers`. */
  readonly readers: readonly string[];
  readonly at: Date;
}

/**
 * Tells whether a list applies. No service says which countries a region has, so a list for regions applies only in the
 * countries that it names.
 * @param currencyOf the currency of a site
 */
export function listApplies(
  list: PriceList,
  criteria: ListCriteria,
  currencyOf: (siteCode: string) => string | undefined,
): boolean {
  const { siteCodes, currency, country, readers, at } = criteria;
  const isEverywhere = list.countries.includes(ANY) && list.regions.includes(ANY);
  return (
    siteCodes.includes(list.siteCode) &&
    (list.currency ?? currencyOf(list.siteCode)) === currency &&
    (isEverywhere || list.countries.includes(country)) &&
    list.readers.some((key) => readers.includes(key)) &&
    list.validFrom <= at &&
    at < list.validTo
  );
}

/** Returns a price of a list that applies in the form in which all prices are compared. */
export const priceOfList = (price: ListPrice, list: PriceList, currency: string): Price => ({
  ...price,
  currency,
  country: ANY,
  sites: [list.siteCode],
  audience: [ANY],
  validFrom: list.validFrom,
  validTo: list.validTo,
  mixins: {},
  mixinSchemas: {},
});

/** @throws InvalidInput */
export const newListPrice = (
  key: ListPriceKey,
  draft: ListPriceDraft,
  models: readonly PriceModel[],
  now: Date,
): ListPrice => ({ ...key, ...contentOfPrice(draft, models), createdAt: now, modifiedAt: now, version: 1 });

/** @throws InvalidInput */
export const replacedListPrice = (
  { tenant, priceListId, id, createdAt, version }: ListPrice,
  draft: ListPriceDraft,
  models: readonly PriceModel[],
  now: Date,
): ListPrice => ({
  tenant,
  priceListId,
  id,
  ...contentOfPrice(draft, models),
  createdAt,
  modifiedAt: now,
  version: version + 1,
});

function contentOfPrice(
  { itemId, priceModelId, tierValues }: ListPriceDraft,
  models: readonly PriceModel[],
): ListPriceDraft {
  const model = modelOf(priceModelId, models);
  return {
    itemId,
    ...(model && { priceModelId: model.id }),
    tierValues: valuesOfTiers(tierValues, model),
  };
}
