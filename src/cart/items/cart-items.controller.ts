import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Refused } from '../../http/errors/refusals.js';
import { PartialDto } from '../../http/query/partial.dto.js';
import { CurrentCaller } from '../caller/cart-caller.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { CartRoutes } from '../caller/cart-routes.js';
import { CartViewService } from '../carts/cart-view.service.js';
import { AddItemDto, toItemChanges, toItemDraft, UpdateItemDto } from '../dto/cart-item-request.dto.js';
import { CartItemDto, CreatedItemDto, toItemDto, toItemDtos } from '../dto/cart-response.dto.js';
import { itemYrn } from '../lines/cart-items.rules.js';
import { CartItemsService } from './cart-items.service.js';

@CartRoutes('Cart items')
@Refused(400, 401, 403, 404, 503)
@Controller('cart/:tenant/carts/:cartId/items')
export class CartItemsController {
  constructor(
    private readonly items: CartItemsService,
    private readonly views: CartViewService,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List the items of a cart',
    description: 'Returns all lines on one page, with what each costs now.',
  })
  @ApiResponse({ status: 200, type: [CartItemDto] })
  async list(@CurrentCaller() caller: CartCaller, @Param('cartId') cartId: string): Promise<CartItemDto[]> {
    return toItemDtos(await this.views.read(caller, cartId));
  }

  @Post()
  @ApiOperation({
    summary: 'Put an item into a cart',
    description:
      'An item with the same `itemYrn` and `price.priceId` as an existing line joins that line, unless ' +
      '`keepAsSeparateLineItem` is true; the response then has the id of that line. The price that ' +
      '`priceId` names decides the amounts, unless the tenant sets `cartPrices: given`. EXTERNAL items ' +
      'require the scope `cart.cart_manage_external_prices`.',
  })
  @ApiResponse({
    status: 201,
    type: CreatedItemDto,
    headers: { Location: { description: 'Path of the item.', schema: { type: 'string' } } },
  })
  @Refused(409, 413, 415)
  async add(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Body() body: AddItemDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedItemDto> {
    const { cart, itemId } = await this.items.add(caller, cartId, toItemDraft(body));
    void reply.header('location', `/cart/${cart.tenant}/carts/${cart.id}/items/${itemId}`);
    return { itemId, yrn: itemYrn(cart, itemId) };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Take all items out of a cart',
    description: 'The cart stays open and keeps its discount codes. Item ids are not reused.',
  })
  @ApiResponse({ status: 204 })
  @Refused(409)
  removeAll(@CurrentCaller() caller: CartCaller, @Param('cartId') cartId: string): Promise<void> {
    return this.items.removeAll(caller, cartId);
  }

  @Get(':itemId')
  @ApiOperation({
    summary: 'Read an item of a cart',
    description: 'Returns the line with what it costs now. `itemId` is unique within its cart only.',
  })
  @ApiResponse({ status: 200, type: CartItemDto })
  async read(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Param('itemId') itemId: string,
  ): Promise<CartItemDto> {
    const { calculated, line } = await this.views.readItem(caller, cartId, itemId);
    return toItemDto(calculated, line);
  }

  @Put(':itemId')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Change an item of a cart',
    description:
      'Product, quantity and price keep their value if you leave them out. Other fields that you leave out ' +
      'are removed, unless `partial=true`. A new quantity gets the price that applies to it, ' +
      'unless the tenant sets `cartPrices: given`.',
  })
  @ApiResponse({ status: 204 })
  @Refused(409, 413, 415)
  update(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Param('itemId') itemId: string,
    @Query() { partial }: PartialDto,
    @Body() body: UpdateItemDto,
  ): Promise<void> {
    return this.items.update(caller, cartId, itemId, toItemChanges(body), partial ? 'merge' : 'replace');
  }

  @Delete(':itemId')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Take an item out of a cart',
    description:
      'Removes the whole line; to remove only some units, change its quantity. Its id is not reused.',
  })
  @ApiResponse({ status: 204 })
  @Refused(409)
  remove(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Param('itemId') itemId: string,
  ): Promise<void> {
    return this.items.remove(caller, cartId, itemId);
  }
}
