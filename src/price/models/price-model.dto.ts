import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsBoolean, IsDefined, IsIn, IsInt, Min } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Nested, NestedList } from '../../http/input/nested.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import type { Localized } from '../../http/language.rules.js';
import { MAX_AMOUNT } from '../../shared/money.js';
import { IsId, IsLocalized, IsQuantity, IsText, MAX_ID_LENGTH } from '../dto/fields.decorator.js';
import type { TierType } from '../price-model.types.js';

export const TIER_TYPES: readonly TierType[] = ['BASIC', 'VOLUME', 'TIERED'];
export const MAX_TIERS = 100;
export const MAX_UNIT_LENGTH = 32;

export class QuantityDto {
  @ApiProperty({ example: 1, minimum: 0, maximum: MAX_AMOUNT, description: '0, or from 0.000001' })
  @IsQuantity()
  quantity!: number;

  @ApiProperty({ example: 'pc', minLength: 1, maxLength: MAX_UNIT_LENGTH })
  @IsText(MAX_UNIT_LENGTH)
  unitCode!: string;
}

export class TierDto {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'made up if it is not sent; a tier that is replaced keeps its own by its quantity',
  })
  @OptionalField()
  @IsId()
  id?: string;

  @ApiProperty({ type: QuantityDto, description: 'from here on, in the unit of measurementUnit' })
  @Nested(() => QuantityDto)
  minQuantity!: QuantityDto;
}

export class TierDefinitionDto {
  @ApiProperty({
    enum: TIER_TYPES,
    description:
      'BASIC: one price for each unit. VOLUME: the whole quantity at the price of the tier that it reaches. ' +
      'TIERED: each tier prices the part of the quantity that lies in it',
  })
  @IsIn(TIER_TYPES)
  tierType!: TierType;

  @ApiPropertyOptional({
    type: [TierDto],
    maxItems: MAX_TIERS,
    description: 'ascending, the first one from 0; a BASIC model has one, and need not name it',
  })
  @OptionalField()
  @NestedList(() => TierDto, { max: MAX_TIERS })
  tiers?: TierDto[];
}

export class ModelMetadataDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'the version that was read; another one answers 409',
  })
  @OptionalField()
  @IsInt()
  @Min(1)
  version?: number;
}

const TEXT = { type: 'string' } as const;
const LOCALIZED = { oneOf: [TEXT, { type: 'object' as const, additionalProperties: TEXT }] };

/** POST and PUT. */
export class PriceModelWishDto {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'made up if it is not sent; of a PUT, that of the path counts',
  })
  @OptionalField()
  @IsId()
  id?: string;

  @ApiProperty({ description: 'whether its prices are gross' })
  @IsBoolean()
  includesTax!: boolean;

  @ApiPropertyOptional({ default: false })
  @OptionalField()
  @IsBoolean()
  includesMarkup?: boolean;

  @ApiPropertyOptional({
    default: false,
    description: 'new prices that name no model get this one; it takes over from the one before',
  })
  @OptionalField()
  @IsBoolean()
  default?: boolean;

  @ApiProperty({
    ...LOCALIZED,
    example: 'Per piece',
    description: 'a text in the language of Content-Language, or a map by language',
  })
  @Raw()
  @IsDefined()
  @IsLocalized()
  name!: string | Localized;

  @ApiPropertyOptional({ ...LOCALIZED, description: 'as name' })
  @Raw()
  @OptionalField()
  @IsLocalized()
  description?: string | Localized;

  @ApiProperty({ type: TierDefinitionDto })
  @Nested(() => TierDefinitionDto)
  tierDefinition!: TierDefinitionDto;

  @ApiProperty({ type: QuantityDto, description: 'what a price value is for: 1 pc, 100 g; 0 means 1' })
  @Nested(() => QuantityDto)
  measurementUnit!: QuantityDto;

  @ApiPropertyOptional({ type: ModelMetadataDto })
  @OptionalField()
  @Nested(() => ModelMetadataDto)
  metadata?: ModelMetadataDto;
}

class StoredModelMetadataDto {
  @ApiProperty({ type: 'integer', example: 1 })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

/** What is answered. */
export class PriceModelDto extends OmitType(PriceModelWishDto, ['id', 'metadata']) {
  @ApiProperty()
  id!: string;

  @ApiProperty({ type: StoredModelMetadataDto })
  metadata!: StoredModelMetadataDto;
}

export class CreatedPriceModelDto {
  @ApiProperty()
  id!: string;
}
