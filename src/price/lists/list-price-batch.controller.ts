import { Body, Controller, Delete, HttpCode, Param, type PipeTransform, Post, Put } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { isString } from 'class-validator';
import { Audited } from '../../audit/index.js';
import { Authenticated } from '../../auth/index.js';
import { NeverRefuses, Refused } from '../../http/errors/refusals.js';
import { type BatchEntry, BatchPipe, BatchResultDto, mapWanted, MAX_BATCH } from '../../http/input/batch.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { MAX_ID_LENGTH } from '../dto/fields.decorator.js';
import { ListPriceEntryDto, NewListPriceDto } from './list-price.dto.js';
import { ListPriceService } from './list-price.service.js';
import { PriceListIdParam } from './price-list.dto.js';
import { toListBatchResults, toListPriceUpsert, toNewListPrice } from './price-list.mapping.js';

const ONE_EACH = 'One row per entry, in the order of the request.';

/** Reads a body that is a list of ids. */
class IdsPipe implements PipeTransform<unknown, readonly string[]> {
  /** @throws InvalidInput */
  transform(body: unknown): readonly string[] {
    if (!Array.isArray(body)) throw InvalidInput.of('body', 'must be a list');
    if (body.length > MAX_BATCH) throw InvalidInput.of('body', `must have at most ${MAX_BATCH} entries`);
    const ids = body.filter((id) => isString(id) && id.length > 0 && id.length <= MAX_ID_LENGTH);
    if (ids.length < body.length) {
      throw InvalidInput.of('body', `must have only texts of 1 to ${MAX_ID_LENGTH} characters`);
    }
    return [...new Set(ids)];
  }
}

@ApiTags('Prices in price lists')
@Authenticated('scope:price.pricelist_manage')
@Refused(400, 401, 403, 413, 415, 503)
@NeverRefuses(404)
@Controller('price/:tenant/price-lists/:priceListId/prices/bulk')
export class ListPriceBatchController {
  constructor(private readonly prices: ListPriceService) {}

  @Post()
  @Audited('list-price.create-many', { param: 'priceListId' })
  @HttpCode(207)
  @ApiOperation({
    summary: `Add up to ${MAX_BATCH} prices to a price list`,
    description:
      'Each entry is checked and stored separately; a refused one does not affect the others. The answer is ' +
      'always 207: check `code` of each row.',
  })
  @ApiBody({ type: [NewListPriceDto] })
  @ApiResponse({ status: 207, type: [BatchResultDto], description: ONE_EACH })
  async create(
    @Tenant() tenant: string,
    @Param() { priceListId }: PriceListIdParam,
    @Body(new BatchPipe(NewListPriceDto)) entries: readonly BatchEntry<NewListPriceDto>[],
  ): Promise<BatchResultDto[]> {
    const wanted = mapWanted(entries, toNewListPrice);
    return toListBatchResults(await this.prices.createEach({ tenant, priceListId }, wanted));
  }

  @Put()
  @Audited('list-price.save-many', { param: 'priceListId' })
  @HttpCode(207)
  @ApiOperation({
    summary: `Create or replace up to ${MAX_BATCH} prices of a price list`,
    description:
      'Each entry is a whole price with its id and the version that you read. Entries are stored separately: check ' +
      '`code` of each row, because the answer is always 207.',
  })
  @ApiBody({ type: [ListPriceEntryDto] })
  @ApiResponse({ status: 207, type: [BatchResultDto], description: ONE_EACH })
  async put(
    @Tenant() tenant: string,
    @Param() { priceListId }: PriceListIdParam,
    @Body(new BatchPipe(ListPriceEntryDto)) entries: readonly BatchEntry<ListPriceEntryDto>[],
  ): Promise<BatchResultDto[]> {
    const wanted = mapWanted(entries, toListPriceUpsert);
    return toListBatchResults(await this.prices.putEach({ tenant, priceListId }, wanted));
  }

  @Delete()
  @Audited('list-price.remove-many', { param: 'priceListId' })
  @HttpCode(204)
  @ApiOperation({
    summary: `Delete up to ${MAX_BATCH} prices from a price list`,
    description: 'The body is a list of ids. Ids that the list does not have are skipped.',
  })
  @ApiBody({
    schema: {
      type: 'array',
      maxItems: MAX_BATCH,
      items: { type: 'string', minLength: 1, maxLength: MAX_ID_LENGTH },
    },
  })
  @ApiResponse({ status: 204 })
  remove(
    @Tenant() tenant: string,
    @Param() { priceListId }: PriceListIdParam,
    @Body(new IdsPipe()) ids: readonly string[],
  ): Promise<void> {
    return this.prices.removeEach({ tenant, priceListId }, ids);
  }
}
