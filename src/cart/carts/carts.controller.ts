import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Refused } from '../../http/errors/refusals.js';
import { CurrentCaller } from '../caller/cart-caller.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { CartRoutes } from '../caller/cart-routes.js';
import { cartYrn } from '../cart.rules.js';
import { CreateCartDto, toCartChanges, toCartDraft, UpdateCartDto } from '../dto/cart-request.dto.js';
import { CartDto, CreatedCartDto, toCartDto, toStoredCartDto } from '../dto/cart-response.dto.js';
import { CartCriteriaDto, ReadCartDto } from './cart-criteria.dto.js';
import { CartViewService } from './cart-view.service.js';
import { CartService } from './cart.service.js';

@CartRoutes('Carts')
@ApiHeader({
  name: 'saas-token',
  required: false,
  description: 'Token of the customer that a backend acts for.',
})
@Refused(400, 401, 403, 503)
@Controller('cart/:tenant/carts')
export class CartsController {
  constructor(
    private readonly carts: CartService,
    private readonly views: CartViewService,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Create a cart',
    description:
      'The first cart also creates the session context, which names it. There can be one open cart per ' +
      'owner, site, type and legal entity: creating a second one is refused with 409. A backend names the ' +
      'owner with the header `session-id` or `saas-token`, or with `customerId`.',
  })
  @ApiResponse({
    status: 201,
    type: CreatedCartDto,
    headers: {
      Location: { description: 'Path of the new cart.', schema: { type: 'string' } },
      Version: { description: 'Version of the new cart.', schema: { type: 'integer' } },
    },
  })
  @Refused(409, 413, 415)
  async create(
    @CurrentCaller() caller: CartCaller,
    @Body() body: CreateCartDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedCartDto> {
    const cart = await this.carts.create(caller, toCartDraft(body));
    void reply.headers({ location: `/cart/${cart.tenant}/carts/${cart.id}`, version: cart.version });
    return { cartId: cart.id, yrn: cartYrn(cart) };
  }

  @Get()
  @ApiOperation({
    summary: 'Find the open cart of a site',
    description:
      'Finds the one open cart for the owner, `siteCode`, `type` and `legalEntityId`; `create=true` ' +
      'creates it if there is none. The session context then names this cart, unless it already names ' +
      'another open cart.',
  })
  @ApiResponse({ status: 200, type: CartDto })
  @Refused(404, 429)
  async findByCriteria(
    @CurrentCaller() caller: CartCaller,
    @Query() criteria: CartCriteriaDto,
  ): Promise<CartDto> {
    return toCartDto(await this.views.findByCriteria(caller, criteria));
  }

  @Get(':cartId')
  @ApiOperation({
    summary: 'Read a cart',
    description:
      'Totals are calculated at each read; `expandCalculation=false` leaves them out. A closed cart is ' +
      'answered with 404. If the shopper’s session context names no open cart, it then names this one.',
  })
  @ApiResponse({ status: 200, type: CartDto })
  @Refused(404)
  async read(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Query() { expandCalculation, ...shipTo }: ReadCartDto,
  ): Promise<CartDto> {
    return expandCalculation
      ? toCartDto(await this.views.read(caller, cartId, shipTo))
      : toStoredCartDto(await this.carts.read(caller, cartId, shipTo));
  }

  @Put(':cartId')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Change a cart, or close it',
    description:
      'Fields that are left out keep their value, and `addresses` replaces all addresses. `status: CLOSED` ' +
      'closes the cart for good: it can no longer be read or used. If you send `metadata.version` and it ' +
      'is not the current version, the answer is 409. The currency can be changed here only while the cart ' +
      'is empty.',
  })
  @ApiResponse({ status: 204 })
  @Refused(404, 409, 413, 415)
  update(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Body() body: UpdateCartDto,
  ): Promise<void> {
    return this.carts.update(caller, cartId, toCartChanges(body));
  }

  @Delete(':cartId')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete a cart',
    description: 'Deletes the cart and its items. Session contexts that name it are kept, without a cart.',
  })
  @ApiResponse({ status: 204 })
  @Refused(404)
  remove(@CurrentCaller() caller: CartCaller, @Param('cartId') cartId: string): Promise<void> {
    return this.carts.remove(caller, cartId);
  }
}
