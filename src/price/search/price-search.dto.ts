import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn, MaxLength } from 'class-validator';
import { IsCurrency, OptionalField } from '../../http/input/fields.decorator.js';
import { PriceDto } from '../catalog/price.dto.js';
import { toPriceDto } from '../catalog/price.mapping.js';
import { defined, IsId, IsTime, MAX_ID_LENGTH, toTime } from '../dto/fields.decorator.js';
import type { Languages } from '../models/price-model.mapping.js';
import type { Price } from '../price.types.js';
import type { PriceSearch, SearchResult } from './price-search.service.js';

const MAX_ITEMS = 100;
const MAX_SITES = 200;

const MODES = ['ALL_PRICES', 'COMMON_PRICES', 'USER_SPECIFIC_PRICES'] as const;

export class SearchPricesDto {
  @ApiProperty({
    type: [String],
    minItems: 1,
    maxItems: MAX_ITEMS,
    example: ['umbrella', 'raincoat'],
    description: 'Ids of the items.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  @IsId({ each: true })
  itemIds!: string[];

  @ApiPropertyOptional({
    example: 'EUR',
    description: 'ISO 4217 currency code. Left out: prices in all currencies.',
  })
  @OptionalField()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({
    example: 'main',
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'Code of the site. Left out: see `siteCodes`.',
  })
  @OptionalField()
  @IsId()
  siteCode?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: MAX_SITES,
    description:
      'Codes of the sites. Ignored with `siteCode`; without either, prices of all sites are returned.',
  })
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(MAX_SITES)
  @IsId({ each: true })
  siteCodes?: string[];

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'Id of the customer. Required with USER_SPECIFIC_PRICES.',
  })
  @OptionalField()
  @IsId()
  principalId?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Only prices that are valid at this time. ISO 8601; UTC if no zone is given.',
  })
  @OptionalField()
  @MaxLength(64)
  @IsTime()
  effectiveDate?: string;

  @ApiPropertyOptional({ description: 'Only gross prices (true) or net prices (false).' })
  @OptionalField()
  @IsBoolean()
  includesTax?: boolean;

  @ApiPropertyOptional({
    default: false,
    description: 'Whether items without a price at the sites get those of the default site.',
  })
  @OptionalField()
  @IsBoolean()
  useFallback?: boolean;

  @ApiPropertyOptional({
    enum: MODES,
    default: 'ALL_PRICES',
    description:
      'ALL_PRICES: prices for anybody. COMMON_PRICES: only prices for everybody. USER_SPECIFIC_PRICES: ' +
      'only prices for the customer `principalId` and their groups.',
  })
  @OptionalField()
  @IsIn(MODES)
  searchMode?: (typeof MODES)[number];
}

export class FoundPricesDto {
  @ApiProperty({ example: 'umbrella', description: 'Id of the item.' })
  itemId!: string;

  @ApiProperty({ type: [PriceDto], description: 'Prices of the item, by id.' })
  prices!: PriceDto[];
}

export const toSearch = ({ siteCode, siteCodes, ...dto }: SearchPricesDto): PriceSearch => ({
  itemIds: dto.itemIds,
  mode: dto.searchMode ?? 'ALL_PRICES',
  useFallback: dto.useFallback ?? false,
  ...defined({
    currency: dto.currency,
    siteCodes: siteCode === undefined ? siteCodes : [siteCode],
    customerId: dto.principalId,
    effectiveDate: toTime(dto.effectiveDate ?? ''),
    includesTax: dto.includesTax,
  }),
});

export function toFoundDto(
  { found, models }: SearchResult,
  withModels: boolean,
  languages: Languages,
): FoundPricesDto[] {
  const modelOf = ({ priceModelId }: Price) => models.find(({ id }) => withModels && id === priceModelId);
  return found.map(({ itemId, prices }) => ({
    itemId,
    prices: prices.map((price) => toPriceDto(price, { ...languages, ...defined({ model: modelOf(price) }) })),
  }));
}
