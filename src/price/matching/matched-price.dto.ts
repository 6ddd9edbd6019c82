import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '../../shared/json.js';
import { ItemIdDto, LocationDto, SalePriceDto, StoredTierValueDto } from '../dto/price-parts.dto.js';
import { PriceModelDto, QuantityDto } from '../models/price-model.dto.js';
import { type Languages, toPriceModelDto } from '../models/price-model.mapping.js';
import type { MatchedPrice } from './match.types.js';

class MatchedSiteDto {
  @ApiProperty({ example: 'main' })
  code!: string;
}

class MatchedMetadataDto {
  @ApiProperty({ type: String, example: '1', description: 'text, here alone' })
  version!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

/** One row of a match (behaviour C-07). */
export class MatchedPriceDto {
  @ApiProperty({ example: 'umbrella-eur' })
  priceId!: string;

  @ApiProperty({ type: ItemIdDto })
  itemId!: ItemIdDto;

  @ApiProperty({ type: ItemIdDto, description: 'the same as itemId' })
  itemRef!: ItemIdDto;

  @ApiProperty({ type: MatchedSiteDto })
  site!: MatchedSiteDto;

  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty({ type: LocationDto })
  location!: LocationDto;

  @ApiProperty({
    example: 19.9,
    description: 'for one measurement unit, without a discount; of any precision',
  })
  originalValue!: number;

  @ApiProperty({
    example: 19.9,
    description: 'for one measurement unit, with the discount; of any precision',
  })
  effectiveValue!: number;

  @ApiProperty({ example: 39.8, description: 'for the whole quantity, rounded as the currency is' })
  totalValue!: number;

  @ApiProperty({ type: QuantityDto })
  quantity!: QuantityDto;

  @ApiProperty({ description: 'whether the values are gross' })
  includesTax!: boolean;

  @ApiPropertyOptional({ type: SalePriceDto })
  salePrice?: SalePriceDto;

  @ApiPropertyOptional({ type: PriceModelDto, description: 'absent: a simple price' })
  priceModel?: PriceModelDto;

  @ApiProperty({ type: [StoredTierValueDto] })
  tierValues!: StoredTierValueDto[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  mixins?: JsonObject;

  @ApiProperty({ type: MatchedMetadataDto })
  metadata!: MatchedMetadataDto;
}

export function toMatchedDto(matched: MatchedPrice, languages: Languages): MatchedPriceDto {
  const { price, model, siteCode, country, quantity, includesTax } = matched;
  const { id, itemId, currency, salePrice, tierValues, mixins } = price;
  return {
    priceId: id,
    itemId: { ...itemId },
    itemRef: { ...itemId },
    site: { code: siteCode },
    currency,
    location: { countryCode: country },
    originalValue: matched.originalValue,
    effectiveValue: matched.effectiveValue,
    totalValue: matched.totalValue,
    quantity: { ...quantity },
    includesTax,
    ...(salePrice && { salePrice: { ...salePrice } }),
    ...(model && { priceModel: toPriceModelDto(model, languages) }),
    tierValues: tierValues.map((value) => ({ ...value })),
    ...(Object.keys(mixins).length > 0 && { mixins }),
    metadata: {
      version: String(price.version),
      createdAt: price.createdAt.toISOString(),
      modifiedAt: price.modifiedAt.toISOString(),
    },
  };
}
