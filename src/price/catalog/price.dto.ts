import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { ArrayMinSize, IsObject } from 'class-validator';
import { IsCurrency, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested, NestedList } from '../../http/input/nested.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import { IsId, IsText, MAX_ID_LENGTH } from '../dto/fields.decorator.js';
import {
  ItemIdDto,
  LocationDto,
  PriceMetadataDto,
  RestrictionsDto,
  SalePriceDto,
  StoredTierValueDto,
  TierValueDto,
} from '../dto/price-parts.dto.js';
import { MAX_TIERS, PriceModelDto } from '../models/price-model.dto.js';

/** POST: a new price. */
export class CreatePriceDto {
  @ApiPropertyOptional({
    example: 'umbrella-eur',
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'made up if it is not sent',
  })
  @OptionalField()
  @IsId()
  id?: string;

  @ApiProperty({ type: ItemIdDto })
  @Nested(() => ItemIdDto)
  itemId!: ItemIdDto;

  @ApiPropertyOptional({
    example: 'urn:yaas:saasag:caasproduct:product:acme;umbrella',
    minLength: 1,
    maxLength: 512,
  })
  @OptionalField()
  @IsText(512)
  itemYrn?: string;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217' })
  @IsCurrency()
  currency!: string;

  @ApiProperty({ type: LocationDto })
  @Nested(() => LocationDto)
  location!: LocationDto;

  @ApiPropertyOptional({ type: SalePriceDto })
  @OptionalField()
  @Nested(() => SalePriceDto)
  salePrice?: SalePriceDto;

  @ApiPropertyOptional({
    type: RestrictionsDto,
    description: 'not sent: at every site, for everybody, for ever',
  })
  @OptionalField()
  @Nested(() => RestrictionsDto)
  restrictions?: RestrictionsDto;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'not sent: the default price model; without one it is a simple price per piece',
  })
  @OptionalField()
  @IsId()
  priceModelId?: string;

  @ApiProperty({
    type: [TierValueDto],
    minItems: 1,
    maxItems: MAX_TIERS,
    description: 'one for each tier of the price model; one of a simple price',
  })
  @ArrayMinSize(1)
  @NestedList(() => TierValueDto, { max: MAX_TIERS })
  tierValues!: TierValueDto[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'the tenant’s own data' })
  @Raw()
  @OptionalField()
  @IsObject()
  mixins?: JsonObject;

  @ApiPropertyOptional({ type: PriceMetadataDto })
  @OptionalField()
  @Nested(() => PriceMetadataDto)
  metadata?: PriceMetadataDto;
}

/** PUT: a whole price, or, with `partial`, what of it is to change. Of `metadata.version`, another one answers 409. */
export class UpdatePriceDto extends PartialType(OmitType(CreatePriceDto, ['id']), {
  skipNullProperties: false,
}) {
  @ApiPropertyOptional({
    example: 'umbrella-eur',
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'of an entry of many, which gets one if it has none; else that of the path counts',
  })
  @OptionalField()
  @IsId()
  id?: string;
}

class StoredMetadataDto extends OmitType(PriceMetadataDto, ['version']) {
  @ApiProperty({ type: 'integer', example: 1 })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

/** What is answered. */
export class PriceDto extends OmitType(CreatePriceDto, ['id', 'location', 'tierValues', 'metadata']) {
  @ApiProperty({ example: 'umbrella-eur' })
  id!: string;

  @ApiPropertyOptional({ type: LocationDto, description: 'absent: in every country' })
  location?: LocationDto;

  @ApiProperty({ type: [StoredTierValueDto] })
  tierValues!: StoredTierValueDto[];

  @ApiProperty({ type: StoredMetadataDto })
  metadata!: StoredMetadataDto;

  @ApiPropertyOptional({ type: () => PriceModelDto, description: 'if it is asked for' })
  priceModel?: PriceModelDto;
}

export class CreatedPriceDto {
  @ApiProperty({ example: 'umbrella-eur' })
  id!: string;
}
