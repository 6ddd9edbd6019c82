import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsString, MaxLength } from 'class-validator';
import { OptionalField } from '../../http/fields.decorator.js';
import { PageQueryDto } from '../../http/paging.js';
import type { ModelFilters } from '../price-model-list.js';
import type { TierType } from '../price-model.types.js';
import { defined, IsId, IsText, MAX_ID_LENGTH } from './fields.decorator.js';
import { MAX_UNIT_LENGTH, TIER_TYPES } from './price-model.dto.js';

const FLAGS = new Map<unknown, boolean>([
  ['true', true],
  ['false', false],
]);

/** `true` or `false` of a query. */
const flagOf = (value: unknown): unknown => FLAGS.get(value) ?? value;

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
  @ApiPropertyOptional({ default: false, description: 'true: what is not sent stays as it is' })
  @Transform(({ value }) => flagOf(value))
  @IsBoolean()
  partial = false;
}

export class ExtendDto {
  @ApiPropertyOptional({ default: false, description: 'true: the answer has the price model as well' })
  @Transform(({ value }) => flagOf(value))
  @IsBoolean()
  extendWithPriceModel = false;
}

export class ForceDeleteDto {
  @ApiPropertyOptional({ default: false, description: 'true: its prices are deleted too' })
  @Transform(({ value }) => flagOf(value))
  @IsBoolean()
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
  @ApiPropertyOptional()
  @OptionalField()
  @Transform(({ value }) => flagOf(value))
  @IsBoolean()
  includesTax?: boolean;

  @ApiPropertyOptional()
  @OptionalField()
  @Transform(({ value }) => flagOf(value))
  @IsBoolean()
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
