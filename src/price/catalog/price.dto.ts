import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { IsCurrency, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import { IsId, IsText, MAX_ID_LENGTH } from '../dto/fields.decorator.js';
import {
  LocationDto,
  PriceMetadataDto,
  RestrictionsDto,
  SalePriceDto,
  StoredTierValueDto,
} from '../dto/price-parts.dto.js';
import { ItemPriceDto } from '../models/item-price.dto.js';
import { PriceModelDto } from '../models/price-model.dto.js';

/** POST: a new price. */
export class CreatePriceDto extends ItemPriceDto {
  @ApiPropertyOptional({
    example: 'umbrella-eur',
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'Id of the price. Generated if left out.',
  })
  @OptionalField()
  @IsId()
  id?: string;

  @ApiPropertyOptional({
    example: 'urn:yaas:saasag:caasproduct:product:acme;umbrella',
    minLength: 1,
    maxLength: 512,
    description: 'URN of the item.',
  })
  @OptionalField()
  @IsText(512)
  itemYrn?: string;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217 currency code.' })
  @IsCurrency()
  currency!: string;

  @ApiProperty({ type: LocationDto, description: 'The country that the price is for.' })
  @Nested(() => LocationDto)
  location!: LocationDto;

  @ApiPropertyOptional({ type: SalePriceDto, description: 'Reduction of the price.' })
  @OptionalField()
  @Nested(() => SalePriceDto)
  salePrice?: SalePriceDto;

  @ApiPropertyOptional({
    type: RestrictionsDto,
    description:
      'Where, for whom and when the price applies. Left out: at every site, to everybody, at any time.',
  })
  @OptionalField()
  @Nested(() => RestrictionsDto)
  restrictions?: RestrictionsDto;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Custom data of the tenant. At most 256 KiB, nested at most 32 levels deep.',
  })
  @Raw()
  @OptionalField()
  @IsObject()
  mixins?: JsonObject;

  @ApiPropertyOptional({
    type: PriceMetadataDto,
    description: 'Version that you read, and the schemas of the mixins.',
  })
  @OptionalField()
  @Nested(() => PriceMetadataDto)
  metadata?: PriceMetadataDto;
}

/** PUT: a whole price, or, with `partial`, the fields to change. A stale `metadata.version` is refused with 409. */
export class UpdatePriceDto extends PartialType(OmitType(CreatePriceDto, ['id']), {
  skipNullProperties: false,
}) {
  @ApiPropertyOptional({
    example: 'umbrella-eur',
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description:
      'Id of the price in a bulk request; generated if left out. Otherwise ignored, because the path has ' +
      'the id.',
  })
  @OptionalField()
  @IsId()
  id?: string;
}

class StoredMetadataDto extends OmitType(PriceMetadataDto, ['version']) {
  @ApiProperty({
    type: 'integer',
    example: 1,
    description: 'Version of the price; grows by one with each change.',
  })
  version!: number;

  @ApiProperty({ format: 'date-time', description: 'Time at which the price was created.' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Time of the last change.' })
  modifiedAt!: string;
}

/** A price in a response. */
export class PriceDto extends OmitType(CreatePriceDto, ['id', 'location', 'tierValues', 'metadata']) {
  @ApiProperty({ example: 'umbrella-eur', description: 'Id of the price.' })
  id!: string;

  @ApiPropertyOptional({
    type: LocationDto,
    description: 'The country that the price is for. Absent if it applies in every country.',
  })
  location?: LocationDto;

  @ApiProperty({
    type: [StoredTierValueDto],
    description: 'One value per tier of the price model; a single value for a simple price.',
  })
  tierValues!: StoredTierValueDto[];

  @ApiProperty({ type: StoredMetadataDto, description: 'Times, version and mixin schemas of the price.' })
  metadata!: StoredMetadataDto;

  @ApiPropertyOptional({ type: () => PriceModelDto, description: 'The price model, if it was requested.' })
  priceModel?: PriceModelDto;
}

export class CreatedPriceDto {
  @ApiProperty({ example: 'umbrella-eur', description: 'Id of the new price.' })
  id!: string;
}
