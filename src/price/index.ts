export type { MatchedPrice, NamedPrices, PriceContext, WantedItem } from './match.types.js';
export type { PriceModel, PriceModelDraft } from './price-model.types.js';
export { PriceModelRepository } from './price-model.repository.js';
export { newModel, withModel } from './price-model.rules.js';
export { PriceModule } from './price.module.js';
export { PriceRepository } from './price.repository.js';
export { newPrice } from './price.rules.js';
export { type Matches, PriceService } from './price.service.js';
export type { Price, PriceDraft } from './price.types.js';
