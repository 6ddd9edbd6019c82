import { Module } from '@nestjs/common';
import { ClientManagementModule } from '../client-management/index.js';
import { Audiences } from './audience.js';
import { PriceBatchController } from './catalog/price-batch.controller.js';
import { PriceCatalogService } from './catalog/price-catalog.service.js';
import { PricesController } from './catalog/prices.controller.js';
import { PriceMatchController } from './matching/price-match.controller.js';
import { PriceService } from './matching/price-match.service.js';
import { PriceModelService } from './models/price-model.service.js';
import { PriceModelsController } from './models/price-models.controller.js';
import { PriceSearchController } from './search/price-search.controller.js';
import { PriceSearchService } from './search/price-search.service.js';

@Module({
  imports: [ClientManagementModule],
  // `prices/bulk` before `prices/:priceId`, which would take it for an id.
  controllers: [
    PriceBatchController,
    PriceSearchController,
    PricesController,
    PriceMatchController,
    PriceModelsController,
  ],
  providers: [Audiences, PriceService, PriceCatalogService, PriceSearchService, PriceModelService],
  exports: [PriceService],
})
export class PriceModule {}
