import { Module } from '@nestjs/common';
import { ClientManagementModule } from '../client-management/index.js';
import { Audiences } from './audience.js';
import { PriceBatchController } from './catalog/price-batch.controller.js';
import { PriceCatalogService } from './catalog/price-catalog.service.js';
import { PricesController } from './catalog/prices.controller.js';
import { ListPriceBatchController } from './lists/list-price-batch.controller.js';
import { ListPriceService } from './lists/list-price.service.js';
import { ListPricesController } from './lists/list-prices.controller.js';
import { ListPrices } from './lists/list-prices.service.js';
import { PresentLists } from './lists/present-lists.js';
import { PriceListService } from './lists/price-list.service.js';
import { PriceListsController } from './lists/price-lists.controller.js';
import { ApplicablePrices } from './matching/applicable-prices.service.js';
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
    PriceListsController,
    ListPriceBatchController,
    ListPricesController,
  ],
  providers: [
    ApplicablePrices,
    Audiences,
    ListPrices,
    ListPriceService,
    PresentLists,
    PriceCatalogService,
    PriceListService,
    PriceModelService,
    PriceSearchService,
    PriceService,
  ],
  exports: [PriceService],
})
export class PriceModule {}
