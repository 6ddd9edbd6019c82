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
  @ApiProperty({ example: 'umbrella-eur', minLength: 1, maxLength: MAX_ID_LENGTH })
  @IsId()
  priceId!: string;
}

export class PriceModelIdParam {
  @ApiProperty({ minLength: 1, maxLength: MAX_ID_LENGTH })
  @IsId()
  priceModelId!: string;
}

export class PartialDto {
  @Flag({ description: 'true: keep the fields that the body leaves out', default: false })
  partial = false;
}

export class ExtendDto {
  @Flag({ description: 'true: include the price model', default: false })
  extendWithPriceModel = false;
}

export class ForceDeleteDto {
  @Flag({ description: 'true: delete the prices of the model too', default: false })
  forceDelete = false;
}

export class ExpandDto {
  @ApiPropertyOptional({ example: 'priceModel', description: 'priceModel: each price with its price model' })
  @OptionalField()
  @IsString()
  @IsIn(['', 'priceModel'])
  expand?: string;
}

/** GET /price/{tenant}/priceModels */
export class PriceModelListQueryDto extends PageQueryDto {
  @Flag({ description: 'true: gross price models only; false: net ones only' })
  includesTax?: boolean;

  @Flag({ description: 'true: price models with a markup only; false: those without' })
  includesMarkup?: boolean;

  @ApiPropertyOptional({ enum: TIER_TYPES })
  @OptionalField()
  @IsIn(TIER_TYPES)
  tierType?: TierType;

  @ApiPropertyOptional({ maxLength: 2000, description: 'in whatever language' })
  @OptionalField()
  @IsString()
  @MaxLength(2000)
  name?: string;

  @ApiPropertyOptional({ maxLength: 2000, description: 'in whatever language' })
  @OptionalField()
  @IsString()
  @MaxLength(2000)
  description?: string;

  @ApiPropertyOptional({ example: 'pc', minLength: 1, maxLength: MAX_UNIT_LENGTH })
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
