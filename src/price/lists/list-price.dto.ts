import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMinSize, IsDefined, IsInt, Min } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Nested, NestedList } from '../../http/input/nested.decorator.js';
import { IsId, MAX_ID_LENGTH } from '../dto/fields.decorator.js';
import { ItemIdDto, StoredTierValueDto, TierValueDto } from '../dto/price-parts.dto.js';
import { MAX_TIERS } from '../models/price-model.dto.js';
import { StoredVersionDto } from './price-list.dto.js';

class ListPricePartsDto {
  @ApiProperty({ type: ItemIdDto, description: 'The item that the price is for.' })
  @Nested(() => ItemIdDto)
  itemId!: ItemIdDto;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description:
      'Id of the price model. Left out: the default price model, or a simple price per piece if there is none.',
  })
  @OptionalField()
  @IsId()
  priceModelId?: string;

  @ApiProperty({
    type: [TierValueDto],
    minItems: 1,
    maxItems: MAX_TIERS,
    description: 'One value per tier of the price model; a single value for a simple price.',
  })
  @ArrayMinSize(1)
  @NestedList(() => TierValueDto, { max: MAX_TIERS })
  tierValues!: TierValueDto[];
}

/** POST: a new price in a list. */
export class NewListPriceDto extends ListPricePartsDto {
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
export class ListPriceWishDto extends ListPricePartsDto {
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
export class ListPriceEntryDto extends ListPricePartsDto {
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
