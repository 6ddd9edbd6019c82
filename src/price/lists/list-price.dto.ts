import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsDefined, IsInt, Min } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import { IsId, MAX_ID_LENGTH } from '../dto/fields.decorator.js';
import { ItemIdDto, StoredTierValueDto } from '../dto/price-parts.dto.js';
import { ItemPriceDto } from '../models/item-price.dto.js';
import { StoredVersionDto } from './price-list.dto.js';

/** POST: a new price in a list. */
export class NewListPriceDto extends ItemPriceDto {
  @ApiPropertyOptional({
    example: 'umbrella',
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'Id of the price. Generated if left out.',
  })
  @OptionalField()
  @IsId()
  id?: string;
}

class ListPriceMetadataDto {
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    example: 1,
    description: 'Version that you read. If it is not the current one, the answer is 404.',
  })
  @IsDefined()
  @IsInt()
  @Min(1)
  version!: number;
}

/** PUT: a whole price. */
export class PutListPriceDto extends ItemPriceDto {
  @ApiPropertyOptional({ maxLength: MAX_ID_LENGTH, description: 'Ignored, because the path has the id.' })
  @OptionalField()
  @IsId()
  id?: string;

  @ApiProperty({
    type: ListPriceMetadataDto,
    description: 'Version that you read. To create a price, send any.',
  })
  @Nested(() => ListPriceMetadataDto)
  metadata!: ListPriceMetadataDto;
}

/** PUT: one of many prices. */
export class ListPriceEntryDto extends ItemPriceDto {
  @ApiProperty({
    example: 'umbrella',
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'Id of the price.',
  })
  @IsId()
  id!: string;

  @ApiProperty({
    type: ListPriceMetadataDto,
    description: 'Version that you read. To create a price, send any.',
  })
  @Nested(() => ListPriceMetadataDto)
  metadata!: ListPriceMetadataDto;
}

/** A price of a list in a response. */
export class ListPriceDto {
  @ApiProperty({ example: 'umbrella', description: 'Id of the price, unique within the list.' })
  id!: string;

  @ApiProperty({ type: ItemIdDto, description: 'The item that the price is for.' })
  itemId!: ItemIdDto;

  @ApiPropertyOptional({ description: 'Id of the price model. Absent for a simple price.' })
  priceModelId?: string;

  @ApiProperty({ type: [StoredTierValueDto], description: 'Values of the tiers.' })
  tierValues!: StoredTierValueDto[];

  @ApiProperty({ type: StoredVersionDto, description: 'Times and version.' })
  metadata!: StoredVersionDto;
}
