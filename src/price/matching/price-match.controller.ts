import { Body, Controller, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Authenticated } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import { AcceptedLanguages } from '../../http/language.js';
import type { AcceptedLanguages as Accepted } from '../../http/language.rules.js';
import { type LazyPage, PAGE_CUT, pageOfAsked, PageWriter } from '../../http/query/page.js';
import { OffsetDto } from '../../http/query/paging.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { WritesNothing } from '../../rate-limit/index.js';
import { CurrentShopper, type Shopper } from '../../session/index.js';
import { PriceModelService } from '../models/price-model.service.js';
import { MatchByContextDto, MatchDto, toRequest, toWanted } from './match.dto.js';
import { MatchedPriceDto, toMatchedDto } from './matched-price.dto.js';
import { type Matches, PriceService } from './price-match.service.js';

const ROWS = 'One row per item that has a price, in the order of the items.';

@ApiTags('Price matching')
@ApiHeader({
  name: 'Accept-Language',
  required: false,
  description: 'Languages for the texts of price models; `*` returns all languages.',
})
@Refused(400, 401, 403, 404, 413, 415, 503)
@Controller('price/:tenant')
export class PriceMatchController {
  constructor(
    private readonly prices: PriceService,
    private readonly models: PriceModelService,
    private readonly pages: PageWriter,
  ) {}

  @Post('match-prices')
  @HttpCode(200)
  @Authenticated('scope:price.price_read', 'scope:price.price_manage')
  @ApiOperation({
    summary: 'Find the best price of each item',
    description:
      'Site, currency, country and principal come from the body; prices for a customer’s groups match too. ' +
      'The lowest price for the quantity wins. A request may have up to 500 items; an item without a price ' +
      'has no row, unless `useFallback` finds one at the default site.',
  })
  @ApiResponse({ status: 200, type: [MatchedPriceDto], description: ROWS, headers: PAGE_CUT })
  match(
    @Tenant() tenant: string,
    @Body() body: MatchDto,
    @Query() { offset = 0 }: OffsetDto,
    @AcceptedLanguages() accepted: Accepted,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MatchedPriceDto[]> {
    const request = toRequest(tenant, body);
    const page = pageOfAsked(toWanted(body), offset, (items) => this.prices.match(request, items));
    return this.show(reply, page, tenant, accepted);
  }

  @Post('match-prices-by-context')
  @HttpCode(200)
  @Authenticated('anonymous', 'customer')
  @WritesNothing()
  @ApiOperation({
    summary: 'Find the best price of each item for your session',
    description:
      'Site, currency, country and customer come from the session. Before the first cart, the values that ' +
      'the context would get are used, and no context is created. A request may have up to 500 items; an ' +
      'item without a price has no row.',
  })
  @ApiResponse({ status: 200, type: [MatchedPriceDto], description: ROWS, headers: PAGE_CUT })
  matchByContext(
    @CurrentShopper() { session }: Shopper,
    @Body() body: MatchByContextDto,
    @Query() { offset = 0 }: OffsetDto,
    @AcceptedLanguages() accepted: Accepted,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MatchedPriceDto[]> {
    const page = pageOfAsked(toWanted(body), offset, (items) => this.prices.matchOwn(session, items));
    return this.show(reply, page, session.tenant, accepted);
  }

  private async show(
    reply: FastifyReply,
    page: LazyPage<Matches[number]>,
    tenant: string,
    accepted: Accepted,
  ): Promise<MatchedPriceDto[]> {
    const defaultLanguage = await this.models.defaultLanguage(tenant);
    return this.pages.write(
      reply,
      page,
      (match) => match && toMatchedDto(match, { accepted, defaultLanguage }),
    );
  }
}
