import { Body, Controller, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import { AcceptedLanguages } from '../../http/language.js';
import type { AcceptedLanguages as Accepted } from '../../http/language.rules.js';
import { PAGE_CUT, pageOfAsked, PageWriter } from '../../http/query/page.js';
import { OffsetDto } from '../../http/query/paging.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { PriceModelService } from '../models/price-model.service.js';
import { ExpandDto } from '../models/price-params.dto.js';
import { FoundPricesDto, SearchPricesDto, toFoundDto, toSearch } from './price-search.dto.js';
import { PriceSearchService } from './price-search.service.js';

@ApiTags('Prices')
@Controller('price/:tenant/prices/search')
export class PriceSearchController {
  constructor(
    private readonly prices: PriceSearchService,
    private readonly models: PriceModelService,
    private readonly pages: PageWriter,
  ) {}

  @Post()
  @HttpCode(200)
  @Authenticated('scope:price.price_read', 'scope:price.price_manage')
  @ApiOperation({
    summary: 'List all prices of some items',
    description:
      'For back offices: returns every price of up to 100 items, not the one that a shopper would pay. ' +
      'Without `searchMode` it includes the prices of single customers and groups, and without ' +
      '`effectiveDate` those that are no longer or not yet valid.',
  })
  @ApiResponse({ status: 200, type: [FoundPricesDto], headers: PAGE_CUT })
  @Refused(400, 401, 403, 413, 415, 503)
  async search(
    @Tenant() tenant: string,
    @Body() body: SearchPricesDto,
    @Query() { expand }: ExpandDto,
    @Query() { offset = 0 }: OffsetDto,
    @AcceptedLanguages() accepted: Accepted,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FoundPricesDto[]> {
    const { itemIds, ...search } = toSearch(body);
    const defaultLanguage = await this.models.defaultLanguage(tenant);
    const page = pageOfAsked(itemIds, offset, async (some) =>
      toFoundDto(await this.prices.search(tenant, { ...search, itemIds: some }), expand === 'priceModel', {
        accepted,
        defaultLanguage,
      }),
    );
    return this.pages.write(reply, page, (found) => found);
  }
}
