import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../../audit/index.js';
import { Authenticated } from '../../auth/index.js';
import { NeverRefuses, Refused } from '../../http/errors/refusals.js';
import { toListing } from '../../http/query/listing.js';
import { PAGE_CUT, PageWriter } from '../../http/query/page.js';
import { PageQueryDto } from '../../http/query/paging.js';
import { Projected } from '../../http/query/projection.js';
import { ApiTotalCount, TOTAL_COUNT, WantsTotal } from '../../http/query/total-count.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { ListPriceDto, PutListPriceDto, NewListPriceDto } from './list-price.dto.js';
import { type ListKey, ListPriceService } from './list-price.service.js';
import { LIST_PRICES } from './price-list-lists.js';
import { conditionsOfPrices, ListPriceQueryDto, PriceListSearchDto } from './price-list-query.dto.js';
import { CreatedInListsDto, ListPriceParam, PriceListIdParam } from './price-list.dto.js';
import { toListPriceDto, toNewListPrice, toPriceDraft } from './price-list.mapping.js';

@ApiTags('Prices in price lists')
@Refused(400, 401, 403, 503)
@Controller('price/:tenant/price-lists/:priceListId/prices')
export class ListPricesController {
  constructor(
    private readonly prices: ListPriceService,
    private readonly pages: PageWriter,
  ) {}

  @Post()
  @Audited('list-price.create', { field: 'id' })
  @Authenticated('scope:price.pricelist_manage')
  @ApiOperation({
    summary: 'Add a price to a price list',
    description:
      'Site, currency and all restrictions are those of the list. The list must exist (400). An `errorCode` says ' +
      'whether the list, the price model or the tier values were refused.',
  })
  @ApiResponse({ status: 201, type: CreatedInListsDto })
  @Refused(409, 413, 415)
  @NeverRefuses(404)
  async create(
    @Tenant() tenant: string,
    @Param() { priceListId }: PriceListIdParam,
    @Body() body: NewListPriceDto,
  ): Promise<CreatedInListsDto> {
    return { id: await this.prices.create({ tenant, priceListId }, toNewListPrice(body)) };
  }

  @Get()
  @Authenticated('scope:price.pricelist_read')
  @ApiOperation({
    summary: 'List the prices of a price list',
    description: 'Sorted by id by default, 60 per page. A list that does not exist has no prices.',
  })
  @ApiTotalCount()
  @Projected()
  @ApiResponse({ status: 200, type: [ListPriceDto], headers: { ...TOTAL_COUNT, ...PAGE_CUT } })
  @NeverRefuses(404)
  list(
    @Tenant() tenant: string,
    @Param() { priceListId }: PriceListIdParam,
    @Query() query: ListPriceQueryDto,
    @WantsTotal() counted: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListPriceDto[]> {
    return this.page({ tenant, priceListId }, query, counted, reply);
  }

  @Post('search')
  @HttpCode(200)
  @Authenticated('scope:price.pricelist_read')
  @ApiOperation({
    summary: 'Search the prices of a price list',
    description: 'The body holds the filter that `q` is in a list.',
  })
  @ApiTotalCount()
  @Projected()
  @ApiResponse({ status: 200, type: [ListPriceDto], headers: { ...TOTAL_COUNT, ...PAGE_CUT } })
  @Refused(413, 415)
  @NeverRefuses(404)
  search(
    @Tenant() tenant: string,
    @Param() { priceListId }: PriceListIdParam,
    @Query() query: PageQueryDto,
    @Body() { q }: PriceListSearchDto,
    @WantsTotal() counted: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListPriceDto[]> {
    const wanted = { ...query, ...(q !== undefined && { q }) };
    return this.page({ tenant, priceListId }, wanted, counted, reply);
  }

  @Get(':priceId')
  @Authenticated('scope:price.pricelist_read')
  @ApiOperation({ summary: 'Read a price of a price list', description: 'Returns one price by its id.' })
  @ApiResponse({ status: 200, type: ListPriceDto })
  @Refused(404)
  async read(
    @Tenant() tenant: string,
    @Param() { priceListId, priceId: id }: ListPriceParam,
  ): Promise<ListPriceDto> {
    return toListPriceDto(await this.prices.read({ tenant, priceListId, id }));
  }

  @Put(':priceId')
  @Audited('list-price.save', { param: 'priceId' })
  @Authenticated('scope:price.pricelist_manage')
  @ApiOperation({
    summary: 'Replace a price of a price list, or create it',
    description:
      'The list must exist. If the list has the price, `metadata.version` must be its current version. The answer is ' +
      '404 otherwise.',
  })
  @ApiResponse({ status: 201, type: CreatedInListsDto, description: 'The price was created.' })
  @ApiResponse({ status: 204, description: 'The price was replaced.' })
  @Refused(404, 413, 415)
  async put(
    @Tenant() tenant: string,
    @Param() { priceListId, priceId: id }: ListPriceParam,
    @Body() body: PutListPriceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedInListsDto | undefined> {
    const wanted = { id, draft: toPriceDraft(body), version: body.metadata.version };
    const isNew = await this.prices.put({ tenant, priceListId }, wanted);
    void reply.status(isNew ? 201 : 204);
    return isNew ? { id } : undefined;
  }

  @Delete(':priceId')
  @Audited('list-price.remove', { param: 'priceId' })
  @HttpCode(204)
  @Authenticated('scope:price.pricelist_manage')
  @ApiOperation({
    summary: 'Delete a price from a price list',
    description: 'Carts keep the lines that use the price. Deleting a price that does not exist succeeds.',
  })
  @ApiResponse({ status: 204 })
  @NeverRefuses(404)
  remove(@Tenant() tenant: string, @Param() { priceListId, priceId: id }: ListPriceParam): Promise<void> {
    return this.prices.remove({ tenant, priceListId, id });
  }

  private async page(
    list: ListKey,
    query: ListPriceQueryDto,
    counted: boolean,
    reply: FastifyReply,
  ): Promise<ListPriceDto[]> {
    const listing = toListing(query, LIST_PRICES, counted);
    const filter = [...listing.filter, ...conditionsOfPrices(query)];
    const page = await this.pages.read(reply, { ...listing, filter }, (bounded) =>
      this.prices.list(list, bounded),
    );
    return this.pages.write(reply, page, toListPriceDto);
  }
}
