import { Module } from '@nestjs/common';
import { PriceBatchController } from './price-batch.controller.js';
import { PriceCatalogService } from './price-catalog.service.js';
import { PriceMatchController } from './price-match.controller.js';
import { PriceModelService } from './price-model.service.js';
import { PriceModelsController } from './price-models.controller.js';
import { PriceSearchController } from './price-search.controller.js';
import { PriceSearchService } from './price-search.service.js';
import { PriceService } from './price.service.js';
import { PricesController } from './prices.controller.js';

@Module({
  // `prices/bulk` before `prices/:priceId`, which would take it for an id.
  controllers: [
    PriceBatchController,
    PriceSearchController,
    PricesController,
    PriceMatchController,
    PriceModelsController,
  ],
  providers: [PriceService, PriceCatalogService, PriceSearchService, PriceModelService],
  exports: [PriceService],
})
export class PriceModule {}
