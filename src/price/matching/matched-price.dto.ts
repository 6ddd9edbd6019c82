import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '../../shared/json.js';
import { ItemIdDto, LocationDto, SalePriceDto, StoredTierValueDto } from '../dto/price-parts.dto.js';
import { PriceModelDto, QuantityDto } from '../models/price-model.dto.js';
import { type Languages, toPriceModelDto } from '../models/price-model.mapping.js';
import type { MatchedPrice } from './match.types.js';

class MatchedSiteDto {
  @ApiProperty({ example: 'main', description: 'Code of the site.' })
  code!: string;
}

class MatchedMetadataDto {
  @ApiProperty({
    type: String,
    example: '1',
    description: 'Version of the price. A string in this response only.',
  })
  version!: string;

  @ApiProperty({ format: 'date-time', description: 'Time at which the price was created.' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Time of the last change.' })
  modifiedAt!: string;
}

/** One row of a match (C-07). */
export class MatchedPriceDto {
  @ApiProperty({ example: 'umbrella-eur', description: 'Id of the price.' })
  priceId!: string;

  @ApiPropertyOptional({ description: 'Id of the price list, if the price is from one.' })
  priceListId?: string;

  @ApiProperty({ type: ItemIdDto, description: 'The item that the price is for.' })
  itemId!: ItemIdDto;

  @ApiProperty({ type: ItemIdDto, description: 'The same as `itemId`.' })
  itemRef!: ItemIdDto;

  @ApiProperty({ type: MatchedSiteDto, description: 'The site where the price was found.' })
  site!: MatchedSiteDto;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217 currency code.' })
  currency!: string;

  @ApiProperty({ type: LocationDto, description: 'The requested country.' })
  location!: LocationDto;

  @ApiProperty({
    example: 19.9,
    description: 'Price of one measurement unit without a discount. Any number of decimals.',
  })
  originalValue!: number;

  @ApiProperty({
    example: 19.9,
    description: 'Price of one measurement unit with the discount. Any number of decimals.',
  })
  effectiveValue!: number;

  @ApiProperty({
    example: 39.8,
    description: 'Price of the whole quantity with the discount, rounded to the digits of the currency.',
  })
  totalValue!: number;

  @ApiProperty({ type: QuantityDto, description: 'The requested quantity.' })
  quantity!: QuantityDto;

  @ApiProperty({ description: 'Whether the values include tax.' })
  includesTax!: boolean;

  @ApiPropertyOptional({ type: SalePriceDto, description: 'Reduction of the price.' })
  salePrice?: SalePriceDto;

  @ApiPropertyOptional({ type: PriceModelDto, description: 'The price model. Absent for a simple price.' })
  priceModel?: PriceModelDto;

  @ApiProperty({ type: [StoredTierValueDto], description: 'Values of the tiers.' })
  tierValues!: StoredTierValueDto[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Custom data of the price.',
  })
  mixins?: JsonObject;

  @ApiProperty({ type: MatchedMetadataDto, description: 'Times and version of the price.' })
  metadata!: MatchedMetadataDto;
}

export function toMatchedDto(matched: MatchedPrice, languages: Languages): MatchedPriceDto {
  const { price, model, siteCode, country, quantity, includesTax } = matched;
  const { id, priceListId, itemId, currency, salePrice, tierValues, mixins } = price;
  return {
    priceId: id,
    ...(priceListId !== undefined && { priceListId }),
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
