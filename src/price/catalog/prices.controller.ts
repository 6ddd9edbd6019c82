import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../../audit/index.js';
import { Authenticated, Caller, type Principal } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import { AcceptedLanguages } from '../../http/language.js';
import type { AcceptedLanguages as Accepted } from '../../http/language.rules.js';
import { PAGE_CUT, PageWriter } from '../../http/query/page.js';
import { PartialDto } from '../../http/query/partial.dto.js';
import { Projected } from '../../http/query/projection.js';
import { ApiTotalCount, tellTotal, TOTAL_COUNT, WantsTotal } from '../../http/query/total-count.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { PriceModelService } from '../models/price-model.service.js';
import { ExtendDto, PriceIdParam } from '../models/price-params.dto.js';
import { PriceCatalogService } from './price-catalog.service.js';
import { PriceListQueryDto, toFilters } from './price-query.dto.js';
import { CreatedPriceDto, CreatePriceDto, PriceDto, UpdatePriceDto } from './price.dto.js';
import { toNewPrice, toPriceDto, toUpsert } from './price.mapping.js';

const LOCATION = { Location: { schema: { type: 'string' }, description: 'Path of the price.' } } as const;

@ApiTags('Prices')
@Refused(400, 401, 403, 503)
@Controller('price/:tenant/prices')
export class PricesController {
  constructor(
    private readonly prices: PriceCatalogService,
    private readonly models: PriceModelService,
    private readonly pages: PageWriter,
  ) {}

  @Post()
  @Audited('price.create', { field: 'id' })
  @Authenticated('scope:price.price_manage')
  @ApiOperation({
    summary: 'Create a price',
    description:
      'Without restrictions, the price applies at every site and to everybody. Without `priceModelId`, it ' +
      'gets the default price model; if there is none, the price is per piece. Send one tier value per ' +
      'tier of the model.',
  })
  @ApiResponse({ status: 201, type: CreatedPriceDto, headers: LOCATION })
  @Refused(409, 413, 415)
  async create(
    @Tenant() tenant: string,
    @Body() body: CreatePriceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedPriceDto> {
    const id = await this.prices.create(tenant, toNewPrice(body));
    void reply.header('Location', `/price/${tenant}/prices/${encodeURIComponent(id)}`);
    return { id };
  }

  @Get()
  @Authenticated('anonymous', 'customer', 'service')
  @ApiOperation({
    summary: 'List prices',
    description:
      'Anonymous shoppers see prices for everybody. Customers also see those for themselves and their ' +
      'groups. Services see all prices. To find out what a shopper pays, use `match-prices-by-context`.',
  })
  @ApiTotalCount()
  @Projected()
  @ApiResponse({ status: 200, type: [PriceDto], headers: { ...TOTAL_COUNT, ...PAGE_CUT } })
  async list(
    @Caller() caller: Principal,
    @Query() query: PriceListQueryDto,
    @WantsTotal() counted: boolean,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PriceDto[]> {
    const { maxBytes } = this.pages;
    const page = await this.prices.list(caller, query, toFilters(query), counted, maxBytes);
    tellTotal(reply, page.total);
    return this.pages.write(reply, page, (price) => toPriceDto(price));
  }

  @Get(':priceId')
  @Authenticated('anonymous', 'customer', 'service')
  @ApiOperation({
    summary: 'Read a price',
    description:
      'With `extendWithPriceModel=true`, the response includes the price model. A shopper gets 404 for a ' +
      'price that does not apply to them.',
  })
  @ApiHeader({
    name: 'Accept-Language',
    required: false,
    description: 'Languages for the texts of the price model; `*` returns all languages.',
  })
  @ApiResponse({ status: 200, type: PriceDto })
  @Refused(404)
  async read(
    @Caller() caller: Principal,
    @Param() { priceId }: PriceIdParam,
    @Query() { extendWithPriceModel }: ExtendDto,
    @AcceptedLanguages() accepted: Accepted,
  ): Promise<PriceDto> {
    const { price, model } = await this.prices.read(caller, priceId, extendWithPriceModel);
    const defaultLanguage = await this.models.defaultLanguage(caller.tenant);
    return toPriceDto(price, { ...(model && { model }), accepted, defaultLanguage });
  }

  @Put(':priceId')
  @Audited('price.save', { param: 'priceId' })
  @Authenticated('scope:price.price_manage')
  @ApiOperation({
    summary: 'Replace a price, or create it',
    description:
      'Without `partial=true`, the body is a whole price: `itemId`, `currency` and `tierValues` are ' +
      'required, and fields that are left out are removed. A partial change, or one with ' +
      '`metadata.version`, requires an existing price, else the answer is 404; if the version is not the ' +
      'current one, it is 409.',
  })
  @ApiResponse({
    status: 201,
    type: CreatedPriceDto,
    headers: LOCATION,
    description: 'The price was created.',
  })
  @ApiResponse({ status: 204, description: 'The price was changed.' })
  @Refused(404, 409, 413, 415)
  async upsert(
    @Tenant() tenant: string,
    @Param() { priceId }: PriceIdParam,
    @Query() { partial }: PartialDto,
    @Body() body: UpdatePriceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedPriceDto | undefined> {
    const isNew = await this.prices.upsert(tenant, priceId, toUpsert(body, partial));
    void reply.status(isNew ? 201 : 204);
    if (!isNew) return undefined;
    void reply.header('Location', `/price/${tenant}/prices/${encodeURIComponent(priceId)}`);
    return { id: priceId };
  }

  @Delete(':priceId')
  @Audited('price.remove', { param: 'priceId' })
  @HttpCode(204)
  @Authenticated('scope:price.price_manage')
  @ApiOperation({
    summary: 'Delete a price',
    description: 'Carts keep the lines that use the price; `validate` of a cart reports them.',
  })
  @ApiResponse({ status: 204 })
  @Refused(404)
  remove(@Tenant() tenant: string, @Param() { priceId }: PriceIdParam): Promise<void> {
    return this.prices.remove(tenant, priceId);
  }
}
