import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMinSize } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Nested, NestedList } from '../../http/input/nested.decorator.js';
import { IsId, MAX_ID_LENGTH } from '../dto/fields.decorator.js';
import { ItemIdDto, TierValueDto } from '../dto/price-parts.dto.js';
import { MAX_TIERS } from './price-model.dto.js';

/** The values of an item by price model: in a price, and in a price of a list. */
export class ItemPriceDto {
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
