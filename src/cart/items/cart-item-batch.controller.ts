import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { Refused } from '../../http/errors/refusals.js';
import { type BatchEntry, BatchPipe, mapWanted } from '../../http/input/batch.js';
import { CurrentCaller } from '../caller/cart-caller.js';
import type { CartCaller } from '../caller/cart-caller.types.js';
import { CartRoutes } from '../caller/cart-routes.js';
import { AddItemDto, toItemDraft } from '../dto/cart-item-request.dto.js';
import {
  AddedEntryDto,
  toAddedEntries,
  toIdentifiedChanges,
  toUpdatedEntries,
  UpdatedEntryDto,
  UpdateEntryDto,
} from './cart-item-batch.dto.js';
import { CartItemsService } from './cart-items.service.js';

const MOST_TO_UPDATE = 50;

/** Each batch is one atomic write of the cart. */
@CartRoutes('Cart items')
@Refused(400, 401, 403, 404, 409, 413, 415, 503)
@Controller('cart/:tenant/carts/:cartId/itemsBatch')
export class CartItemBatchController {
  constructor(private readonly items: CartItemsService) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Put several items into a cart',
    description:
      'Takes up to 200 entries. All accepted entries are stored in one write; a refused one does not ' +
      'affect the others. The answer is always 200: check `status` of each entry.',
  })
  @ApiBody({ type: [AddItemDto] })
  @ApiResponse({ status: 200, type: [AddedEntryDto] })
  async add(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Body(new BatchPipe(AddItemDto)) body: readonly BatchEntry<AddItemDto>[],
  ): Promise<AddedEntryDto[]> {
    return toAddedEntries(await this.items.addAll(caller, cartId, mapWanted(body, toItemDraft)));
  }

  @Put()
  @HttpCode(207)
  @ApiOperation({
    summary: 'Change several items of a cart',
    description:
      'Takes up to 50 entries, each as in `PUT /items/{itemId}` without `partial`. All accepted entries ' +
      'are stored in one write; a refused one does not affect the others. The answer is always 207: check ' +
      '`code` of each entry.',
  })
  @ApiBody({ type: [UpdateEntryDto] })
  @ApiResponse({ status: 207, type: [UpdatedEntryDto] })
  async update(
    @CurrentCaller() caller: CartCaller,
    @Param('cartId') cartId: string,
    @Body(new BatchPipe(UpdateEntryDto, MOST_TO_UPDATE)) body: readonly BatchEntry<UpdateEntryDto>[],
  ): Promise<UpdatedEntryDto[]> {
    return toUpdatedEntries(await this.items.updateAll(caller, cartId, mapWanted(body, toIdentifiedChanges)));
  }
}
