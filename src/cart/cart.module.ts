import { Module } from '@nestjs/common';
import { PriceModule } from '../price/index.js';
import { TenantModule } from '../tenant/index.js';
import { CartAccessService } from './cart-access.service.js';
import { CartAtLoginService } from './cart-at-login.service.js';
import { CartContextService } from './cart-context.service.js';
import { CartCountingService } from './cart-counting.service.js';
import { CartDiscountsController } from './cart-discounts.controller.js';
import { CartDiscountsService } from './cart-discounts.service.js';
import { CartDraftService } from './cart-draft.service.js';
import { CartHandoverService } from './cart-handover.service.js';
import { CartHolderService } from './cart-holder.service.js';
import { CartItemBatchController } from './cart-item-batch.controller.js';
import { CartItemsController } from './cart-items.controller.js';
import { CartItemsService } from './cart-items.service.js';
import { CartMaker } from './cart-maker.service.js';
import { CartMergeService } from './cart-merge.service.js';
import { CartMovesController } from './cart-moves.controller.js';
import { CartMergingService } from './cart-merging.service.js';
import { CartRepricingService } from './cart-repricing.service.js';
import { PricedChangeService } from './cart-priced-change.service.js';
import { CartPricingService } from './cart-pricing.service.js';
import { CartReaper } from './cart-reaper.service.js';
import { CartSearchController } from './cart-search.controller.js';
import { CartSearchService } from './cart-search.service.js';
import { CartValidationService } from './cart-validation.service.js';
import { CartViewService } from './cart-view.service.js';
import { CartService } from './cart.service.js';
import { UsableCarts } from './usable-carts.service.js';
import { CartsController } from './carts.controller.js';

@Module({
  imports: [TenantModule, PriceModule],
  controllers: [
    CartsController,
    CartItemsController,
    CartItemBatchController,
    CartDiscountsController,
    CartMovesController,
    CartSearchController,
  ],
  providers: [
    CartService,
    CartItemsService,
    CartAccessService,
    CartAtLoginService,
    CartContextService,
    CartHandoverService,
    CartDraftService,
    CartMaker,
    CartMergeService,
    CartMergingService,
    CartRepricingService,
    CartPricingService,
    PricedChangeService,
    CartHolderService,
    CartReaper,
    CartCountingService,
    CartDiscountsService,
    CartValidationService,
    CartViewService,
    CartSearchService,
    UsableCarts,
  ],
  exports: [CartService, CartAtLoginService, CartReaper, UsableCarts],
})
export class CartModule {}
