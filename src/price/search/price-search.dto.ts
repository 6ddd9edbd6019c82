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
  @ApiProperty({ type: [String], minItems: 1, maxItems: MAX_ITEMS, example: ['umbrella', 'raincoat'] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  @IsId({ each: true })
  itemIds!: string[];

  @ApiPropertyOptional({ example: 'EUR', description: 'ISO 4217' })
  @OptionalField()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({ example: 'main', minLength: 1, maxLength: MAX_ID_LENGTH })
  @OptionalField()
  @IsId()
  siteCode?: string;

  @ApiPropertyOptional({ type: [String], maxItems: MAX_SITES, description: 'ignored with siteCode' })
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(MAX_SITES)
  @IsId({ each: true })
  siteCodes?: string[];

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'the customer of USER_SPECIFIC_PRICES',
  })
  @OptionalField()
  @IsId()
  principalId?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'prices that are valid then; ISO 8601' })
  @OptionalField()
  @MaxLength(64)
  @IsTime()
  effectiveDate?: string;

  @ApiPropertyOptional({ description: 'gross prices only, or net ones' })
  @OptionalField()
  @IsBoolean()
  includesTax?: boolean;

  @ApiPropertyOptional({
    default: false,
    description: 'items without a price at the sites: those of the default site',
  })
  @OptionalField()
  @IsBoolean()
  useFallback?: boolean;

  @ApiPropertyOptional({
    enum: MODES,
    default: 'ALL_PRICES',
    description: 'whomever they are for; for everybody; for the customer of principalId and its groups',
  })
  @OptionalField()
  @IsIn(MODES)
  searchMode?: (typeof MODES)[number];
}

export class FoundPricesDto {
  @ApiProperty({ example: 'umbrella' })
  itemId!: string;

  @ApiProperty({ type: [PriceDto] })
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
