import { Body, Controller, HttpCode, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
import { Authenticated } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import {
  type BatchEntry,
  BatchPipe,
  BatchResultDto,
  mapWanted,
  MAX_BATCH,
  toBatchResults,
} from '../../http/input/batch.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { PriceCatalogService } from './price-catalog.service.js';
import { CreatePriceDto, UpdatePriceDto } from './price.dto.js';
import { toNewPrice, toUpsert } from './price.mapping.js';

const ONE_EACH = 'One row per entry, in the order of the request.';

@ApiTags('Prices')
@Authenticated('scope:price.price_manage')
@Refused(400, 401, 403, 413, 415, 503)
@Controller('price/:tenant/prices/bulk')
export class PriceBatchController {
  constructor(private readonly prices: PriceCatalogService) {}

  @Post()
  @Audited('price.create-many')
  @HttpCode(207)
  @ApiOperation({
    summary: `Create up to ${MAX_BATCH} prices`,
    description:
      'Each entry is checked and stored separately; a refused one does not affect the others. The answer is ' +
      'always 207: check `code` of each row.',
  })
  @ApiBody({ type: [CreatePriceDto] })
  @ApiResponse({ status: 207, type: [BatchResultDto], description: ONE_EACH })
  async create(
    @Tenant() tenant: string,
    @Body(new BatchPipe(CreatePriceDto)) entries: readonly BatchEntry<CreatePriceDto>[],
  ): Promise<BatchResultDto[]> {
    return toBatchResults(await this.prices.createEach(tenant, mapWanted(entries, toNewPrice)));
  }

  @Put()
  @Audited('price.save-many')
  @HttpCode(207)
  @ApiOperation({
    summary: `Create or replace up to ${MAX_BATCH} prices`,
    description:
      'Each entry is a whole price. An entry without an id is created; an entry whose `metadata.version` ' +
      'is not the current one is refused. Entries are stored separately: check `code` of each row, because ' +
      'the answer is always 207.',
  })
  @ApiBody({ type: [UpdatePriceDto] })
  @ApiResponse({ status: 207, type: [BatchResultDto], description: ONE_EACH })
  async upsert(
    @Tenant() tenant: string,
    @Body(new BatchPipe(UpdatePriceDto)) entries: readonly BatchEntry<UpdatePriceDto>[],
  ): Promise<BatchResultDto[]> {
    const wanted = mapWanted(entries, (dto) => toUpsert(dto, false));
    return toBatchResults(await this.prices.upsertEach(tenant, wanted));
  }
}
