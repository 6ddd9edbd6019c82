export type { WantedItem } from './matching/match.types.js';
export type { PriceModel, PriceModelDraft } from './price-model.types.js';
export { PriceModelRepository } from './price-model.repository.js';
export { newModel, withModel } from './models/price-model.rules.js';
export { PriceModule } from './price.module.js';
export { PriceRepository } from './price.repository.js';
export { newPrice } from './price.rules.js';
export { PriceService } from './matching/price-match.service.js';
export type { Price, PriceDraft } from './price.types.js';
