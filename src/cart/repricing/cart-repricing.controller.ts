import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Authenticated } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import { CountedBy } from '../../rate-limit/index.js';
import { CurrentCaller } from '../caller/cart-caller.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { CartRoutes } from '../caller/cart-routes.js';
import { CartMergingService } from './cart-merging.service.js';
import {
  CartValidityDto,
  ChangeCurrencyDto,
  ChangeSiteDto,
  MergeCartsDto,
  toCartValidityDto,
} from './cart-repricing.dto.js';
import { CartRepricingService } from './cart-repricing.service.js';
import { CartValidationService } from './cart-validation.service.js';

@CartRoutes('Carts')
@ApiHeader({
  name: 'saas-token',
  required: false,
  description: 'Token of the customer that a backend acts for.',
})
@Refused(400, 401, 403, 404, 503)
@Controller('cart/:tenant/carts/:cartId')
export class CartRepricingController {
  constructor(
    private readonly merging: CartMergingService,
    private readonly repricing: CartRepricingService,
    private readonly validation: CartValidationService,
  ) {}

  @Post('merge')
  @HttpCode(200)
  @Authenticated('customer', 'scope:cart.cart_manage')
  @CountedBy('merge-guess')
  @ApiOperation({
    summary: 'Merge anonymous carts into a customer’s cart',
    description:
      'Joins lines of the same product and price, moves discount codes that are valid there, and closes the ' +
      'merged carts. All carts must be in the same currency. You can name carts of any session, unless they ' +
      'are `sessionValidated`. A cart that was merged before changes nothing.',
  })
  @ApiResponse({ status: 200, description: 'The carts are merged.' })
  @Refused(413, 415)
  merge(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Body() { carts }: MergeCartsDto,
  ): Promise<void> {
    return this.merging.merge(caller, cartId, carts);
  }

  @Post('changeCurrency')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Change the currency of a cart',
    description:
      'Gives each item its price in the new currency. If an item has none, or the site does not sell in ' +
      'that currency, the answer is 400 and nothing changes. Session contexts that name the cart are ' +
      'updated too: that of the shopper who calls, or all of them when a backend calls.',
  })
  @ApiResponse({ status: 200 })
  @Refused(409, 413, 415)
  changeCurrency(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Body() { currency }: ChangeCurrencyDto,
  ): Promise<void> {
    return this.repricing.changeCurrency(caller, cartId, currency);
  }

  @Post('changeSite')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Move a cart to another site',
    description:
      'The cart takes the currency of the site, and each item its price there. The answer is 400 if the ' +
      'owner may not shop there or an item has no price there, and 409 if the owner already has an open ' +
      'cart there. Session contexts that name the cart are updated too, with the language of the site.',
  })
  @ApiResponse({ status: 200 })
  @Refused(409, 413, 415)
  changeSite(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Body() { siteCode }: ChangeSiteDto,
  ): Promise<void> {
    return this.repricing.changeSite(caller, cartId, siteCode);
  }

  @Put('refresh')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Update the prices of a cart',
    description:
      'Gives each item the best price that its product has now. An item without a matching price keeps its ' +
      'current price.',
  })
  @ApiResponse({ status: 204 })
  @Refused(409)
  refresh(@CurrentCaller() caller: CartCaller, @Param('cartId') cartId: string): Promise<void> {
    return this.repricing.refresh(caller, cartId);
  }

  @Get('validate')
  @ApiOperation({
    summary: 'Check the prices and discount codes of a cart',
    description:
      'Reports items whose price no longer applies or has changed, and codes that take nothing off. It ' +
      'changes nothing: use `refresh` for the prices. Stock is not checked.',
  })
  @ApiResponse({ status: 200, type: CartValidityDto })
  async validate(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
  ): Promise<CartValidityDto> {
    return toCartValidityDto(await this.validation.validate(caller, cartId));
  }
}
