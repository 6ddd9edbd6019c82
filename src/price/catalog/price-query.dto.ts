import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, MaxLength } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { ListQueryDto } from '../../http/query/list-query.dto.js';
import { defined, IsId, IsText, IsTime, MAX_ID_LENGTH, toTime } from '../dto/fields.decorator.js';
import { ITEM_TYPES } from '../dto/price-parts.dto.js';
import type { ItemType } from '../price.types.js';
import type { PriceFilters } from './price-search.rules.js';

/** As many ids as fit a URL. */
const MAX_LIST_LENGTH = 4_000;

const list = (example: string, description: string) =>
  ({
    example,
    minLength: 1,
    maxLength: MAX_LIST_LENGTH,
    description: `${description}; several with commas`,
  }) as const;

/** GET /price/{tenant}/prices. A price without a limit counts for whatever is asked. */
export class PriceListQueryDto extends ListQueryDto {
  @ApiPropertyOptional(list('main', 'prices of these sites'))
  @OptionalField()
  @IsText(MAX_LIST_LENGTH)
  siteCode?: string;

  @ApiPropertyOptional(list('EUR', 'prices in these currencies'))
  @OptionalField()
  @IsText(MAX_LIST_LENGTH)
  currency?: string;

  @ApiPropertyOptional(list('DE', 'prices for these countries'))
  @OptionalField()
  @IsText(MAX_LIST_LENGTH)
  country?: string;

  @ApiPropertyOptional(list('umbrella', 'prices of these items'))
  @OptionalField()
  @IsText(MAX_LIST_LENGTH)
  itemId?: string;

  @ApiPropertyOptional({ enum: ITEM_TYPES })
  @OptionalField()
  @IsIn(ITEM_TYPES)
  itemType?: ItemType;

  @ApiPropertyOptional({ minLength: 1, maxLength: MAX_ID_LENGTH, description: 'prices of this price model' })
  @OptionalField()
  @IsId()
  priceModelId?: string;

  @ApiPropertyOptional(list('18637136', 'prices for these customers'))
  @OptionalField()
  @IsText(MAX_LIST_LENGTH)
  principalId?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'prices that are valid then; ISO 8601' })
  @OptionalField()
  @MaxLength(64)
  @IsTime()
  effectiveDate?: string;
}

export const toFilters = (query: PriceListQueryDto): PriceFilters =>
  defined({
    siteCodes: listOf(query.siteCode),
    currencies: listOf(query.currency),
    countries: listOf(query.country),
    itemIds: listOf(query.itemId),
    itemType: query.itemType,
    priceModelId: query.priceModelId,
    customerIds: listOf(query.principalId),
    effectiveDate: toTime(query.effectiveDate ?? ''),
  });

const listOf = (text: string | undefined): readonly string[] | undefined =>
  text?.split(',').map((part) => part.trim());
