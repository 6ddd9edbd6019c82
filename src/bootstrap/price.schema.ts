import { z } from 'zod';
import type { PriceDraft, PriceModelDraft } from '../price/index.js';
import { isCountry, isCurrency, isLanguage } from '../shared/iso/codes.js';
import { MAX_AMOUNT } from '../shared/money.js';

const id = z.string().min(1).max(128);
const amount = z.number().min(0).max(MAX_AMOUNT);
const unitCode = z.string().min(1).max(32);
const translations = z.record(
  z.string().refine(isLanguage, 'must be a language tag of BCP 47'),
  z.string().min(1),
);

/** The rules that link its tiers are checked by `newModel`, as for models that are sent over HTTP. */
export const priceModelSchema = z.strictObject({
  id,
  name: translations,
  description: translations.optional(),
  includesTax: z.boolean().default(true),
  default: z.boolean().default(false),
  measurementUnit: z.strictObject({ quantity: amount, unitCode }).default({ quantity: 1, unitCode: 'pc' }),
  tierType: z.enum(['BASIC', 'VOLUME', 'TIERED']),
  /** Quantities from which the tiers apply, in the unit of `measurementUnit`. */
  tiers: z.array(amount).min(1).default([0]),
});

export const priceSchema = z.strictObject({
  id,
  itemId: id,
  itemType: z.enum(['PRODUCT', 'SKU']).default('PRODUCT'),
  currency: z.string().refine(isCurrency, 'must be a currency code of ISO 4217'),
  country: z.string().refine(isCountry, 'must be a country code of ISO 3166-1 alpha-2').optional(),
  siteCodes: z.array(id).min(1).optional(),
  /** Groups whose members get this price. Left out: everybody does. */
  groups: z.array(id).min(1).optional(),
  priceModelId: id.optional(),
  /** One value per tier of the model; a single value for a simple price. */
  values: z.array(amount).min(1),
});

export const toModelDraft = (declared: z.infer<typeof priceModelSchema>): PriceModelDraft => {
  const { description, tiers, name, includesTax, measurementUnit, tierType } = declared;
  const { unitCode: unit } = measurementUnit;
  return {
    name,
    ...(description && { description }),
    includesTax,
    default: declared.default,
    measurementUnit,
    tierType,
    tiers: tiers.map((quantity) => ({ minQuantity: { quantity, unitCode: unit } })),
  };
};

export const toPriceDraft = (declared: z.infer<typeof priceSchema>): PriceDraft => {
  const { itemId, itemType, currency, country, siteCodes, groups, priceModelId, values } = declared;
  return {
    itemId: { itemType, id: itemId },
    currency,
    ...(country !== undefined && { country }),
    ...(siteCodes && { siteCodes }),
    ...(groups && { principals: groups.map((group) => ({ type: 'GROUP', id: group }) as const) }),
    ...(priceModelId !== undefined && { priceModelId }),
    tierValues: values.map((priceValue) => ({ priceValue })),
  };
};
