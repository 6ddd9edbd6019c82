import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated } from '../auth/index.js';
import { CodedErrorDto, Refused } from '../http/refusals.js';
import { RateLimited, textField } from '../rate-limit/index.js';
import type { CartCaller } from './cart-access.rules.js';
import { CurrentCaller } from './cart-caller.js';
import { CartRoutes } from './cart-routes.js';
import { CartDiscountsService } from './cart-discounts.service.js';
import {
  AppliedCodeDto,
  ApplyDiscountDto,
  CartDiscountDto,
  DiscountCodesDto,
  DiscountIndexDto,
  toAppliedCode,
  toCartDiscounts,
} from './dto/discount.dto.js';

@CartRoutes('Cart discounts')
@Refused(CodedErrorDto, 400, 401, 403, 404, 503)
@Controller('cart/:tenant/carts/:cartId/discounts')
export class CartDiscountsController {
  constructor(private readonly discounts: CartDiscountsService) {}

  @Post()
  @ApiOperation({ summary: 'Put a discount code into a cart' })
  @ApiResponse({
    status: 201,
    type: AppliedCodeDto,
    headers: { Location: { description: 'of the discount', schema: { type: 'string' } } },
  })
  @RateLimited('discount', ({ params }) => [textField(params, 'tenant'), textField(params, 'cartId')])
  @Refused(CodedErrorDto, 409, 413, 415)
  async apply(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Body() { code }: ApplyDiscountDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AppliedCodeDto> {
    const cart = await this.discounts.add(caller, cartId, code);
    const applied = toAppliedCode(cart);
    void reply.header('location', `/cart/${cart.tenant}/carts/${cart.id}/discounts/${applied.discountIndex}`);
    return applied;
  }

  @Get()
  @Authenticated('scope:cart.cart_manage')
  @ApiOperation({ summary: 'List the discounts of a cart; its shopper reads them in the cart' })
  @ApiResponse({ status: 200, type: [CartDiscountDto] })
  async list(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
  ): Promise<CartDiscountDto[]> {
    return toCartDiscounts(await this.discounts.list(caller, cartId));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Take discounts out of a cart: those of some codes, or all' })
  @ApiResponse({ status: 204 })
  @Refused(CodedErrorDto, 409)
  removeAll(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Query() { codes }: DiscountCodesDto,
  ): Promise<void> {
    return this.discounts.removeAll(caller, cartId, codes);
  }

  @Delete(':discountIndex')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take one discount out of a cart' })
  @ApiResponse({ status: 204 })
  @Refused(CodedErrorDto, 409)
  remove(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Param() { discountIndex }: DiscountIndexDto,
  ): Promise<void> {
    return this.discounts.remove(caller, cartId, discountIndex);
  }
}
