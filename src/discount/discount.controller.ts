import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated } from '../auth/index.js';
import type { ListSpec } from '../http/query/list-fields.js';
import { ListQueryDto } from '../http/query/list-query.dto.js';
import { toListing } from '../http/query/listing.js';
import { ApiTotalCount, tellTotal, TOTAL_COUNT, WantsTotal } from '../http/query/total-count.js';
import { CodedErrorDto, NeverRefuses, Refused } from '../http/refusals.js';
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
@Refused(CodedErrorDto, 400, 401, 403, 503)
@Controller('admin/:tenant/discounts')
export class DiscountController {
  constructor(private readonly discounts: DiscountService) {}

  @Get()
  @ApiOperation({ summary: 'List the discount codes of the tenant' })
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
  @HttpCode(204)
  @ApiOperation({ summary: 'Declare a discount code, or replace it; carts that have it follow at once' })
  @ApiResponse({ status: 204 })
  @Refused(CodedErrorDto, 413, 415)
  @NeverRefuses(404)
  declare(
    @Tenant() tenant: string,
    @Param() { code }: DiscountCodeParam,
    @Body() body: DeclareDiscountDto,
  ): Promise<void> {
    return this.discounts.declare(tenant, code, toDraft(body));
  }

  @Delete(':code')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a discount code; in the carts that have it, it counts no longer' })
  @ApiResponse({ status: 204 })
  @Refused(CodedErrorDto, 404)
  remove(@Tenant() tenant: string, @Param() { code }: DiscountCodeParam): Promise<void> {
    return this.discounts.remove(tenant, code);
  }
}
