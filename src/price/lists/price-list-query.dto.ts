import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { ListQueryDto } from '../../http/query/list-query.dto.js';
import { MAX_QUERY_LENGTH } from '../../http/query/parse-query.js';
import type { Condition } from '../../shared/filter/filter.types.js';
import { IsId, IsText, IsTime, MAX_ID_LENGTH, toTime } from '../dto/fields.decorator.js';
import { ITEM_TYPES } from '../dto/price-parts.dto.js';
import { keyOfPrincipal } from '../price.rules.js';
import { ANY, type ItemType } from '../price.types.js';
import { keyOfEntity } from './price-list.rules.js';

const MAX_LIST_LENGTH = 4_000;

/** GET /price/{tenant}/price-lists. A list without a restriction matches every value. */
export class PriceListListQueryDto extends ListQueryDto {
  @ApiPropertyOptional({ maxLength: 2000, description: 'Only lists with exactly this name in any language.' })
  @OptionalField()
  @IsString()
  @MaxLength(2000)
  name?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Only lists that are valid at this time. ISO 8601; UTC if no zone is given.',
  })
  @OptionalField()
  @MaxLength(64)
  @IsTime()
  effectiveDate?: string;

  @ApiPropertyOptional({ example: 'EUR', maxLength: 3, description: 'Only lists in this currency.' })
  @OptionalField()
  @IsText(3)
  currency?: string;

  @ApiPropertyOptional({
    example: 'DE',
    maxLength: 2,
    description: 'Only lists that name this country, or none.',
  })
  @OptionalField()
  @IsText(2)
  country?: string;

  @ApiPropertyOptional({ maxLength: MAX_ID_LENGTH, description: 'Only lists of the site with this code.' })
  @OptionalField()
  @IsId()
  siteCode?: string;

  @ApiPropertyOptional({
    example: 'gold',
    maxLength: MAX_LIST_LENGTH,
    description: 'Only lists for one of these groups, or for everybody. Separate several ids with commas.',
  })
  @OptionalField()
  @IsText(MAX_LIST_LENGTH)
  customerGroups?: string;

  @ApiPropertyOptional({
    example: 'acme-tools',
    maxLength: MAX_ID_LENGTH,
    description:
      'Only lists for the legal entity with this id, or for everybody. With `customerGroups`, also those for one of ' +
      'these groups.',
  })
  @OptionalField()
  @IsId()
  legalEntityId?: string;

  @ApiPropertyOptional({
    maxLength: MAX_ID_LENGTH,
    description: 'Only lists that name this region, or none.',
  })
  @OptionalField()
  @IsId()
  region?: string;
}

/** GET /price/{tenant}/price-lists/{priceListId}/prices */
export class ListPriceQueryDto extends ListQueryDto {
  @ApiPropertyOptional({ maxLength: MAX_ID_LENGTH, description: 'Only prices of this price model.' })
  @OptionalField()
  @IsId()
  priceModelId?: string;

  @ApiPropertyOptional({ maxLength: MAX_ID_LENGTH, description: 'Only prices of the item with this id.' })
  @OptionalField()
  @IsId()
  itemId?: string;

  @ApiPropertyOptional({ enum: ITEM_TYPES, description: 'Only prices of items of this type.' })
  @OptionalField()
  @IsIn(ITEM_TYPES)
  itemType?: ItemType;
}

/** The body of a search in price lists. */
export class PriceListSearchDto {
  @ApiPropertyOptional({ example: 'id:wholesale', maxLength: MAX_QUERY_LENGTH, description: 'Filter.' })
  @OptionalField()
  @IsString()
  @MaxLength(MAX_QUERY_LENGTH)
  q?: string;
}

export function conditionsOfLists(query: PriceListListQueryDto): readonly Condition[] {
  const at = toTime(query.effectiveDate ?? '');
  return [
    ...oneOf('names', listOf(query.name)),
    ...oneOf('currency', listOf(query.currency)),
    ...oneOf('siteCode', listOf(query.siteCode)),
    ...oneOf('countries', orAny(listOf(query.country))),
    ...oneOf('regions', orAny(listOf(query.region))),
    ...oneOf('readers', orAny(readersOf(query))),
    ...(at ? validAt(at) : []),
  ];
}

export const conditionsOfPrices = ({
  priceModelId,
  itemId,
  itemType,
}: ListPriceQueryDto): readonly Condition[] => [
  ...oneOf('priceModelId', listOf(priceModelId)),
  ...oneOf('itemId.id', listOf(itemId)),
  ...oneOf('itemId.itemType', listOf(itemType)),
];

function readersOf({ customerGroups, legalEntityId }: PriceListListQueryDto): readonly string[] | undefined {
  if (customerGroups === undefined && legalEntityId === undefined) return undefined;
  const groups = customerGroups?.split(',').map((id) => keyOfPrincipal({ type: 'GROUP', id: id.trim() }));
  return [...(groups ?? []), ...(legalEntityId === undefined ? [] : [keyOfEntity(legalEntityId)])];
}

const listOf = (value: string | undefined): readonly string[] | undefined =>
  value === undefined ? undefined : [value];

const orAny = (values: readonly string[] | undefined): readonly string[] | undefined =>
  values && [ANY, ...values];

const oneOf = (path: string, values: readonly string[] | undefined): readonly Condition[] =>
  values ? [{ op: 'in', path, values }] : [];

const validAt = (value: Date): readonly Condition[] => [
  { op: 'lte', path: 'validFrom', value },
  { op: 'gt', path: 'validTo', value },
];
