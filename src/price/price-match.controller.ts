import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/index.js';
import { AcceptedLanguages } from '../http/language.js';
import type { AcceptedLanguages as Accepted } from '../http/language.rules.js';
import { CodedErrorDto, Refused } from '../http/refusals.js';
import { Tenant } from '../http/tenant.decorator.js';
import { WritesNothing } from '../rate-limit/index.js';
import { CurrentShopper, type Shopper } from '../session/index.js';
import { MatchByContextDto, MatchDto, toRequest, toWanted } from './dto/match.dto.js';
import { MatchedPriceDto, toMatchedDto } from './dto/matched-price.dto.js';
import { PriceModelService } from './price-model.service.js';
import { type Matches, PriceService } from './price.service.js';

const ROWS = 'one row for each item that has a price, in the order of the items';

@ApiTags('Price matching')
@ApiHeader({
  name: 'Accept-Language',
  required: false,
  description: 'of the texts of price models; * for all',
})
@Refused(CodedErrorDto, 400, 401, 403, 404, 413, 415, 503)
@Controller('price/:tenant')
export class PriceMatchController {
  constructor(
    private readonly prices: PriceService,
    private readonly models: PriceModelService,
  ) {}

  @Post('match-prices')
  @HttpCode(200)
  @Authenticated('scope:price.price_read', 'scope:price.price_manage')
  @ApiOperation({ summary: 'The best prices at a site, in a currency, for a country and a principal' })
  @ApiResponse({ status: 200, type: [MatchedPriceDto], description: ROWS })
  async match(
    @Tenant() tenant: string,
    @Body() body: MatchDto,
    @AcceptedLanguages() accepted: Accepted,
  ): Promise<MatchedPriceDto[]> {
    return this.show(tenant, await this.prices.match(toRequest(tenant, body), toWanted(body)), accepted);
  }

  @Post('match-prices-by-context')
  @HttpCode(200)
  @Authenticated('anonymous', 'customer')
  @WritesNothing()
  @ApiOperation({
    summary:
      'The best prices for the session of the token; before its first cart, for what its context would be',
  })
  @ApiResponse({ status: 200, type: [MatchedPriceDto], description: ROWS })
  async matchByContext(
    @CurrentShopper() { session }: Shopper,
    @Body() body: MatchByContextDto,
    @AcceptedLanguages() accepted: Accepted,
  ): Promise<MatchedPriceDto[]> {
    return this.show(session.tenant, await this.prices.matchOwn(session, toWanted(body)), accepted);
  }

  private async show(tenant: string, matches: Matches, accepted: Accepted): Promise<MatchedPriceDto[]> {
    const defaultLanguage = await this.models.defaultLanguage(tenant);
    return matches
      .filter((match) => match !== undefined)
      .map((match) => toMatchedDto(match, { accepted, defaultLanguage }));
  }
}
