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
      'The code must count for this cart now: the refusal says why it does not. An unknown code is 404; one ' +
      'that the cart already has, or that cannot be combined, is 409. A cart holds at most 10 codes.',
  })
  @ApiResponse({
    status: 201,
    type: AppliedCodeDto,
    headers: { Location: { description: 'of the discount', schema: { type: 'string' } } },
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
      'For backends: a shopper finds them in the cart. Codes that take nothing off at the moment are listed ' +
      'too, with `valid: false` and the reason.',
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
      'Name the codes in `codes`, separated by commas; without it, all go. Codes that the cart does not have ' +
      'are no error.',
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
    description: 'The index counts from 0. The discounts after it move up by one.',
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
