import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../../audit/index.js';
import { Authenticated } from '../../auth/index.js';
import { NeverRefuses, Refused } from '../../http/errors/refusals.js';
import { AcceptedLanguages, GivenLanguage } from '../../http/language.js';
import type { AcceptedLanguages as Accepted } from '../../http/language.rules.js';
import { toListing } from '../../http/query/listing.js';
import { PAGE_CUT, PageWriter } from '../../http/query/page.js';
import { PageQueryDto } from '../../http/query/paging.js';
import { Projected } from '../../http/query/projection.js';
import { ApiTotalCount, TOTAL_COUNT, WantsTotal } from '../../http/query/total-count.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { PriceModelService } from '../models/price-model.service.js';
import { PRICE_LISTS } from './price-list-lists.js';
import { conditionsOfLists, PriceListListQueryDto, PriceListSearchDto } from './price-list-query.dto.js';
import {
  CreatedInListsDto,
  NewPriceListDto,
  PriceListDto,
  PriceListIdParam,
  PutPriceListDto,
} from './price-list.dto.js';
import { toListDraft, toListDto } from './price-list.mapping.js';
import { PriceListService } from './price-list.service.js';

const SHOWN_IN = {
  name: 'Accept-Language',
  required: false,
  description: 'Languages for the name; `*` returns all languages.',
} as const;
const SENT_IN = {
  name: 'Content-Language',
  required: false,
  description: 'Language of a name that is sent as a text. Defaults to the language of the default site.',
} as const;

@ApiTags('Price lists')
@Refused(400, 401, 403, 503)
@Controller('price/:tenant/price-lists')
export class PriceListsController {
  constructor(
    private readonly lists: PriceListService,
    private readonly models: PriceModelService,
    private readonly pages: PageWriter,
  ) {}

  @Post()
  @Audited('price-list.create', { field: 'id' })
  @Authenticated('scope:price.pricelist_manage')
  @ApiOperation({
    summary: 'Create a price list',
    description:
      'Its prices apply at one site and, if the list says so, in one currency, in some countries, for some customer ' +
      'groups or a legal entity, and for a time. The site and the legal entity must exist.',
  })
  @ApiHeader(SENT_IN)
  @ApiResponse({ status: 201, type: CreatedInListsDto })
  @Refused(409, 413, 415)
  async create(
    @Tenant() tenant: string,
    @Body() body: NewPriceListDto,
    @GivenLanguage() language: string | undefined,
  ): Promise<CreatedInListsDto> {
    const draft = toListDraft(body, language, await this.models.defaultLanguage(tenant));
    return { id: await this.lists.create(tenant, draft, body.id) };
  }

  @Get()
  @Authenticated('scope:price.pricelist_read')
  @ApiOperation({
    summary: 'List price lists',
    description:
      'Sorted by id by default, 60 per page. A list without a restriction passes every filter for it.',
  })
  @ApiHeader(SHOWN_IN)
  @ApiTotalCount()
  @Projected()
  @ApiResponse({ status: 200, type: [PriceListDto], headers: { ...TOTAL_COUNT, ...PAGE_CUT } })
  list(
    @Tenant() tenant: string,
    @Query() query: PriceListListQueryDto,
    @WantsTotal() counted: boolean,
    @AcceptedLanguages() accepted: Accepted,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PriceListDto[]> {
    return this.page(tenant, query, counted, accepted, reply);
  }

  @Post('search')
  @HttpCode(200)
  @Authenticated('scope:price.pricelist_read')
  @ApiOperation({
    summary: 'Search price lists',
    description: 'The body holds the filter that `q` is in a list.',
  })
  @ApiHeader(SHOWN_IN)
  @ApiTotalCount()
  @Projected()
  @ApiResponse({ status: 200, type: [PriceListDto], headers: { ...TOTAL_COUNT, ...PAGE_CUT } })
  @Refused(413, 415)
  search(
    @Tenant() tenant: string,
    @Query() query: PageQueryDto,
    @Body() { q }: PriceListSearchDto,
    @WantsTotal() counted: boolean,
    @AcceptedLanguages() accepted: Accepted,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PriceListDto[]> {
    return this.page(tenant, { ...query, ...(q !== undefined && { q }) }, counted, accepted, reply);
  }

  @Get(':priceListId')
  @Authenticated('scope:price.pricelist_read')
  @ApiOperation({ summary: 'Read a price list', description: 'Returns the list without its prices.' })
  @ApiHeader(SHOWN_IN)
  @ApiResponse({ status: 200, type: PriceListDto })
  @Refused(404)
  async read(
    @Tenant() tenant: string,
    @Param() { priceListId }: PriceListIdParam,
    @AcceptedLanguages() accepted: Accepted,
  ): Promise<PriceListDto> {
    const list = await this.lists.read(tenant, priceListId);
    return toListDto(list, { accepted, defaultLanguage: await this.models.defaultLanguage(tenant) });
  }

  @Put(':priceListId')
  @Audited('price-list.save', { param: 'priceListId' })
  @Authenticated('scope:price.pricelist_manage')
  @ApiOperation({
    summary: 'Replace a price list, or create it',
    description:
      'Fields that are left out are removed; the prices of the list stay. With `metadata.version`, the list must ' +
      'exist and have that version, else the answer is 404.',
  })
  @ApiHeader(SENT_IN)
  @ApiResponse({ status: 201, type: CreatedInListsDto, description: 'The price list was created.' })
  @ApiResponse({ status: 204, description: 'The price list was replaced.' })
  @Refused(404, 413, 415)
  async put(
    @Tenant() tenant: string,
    @Param() { priceListId: id }: PriceListIdParam,
    @Body() body: PutPriceListDto,
    @GivenLanguage() language: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CreatedInListsDto | undefined> {
    const draft = toListDraft(body, language, await this.models.defaultLanguage(tenant));
    const isNew = await this.lists.put(tenant, id, draft, body.metadata?.version);
    void reply.status(isNew ? 201 : 204);
    return isNew ? { id } : undefined;
  }

  @Delete(':priceListId')
  @Audited('price-list.remove', { param: 'priceListId' })
  @HttpCode(204)
  @Authenticated('scope:price.pricelist_manage')
  @ApiOperation({
    summary: 'Delete a price list',
    description: 'Deletes its prices too. Deleting a list that does not exist succeeds.',
  })
  @ApiResponse({ status: 204 })
  @NeverRefuses(404)
  remove(@Tenant() tenant: string, @Param() { priceListId }: PriceListIdParam): Promise<void> {
    return this.lists.remove(tenant, priceListId);
  }

  private async page(
    tenant: string,
    query: PriceListListQueryDto,
    counted: boolean,
    accepted: Accepted,
    reply: FastifyReply,
  ): Promise<PriceListDto[]> {
    const listing = toListing(query, PRICE_LISTS, counted);
    const filter = [...listing.filter, ...conditionsOfLists(query)];
    const page = await this.pages.read(reply, { ...listing, filter }, (bounded) =>
      this.lists.list(tenant, bounded),
    );
    const languages = { accepted, defaultLanguage: await this.models.defaultLanguage(tenant) };
    return this.pages.write(reply, page, (list) => toListDto(list, languages));
  }
}
