import { type AcceptedLanguages, shownLocalized } from '../../http/language.rules.js';
import { defined } from '../dto/fields.decorator.js';
import type { PriceModel } from '../price-model.types.js';
import type { PriceModelDto, PriceModelInputDto } from './price-model.dto.js';
import type { PriceModelInput } from './price-model.service.js';

/** @param language the language that `Content-Language` names */
export const toPriceModelInput = (
  dto: PriceModelInputDto,
  language: string | undefined,
): PriceModelInput => ({
  name: dto.name,
  language,
  includesTax: dto.includesTax,
  ...defined({ description: dto.description, includesMarkup: dto.includesMarkup, default: dto.default }),
  measurementUnit: { ...dto.measurementUnit },
  tierType: dto.tierDefinition.tierType,
  tiers: (dto.tierDefinition.tiers ?? []).map(({ id, minQuantity }) => ({
    ...defined({ id }),
    minQuantity: { ...minQuantity },
  })),
});

/** The languages in which texts are shown. */
export interface Languages {
  readonly accepted: AcceptedLanguages;
  readonly defaultLanguage: string;
}

export const toPriceModelDto = (
  model: PriceModel,
  { accepted, defaultLanguage }: Languages,
): PriceModelDto => ({
  id: model.id,
  name: shownLocalized(model.name, accepted, defaultLanguage),
  ...(model.description && {
    description: shownLocalized(model.description, accepted, defaultLanguage),
  }),
  includesTax: model.includesTax,
  includesMarkup: model.includesMarkup,
  default: model.default,
  measurementUnit: { ...model.measurementUnit },
  tierDefinition: {
    tierType: model.tierType,
    tiers: model.tiers.map(({ id, minQuantity }) => ({ id, minQuantity: { ...minQuantity } })),
  },
  metadata: {
    version: model.version,
    createdAt: model.createdAt.toISOString(),
    modifiedAt: model.modifiedAt.toISOString(),
  },
});
