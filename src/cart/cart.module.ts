import { Module } from '@nestjs/common';
import { CartAccessService } from './cart-access.service.js';
import { CartHolderService } from './cart-holder.service.js';
import { CartItemsController } from './cart-items.controller.js';
import { CartItemsService } from './cart-items.service.js';
import { CartReaper } from './cart-reaper.service.js';
import { CartService } from './cart.service.js';
import { CartsController } from './carts.controller.js';

@Module({
  controllers: [CartsController, CartItemsController],
  providers: [CartService, CartItemsService, CartAccessService, CartHolderService, CartReaper],
  exports: [CartService, CartReaper],
})
export class CartModule {}
