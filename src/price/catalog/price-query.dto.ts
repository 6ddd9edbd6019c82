import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, MaxLength } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { ListQueryDto } from '../../http/query/list-query.dto.js';
import { defined, IsId, IsText, IsTime, MAX_ID_LENGTH, toTime } from '../dto/fields.decorator.js';
import { ITEM_TYPES } from '../dto/price-parts.dto.js';
import type { ItemType } from '../price.types.js';
import type { PriceFilters } from './price-search.rules.js';

/** Limit in characters, so that the list fits in a URL. */
const MAX_LIST_LENGTH = 4_000;

const list = (example: string, description: string) =>
  ({
    example,
    minLength: 1,
    maxLength: MAX_LIST_LENGTH,
    description: `${description} Separate several with commas.`,
  }) as const;

/** GET /price/{tenant}/prices. A price without a restriction matches every value. */
export class PriceListQueryDto extends ListQueryDto {
  @ApiPropertyOptional(list('main', 'Only prices that apply at one of these sites, by code.'))
  @OptionalField()
  @IsText(MAX_LIST_LENGTH)
  siteCode?: string;

  @ApiPropertyOptional(list('EUR', 'Only prices in one of these currencies, by ISO 4217 code.'))
  @OptionalField()
  @IsText(MAX_LIST_LENGTH)
  currency?: string;

  @ApiPropertyOptional(
    list('DE', 'Only prices that apply in one of these countries, by ISO 3166-1 alpha-2 code.'),
  )
  @OptionalField()
  @IsText(MAX_LIST_LENGTH)
  country?: string;

  @ApiPropertyOptional(list('umbrella', 'Only prices of these items, by id.'))
  @OptionalField()
  @IsText(MAX_LIST_LENGTH)
  itemId?: string;

  @ApiPropertyOptional({ enum: ITEM_TYPES, description: 'Only prices of items of this type.' })
  @OptionalField()
  @IsIn(ITEM_TYPES)
  itemType?: ItemType;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'Only prices of the price model with this id.',
  })
  @OptionalField()
  @IsId()
  priceModelId?: string;

  @ApiPropertyOptional(list('18637136', 'Only prices that apply to one of these customers, by id.'))
  @OptionalField()
  @IsText(MAX_LIST_LENGTH)
  principalId?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Only prices that are valid at this time. ISO 8601; UTC if no zone is given.',
  })
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
