import { Body, Controller, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Authenticated } from '../auth/index.js';
import { CountedBy } from '../rate-limit/index.js';
import { CodedErrorDto, Refused } from '../http/refusals.js';
import type { CartCaller } from './cart-access.rules.js';
import { CurrentCaller } from './cart-caller.js';
import { CartRoutes } from './cart-routes.js';
import { CartMergingService } from './cart-merging.service.js';
import { CartRepricingService } from './cart-repricing.service.js';
import { CartValidationService } from './cart-validation.service.js';
import {
  CartValidityDto,
  ChangeCurrencyDto,
  ChangeSiteDto,
  MergeCartsDto,
  toCartValidityDto,
} from './dto/cart-moves.dto.js';

@CartRoutes('Carts')
@ApiHeader({ name: 'saas-token', required: false, description: 'the customer that a backend calls for' })
@Refused(CodedErrorDto, 400, 401, 403, 404, 503)
@Controller('cart/:tenant/carts/:cartId')
export class CartMovesController {
  constructor(
    private readonly merging: CartMergingService,
    private readonly repricing: CartRepricingService,
    private readonly validation: CartValidationService,
  ) {}

  @Post('merge')
  @HttpCode(200)
  @Authenticated('customer', 'scope:cart.cart_manage')
  @CountedBy('merge-guess')
  @ApiOperation({ summary: 'Put the items of anonymous carts into a customer’s cart, and close them' })
  @ApiResponse({ status: 200, description: 'the lines of the same product and price are joined' })
  @Refused(CodedErrorDto, 413, 415)
  merge(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Body() { carts }: MergeCartsDto,
  ): Promise<void> {
    return this.merging.merge(caller, cartId, carts);
  }

  @Post('changeCurrency')
  @HttpCode(200)
  @ApiOperation({ summary: 'Change the currency of a cart, of its items and of the contexts that name it' })
  @ApiResponse({ status: 200 })
  @Refused(CodedErrorDto, 409, 413, 415)
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
    summary: 'Change the site of a cart and of the contexts that name it, with currency and language',
  })
  @ApiResponse({ status: 200 })
  @Refused(CodedErrorDto, 409, 413, 415)
  changeSite(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Body() { siteCode }: ChangeSiteDto,
  ): Promise<void> {
    return this.repricing.changeSite(caller, cartId, siteCode);
  }

  @Put('refresh')
  @HttpCode(204)
  @ApiOperation({ summary: 'Give the items the prices that they have by now' })
  @ApiResponse({ status: 204 })
  @Refused(CodedErrorDto, 409)
  refresh(@CurrentCaller() caller: CartCaller, @Param('cartId') cartId: string): Promise<void> {
    return this.repricing.refresh(caller, cartId);
  }

  @Get('validate')
  @ApiOperation({ summary: 'Ask whether the prices of the items, and the discount codes, still apply' })
  @ApiResponse({ status: 200, type: CartValidityDto })
  async validate(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
  ): Promise<CartValidityDto> {
    return toCartValidityDto(await this.validation.validate(caller, cartId));
  }
}
