import { defined, toTime } from '../dto/fields.decorator.js';
import type { RestrictionsDto, ValidityDto } from '../dto/price-parts.dto.js';
import { type Languages, toPriceModelDto } from '../models/price-model.mapping.js';
import type { PriceModel } from '../price-model.types.js';
import { limitOf, principalOfKey } from '../price.rules.js';
import { ALWAYS, ANY, type Price, type PriceDraft } from '../price.types.js';
import type { NewPrice, PriceUpsert } from './price-catalog.service.js';
import type { CreatePriceDto, PriceDto, UpdatePriceDto } from './price.dto.js';

export function toNewPrice(dto: CreatePriceDto): NewPrice {
  const { itemId, currency, tierValues } = dto;
  const tiers = tierValues.map((value) => ({ ...defined(value), priceValue: value.priceValue }));
  return { ...defined({ id: dto.id }), draft: { ...toChanges(dto), itemId, currency, tierValues: tiers } };
}

export const toUpsert = (dto: UpdatePriceDto, partial: boolean): PriceUpsert => ({
  ...defined({ id: dto.id, version: dto.metadata?.version }),
  changes: toChanges(dto),
  partial,
});

function toChanges(dto: UpdatePriceDto): Partial<PriceDraft> {
  const { itemId, itemYrn, currency, location, salePrice, restrictions, priceModelId, tierValues, mixins } =
    dto;
  return {
    ...defined({ itemYrn, currency, priceModelId, mixins, country: location?.countryCode }),
    ...defined({ mixinSchemas: dto.metadata?.mixins }),
    ...(itemId && { itemId: { itemType: itemId.itemType, id: itemId.id } }),
    ...(salePrice && { salePrice: defined(salePrice) }),
    ...(restrictions && toLimits(restrictions)),
    ...(tierValues && {
      tierValues: tierValues.map((value) => ({ ...defined(value), priceValue: value.priceValue })),
    }),
  };
}

/** Sets all restrictions, so that those which the client no longer names are lifted. */
const toLimits = ({ siteCodes, principals, validity }: RestrictionsDto): Partial<PriceDraft> => ({
  siteCodes,
  principals: principals ?? [],
  validity: validity ? toValidity(validity) : {},
});

const toValidity = ({ from, to }: ValidityDto): PriceDraft['validity'] & {} =>
  defined({ from: toTime(from ?? ''), to: toTime(to ?? '') });

/** How a price is shown: with its model, and in which languages. */
export interface Shown extends Languages {
  readonly model?: PriceModel;
}

export function toPriceDto(price: Price, shown?: Shown): PriceDto {
  const { id, itemId, itemYrn, currency, country, salePrice, priceModelId, tierValues, mixins } = price;
  const restrictions = toRestrictions(price);
  return {
    id,
    itemId: { ...itemId },
    ...defined({ itemYrn }),
    currency,
    ...(country !== ANY && { location: { countryCode: country } }),
    ...(salePrice && { salePrice: { ...salePrice } }),
    ...(restrictions && { restrictions }),
    ...defined({ priceModelId }),
    tierValues: tierValues.map((value) => ({ ...value })),
    ...(Object.keys(mixins).length > 0 && { mixins }),
    metadata: toMetadata(price),
    ...(shown?.model && { priceModel: toPriceModelDto(shown.model, shown) }),
  };
}

function toRestrictions({ sites, audience, validFrom, validTo }: Price): RestrictionsDto | undefined {
  const principals = limitOf(audience)?.map(principalOfKey);
  const from = validFrom > ALWAYS.from ? validFrom.toISOString() : undefined;
  const to = validTo < ALWAYS.to ? validTo.toISOString() : undefined;
  const validity = from === undefined && to === undefined ? undefined : defined({ from, to });
  const siteCodes = limitOf(sites);
  if (!siteCodes && !principals && !validity) return undefined;
  return { siteCodes: [...(siteCodes ?? [])], ...defined({ principals, validity }) };
}

const toMetadata = ({ version, createdAt, modifiedAt, mixinSchemas }: Price): PriceDto['metadata'] => ({
  version,
  createdAt: createdAt.toISOString(),
  modifiedAt: modifiedAt.toISOString(),
  ...(Object.keys(mixinSchemas).length > 0 && { mixins: mixinSchemas }),
});
