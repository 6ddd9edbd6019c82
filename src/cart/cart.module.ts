import { Global, Module } from '@nestjs/common';
import { ClientManagementModule } from '../client-management/index.js';
import { PriceModule } from '../price/index.js';
import { TenantModule } from '../tenant/index.js';
import { Sweeps } from '../shared/sweeps.js';
import { CartRepository } from './cart.repository.js';
import { CartAccessService } from './access/cart-access.service.js';
import { PricedChangeService } from './access/cart-priced-change.service.js';
import { UsableCarts } from './access/usable-carts.service.js';
import { CartTargets } from './caller/cart-target.service.js';
import { CartDraftService } from './carts/cart-draft.service.js';
import { CartMaker } from './carts/cart-maker.service.js';
import { CartViewService } from './carts/cart-view.service.js';
import { CartService } from './carts/cart.service.js';
import { CartsController } from './carts/carts.controller.js';
import { CartDiscountsController } from './discounts/cart-discounts.controller.js';
import { CartDiscountsService } from './discounts/cart-discounts.service.js';
import { CartsWithEvents } from './events/carts-with-events.js';
import { CartAtLoginService } from './handover/cart-at-login.service.js';
import { CartContextService } from './handover/cart-context.service.js';
import { CartHandoverService } from './handover/cart-handover.service.js';
import { CartMergeService } from './handover/cart-merge.service.js';
import { CartRecovery } from './handover/cart-recovery.service.js';
import { ExpiredCartSweep } from './handover/expired-cart-sweep.service.js';
import { CartItemBatchController } from './items/cart-item-batch.controller.js';
import { CartItemsController } from './items/cart-items.controller.js';
import { CartItemsService } from './items/cart-items.service.js';
import { CartPricingService } from './pricing/cart-pricing.service.js';
import { CartMergingService } from './repricing/cart-merging.service.js';
import { CartMoves } from './repricing/cart-moves.service.js';
import { CartRepricingController } from './repricing/cart-repricing.controller.js';
import { CartRepricingService } from './repricing/cart-repricing.service.js';
import { CartValidationService } from './repricing/cart-validation.service.js';
import { CartSearchController } from './search/cart-search.controller.js';
import { CartSearchService } from './search/cart-search.service.js';
import { CartCalculator } from './totals/cart-calculator.service.js';

/** Global, because features around it read carts. */
@Global()
@Module({
  imports: [TenantModule, ClientManagementModule, PriceModule],
  controllers: [
    CartsController,
    CartItemsController,
    CartItemBatchController,
    CartDiscountsController,
    CartRepricingController,
    CartSearchController,
  ],
  providers: [
    { provide: CartRepository, useClass: CartsWithEvents },
    CartService,
    CartItemsService,
    CartAccessService,
    CartAtLoginService,
    CartContextService,
    CartHandoverService,
    CartDraftService,
    CartMaker,
    CartMergeService,
    CartRecovery,
    CartMergingService,
    CartMoves,
    CartRepricingService,
    CartPricingService,
    PricedChangeService,
    CartTargets,
    ExpiredCartSweep,
    CartCalculator,
    CartDiscountsService,
    CartValidationService,
    CartViewService,
    CartSearchService,
    UsableCarts,
  ],
  exports: [
    CartRepository,
    CartService,
    CartItemsService,
    CartCalculator,
    CartAtLoginService,
    CartMoves,
    UsableCarts,
  ],
})
export class CartModule {
  constructor(sweeps: Sweeps, carts: ExpiredCartSweep) {
    sweeps.add('carts', (now) => carts.sweep(now));
  }
}
