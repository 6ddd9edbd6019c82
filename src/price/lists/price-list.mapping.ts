import { STATUS_CODES } from 'node:http';
import { type BatchOutcome, type BatchResultDto, toBatchResults } from '../../http/input/batch.js';
import { readLocalized, translationOf } from '../../http/language.rules.js';
import { defined, toTime } from '../dto/fields.decorator.js';
import type { Languages } from '../models/price-model.mapping.js';
import type { ListPrice, ListPriceDraft, PriceList, PriceListDraft } from '../price-list.types.js';
import { limitOf } from '../price.rules.js';
import { ALWAYS } from '../price.types.js';
import type { ListPriceDto, ListPriceEntryDto, NewListPriceDto } from './list-price.dto.js';
import type { ListPriceUpsert, NewListPrice } from './list-price.service.js';
import type { PriceListDto, PutPriceListDto } from './price-list.dto.js';
import { entityOf, groupsOf } from './price-list.rules.js';

/**
 * @param given the language that `Content-Language` names
 * @throws InvalidInput
 */
export const toListDraft = (
  dto: PutPriceListDto,
  given: string | undefined,
  defaultLanguage: string,
): PriceListDraft => ({
  name: readLocalized('name', dto.name, given, defaultLanguage),
  siteCode: dto.siteCode,
  ...defined({
    currency: dto.currency,
    countries: dto.countries,
    regions: dto.regions,
    customerGroups: dto.customerGroups,
    legalEntityId: dto.legalEntityId,
  }),
  ...(dto.validity && {
    validity: defined({ from: toTime(dto.validity.from ?? ''), to: toTime(dto.validity.to ?? '') }),
  }),
  mixins: dto.mixins ?? {},
  mixinSchemas: dto.metadata?.mixins ?? {},
});

export function toListDto(list: PriceList, { accepted, defaultLanguage }: Languages): PriceListDto {
  const { id, name, siteCode, currency, countries, regions, mixins, mixinSchemas } = list;
  const one = accepted === 'all' ? undefined : translationOf(name, accepted, defaultLanguage);
  const from = list.validFrom > ALWAYS.from ? list.validFrom.toISOString() : undefined;
  const to = list.validTo < ALWAYS.to ? list.validTo.toISOString() : undefined;
  return {
    id,
    name: one ? { [one.language]: one.text } : name,
    siteCode,
    ...defined({
      currency,
      countries: copy(limitOf(countries)),
      regions: copy(limitOf(regions)),
      customerGroups: copy(groupsOf(list)),
      legalEntityId: entityOf(list),
    }),
    ...((from !== undefined || to !== undefined) && { validity: defined({ from, to }) }),
    ...(Object.keys(mixins).length > 0 && { mixins }),
    metadata: {
      ...versionOf(list),
      ...(Object.keys(mixinSchemas).length > 0 && { mixins: mixinSchemas }),
    },
  };
}

const copy = (values: readonly string[] | undefined): string[] | undefined => values && [...values];

const versionOf = ({
  version,
  createdAt,
  modifiedAt,
}: Pick<ListPrice, 'version' | 'createdAt' | 'modifiedAt'>) => ({
  version,
  createdAt: createdAt.toISOString(),
  modifiedAt: modifiedAt.toISOString(),
});

export const toNewListPrice = (dto: NewListPriceDto): NewListPrice => ({
  ...defined({ id: dto.id }),
  draft: toPriceDraft(dto),
});

export const toListPriceUpsert = (dto: ListPriceEntryDto): ListPriceUpsert => ({
  id: dto.id,
  draft: toPriceDraft(dto),
  version: dto.metadata.version,
});

export const toPriceDraft = ({
  itemId,
  priceModelId,
  tierValues,
}: Pick<NewListPriceDto, 'itemId' | 'priceModelId' | 'tierValues'>): ListPriceDraft => ({
  itemId: { itemType: itemId.itemType, id: itemId.id },
  ...defined({ priceModelId }),
  tierValues: tierValues.map((value) => ({ ...defined(value), priceValue: value.priceValue })),
});

export const toListPriceDto = (price: ListPrice): ListPriceDto => ({
  id: price.id,
  itemId: { ...price.itemId },
  ...defined({ priceModelId: price.priceModelId }),
  tierValues: price.tierValues.map((value) => ({ ...value })),
  metadata: versionOf(price),
});

/** The same rows as for single prices, except that this wire has the phrases of HTTP as `status`. */
export const toListBatchResults = (outcomes: readonly BatchOutcome[]): BatchResultDto[] =>
  toBatchResults(outcomes).map((row) => ({ ...row, status: STATUS_CODES[row.code] ?? '' }));
