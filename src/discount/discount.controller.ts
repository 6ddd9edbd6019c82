import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../audit/index.js';
import { Authenticated } from '../auth/index.js';
import { NeverRefuses, Refused } from '../http/errors/refusals.js';
import type { ListSpec } from '../http/query/list-fields.js';
import { ListQueryDto } from '../http/query/list-query.dto.js';
import { toListing } from '../http/query/listing.js';
import { ApiTotalCount, tellTotal, TOTAL_COUNT, WantsTotal } from '../http/query/total-count.js';
import { Tenant } from '../http/tenant.decorator.js';
import { DiscountService } from './discount.service.js';
import {
  DeclareDiscountDto,
  DiscountCodeParam,
  DiscountDto,
  toDiscountDto,
  toDraft,
} from './dto/discount.dto.js';

const LIST: ListSpec = {
  fields: {
    code: { kind: 'text', path: 'code' },
    name: { kind: 'text', path: 'name' },
    currency: { kind: 'text', path: 'currency' },
    siteCodes: { kind: 'text', path: 'siteCodes' },
    from: { kind: 'date', path: 'from' },
    to: { kind: 'date', path: 'to' },
  },
  sortable: ['code'],
  defaultSort: 'code',
  pageSize: 60,
};

@ApiTags('Administration: discount codes')
@Authenticated('scope:cart.cart_manage')
@Refused(400, 401, 403, 503)
@Controller('admin/:tenant/discounts')
export class DiscountController {
  constructor(private readonly discounts: DiscountService) {}

  @Get()
  @Audited('discount.list')
  @ApiOperation({
    summary: 'List the discount codes of the tenant',
    description:
      'Includes codes that have ended or not yet begun. By default, codes are in alphabetical order, ' +
      '60 per page.',
  })
  @ApiTotalCount()
  @ApiResponse({ status: 200, type: [DiscountDto], headers: TOTAL_COUNT })
  async list(
    @Tenant() tenant: string,
    @Query() query: ListQueryDto,
    @WantsTotal() counted: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DiscountDto[]> {
    const { rows, total } = await this.discounts.list(tenant, toListing(query, LIST, counted));
    tellTotal(reply, total);
    return rows.map(toDiscountDto);
  }

  @Put(':code')
  @Audited('discount.save', { param: 'code' })
  @HttpCode(204)
  @ApiOperation({
    summary: 'Declare a discount code, or replace it',
    description:
      'Send either `percent` or `amount` with its `currency`. The body replaces the whole declaration: ' +
      'fields that are left out no longer apply. Carts that already have the code use the new declaration ' +
      'from now on. Codes are not case-sensitive.',
  })
  @ApiResponse({ status: 204 })
  @Refused(413, 415)
  @NeverRefuses(404)
  declare(
    @Tenant() tenant: string,
    @Param() { code }: DiscountCodeParam,
    @Body() body: DeclareDiscountDto,
  ): Promise<void> {
    return this.discounts.declare(tenant, code, toDraft(body));
  }

  @Delete(':code')
  @Audited('discount.remove', { param: 'code' })
  @HttpCode(204)
  @ApiOperation({
    summary: 'Remove a discount code',
    description: 'Carts keep the code, but show it as not valid, and it takes nothing off any more.',
  })
  @ApiResponse({ status: 204 })
  @Refused(404)
  remove(@Tenant() tenant: string, @Param() { code }: DiscountCodeParam): Promise<void> {
    return this.discounts.remove(tenant, code);
  }
}
