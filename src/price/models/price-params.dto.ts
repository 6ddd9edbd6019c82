import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Flag } from '../../http/query/flag.decorator.js';
import { PageQueryDto } from '../../http/query/paging.js';
import { defined, IsId, IsText, MAX_ID_LENGTH } from '../dto/fields.decorator.js';
import type { TierType } from '../price-model.types.js';
import type { ModelFilters } from './price-model-list.js';
import { MAX_UNIT_LENGTH, TIER_TYPES } from './price-model.dto.js';

export class PriceIdParam {
  @ApiProperty({
    example: 'umbrella-eur',
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'Id of the price.',
  })
  @IsId()
  priceId!: string;
}

export class PriceModelIdParam {
  @ApiProperty({ minLength: 1, maxLength: MAX_ID_LENGTH, description: 'Id of the price model.' })
  @IsId()
  priceModelId!: string;
}

export class ExtendDto {
  @Flag({ description: 'Whether to include the price model.', default: false })
  extendWithPriceModel = false;
}

export class ForceDeleteDto {
  @Flag({ description: 'Whether to delete the prices of the model too.', default: false })
  forceDelete = false;
}

export class ExpandDto {
  @ApiPropertyOptional({
    example: 'priceModel',
    description: '`priceModel` includes the price model of each price.',
  })
  @OptionalField()
  @IsString()
  @IsIn(['', 'priceModel'])
  expand?: string;
}

/** GET /price/{tenant}/priceModels */
export class PriceModelListQueryDto extends PageQueryDto {
  @Flag({ description: 'Only gross price models (true) or net ones (false).' })
  includesTax?: boolean;

  @Flag({ description: 'Only price models with a markup (true) or without one (false).' })
  includesMarkup?: boolean;

  @ApiPropertyOptional({ enum: TIER_TYPES, description: 'Only price models of this type.' })
  @OptionalField()
  @IsIn(TIER_TYPES)
  tierType?: TierType;

  @ApiPropertyOptional({
    maxLength: 2000,
    description: 'Only price models with exactly this name in any language.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(2000)
  name?: string;

  @ApiPropertyOptional({
    maxLength: 2000,
    description: 'Only price models with exactly this description in any language.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(2000)
  description?: string;

  @ApiPropertyOptional({
    example: 'pc',
    minLength: 1,
    maxLength: MAX_UNIT_LENGTH,
    description: 'Only price models whose `measurementUnit` has this unit.',
  })
  @OptionalField()
  @IsText(MAX_UNIT_LENGTH)
  unitcode?: string;
}

export const toModelFilters = ({ unitcode, ...query }: PriceModelListQueryDto): ModelFilters =>
  defined({
    includesTax: query.includesTax,
    includesMarkup: query.includesMarkup,
    tierType: query.tierType,
    name: query.name,
    description: query.description,
    unitCode: unitcode,
  });
