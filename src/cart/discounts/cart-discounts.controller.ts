import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import { RateLimited, textField } from '../../rate-limit/index.js';
import { CurrentCaller } from '../caller/cart-caller.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { CartRoutes } from '../caller/cart-routes.js';
import {
  AppliedCodeDto,
  ApplyDiscountDto,
  CartDiscountDto,
  DiscountCodesDto,
  DiscountIndexDto,
  toAppliedCode,
  toCartDiscounts,
} from '../dto/discount.dto.js';
import { CartDiscountsService } from './cart-discounts.service.js';

@CartRoutes('Cart discounts')
@Refused(400, 401, 403, 404, 503)
@Controller('cart/:tenant/carts/:cartId/discounts')
export class CartDiscountsController {
  constructor(private readonly discounts: CartDiscountsService) {}

  @Post()
  @ApiOperation({
    summary: 'Apply a discount code to a cart',
    description:
      'The code must be valid for this cart now; if it is not, the error says why. An unknown code is ' +
      'answered with 404, and a code that the cart already has or that cannot be combined with 409. A cart ' +
      'holds at most 10 codes.',
  })
  @ApiResponse({
    status: 201,
    type: AppliedCodeDto,
    headers: { Location: { description: 'Path of the new discount.', schema: { type: 'string' } } },
  })
  @RateLimited('discount', ({ params }) => [textField(params, 'tenant'), textField(params, 'cartId')])
  @Refused(409, 413, 415)
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
  @ApiOperation({
    summary: 'List the discounts of a cart',
    description:
      'For backends; a shopper finds the discounts in the cart. Codes that currently take nothing off are ' +
      'listed too, with `valid: false` and the reason.',
  })
  @ApiResponse({ status: 200, type: [CartDiscountDto] })
  async list(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
  ): Promise<CartDiscountDto[]> {
    return toCartDiscounts(await this.discounts.list(caller, cartId));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Take discounts out of a cart',
    description:
      '`codes` lists the codes to remove, separated by commas; without it, all are removed. Codes that the ' +
      'cart does not have are ignored.',
  })
  @ApiResponse({ status: 204 })
  @Refused(409)
  removeAll(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Query() { codes }: DiscountCodesDto,
  ): Promise<void> {
    return this.discounts.removeAll(caller, cartId, codes);
  }

  @Delete(':discountIndex')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Take one discount out of a cart',
    description: 'The index starts at 0. The discounts behind it move up by one.',
  })
  @ApiResponse({ status: 204 })
  @Refused(409)
  remove(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Param() { discountIndex }: DiscountIndexDto,
  ): Promise<void> {
    return this.discounts.remove(caller, cartId, discountIndex);
  }
}
