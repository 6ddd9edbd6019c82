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
  @ApiProperty({
    example: 1,
    minimum: 0,
    maximum: MAX_AMOUNT,
    description: 'Quantity: 0, or at least 0.000001.',
  })
  @IsQuantity()
  quantity!: number;

  @ApiProperty({
    example: 'pc',
    minLength: 1,
    maxLength: MAX_UNIT_LENGTH,
    description: 'Name of the unit. Units are compared, never converted.',
  })
  @IsText(MAX_UNIT_LENGTH)
  unitCode!: string;
}

export class TierDto {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description:
      'Id of the tier. If left out, a replaced tier with the same quantity keeps its id; otherwise one is ' +
      'generated.',
  })
  @OptionalField()
  @IsId()
  id?: string;

  @ApiProperty({
    type: QuantityDto,
    description: 'Quantity from which the tier applies, in the unit of `measurementUnit`.',
  })
  @Nested(() => QuantityDto)
  minQuantity!: QuantityDto;
}

export class TierDefinitionDto {
  @ApiProperty({
    enum: TIER_TYPES,
    description:
      'BASIC: one price for every unit. VOLUME: the tier that the quantity reaches prices the whole quantity. ' +
      'TIERED: each tier prices the part of the quantity that lies in it.',
  })
  @IsIn(TIER_TYPES)
  tierType!: TierType;

  @ApiPropertyOptional({
    type: [TierDto],
    maxItems: MAX_TIERS,
    description:
      'Tiers in ascending order, the first from 0. A BASIC model has a single tier, which can be left out.',
  })
  @OptionalField()
  @NestedList(() => TierDto, { max: MAX_TIERS })
  tiers?: TierDto[];
}

export class ModelMetadataDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'Version that you read. If it is not the current one, the answer is 409.',
  })
  @OptionalField()
  @IsInt()
  @Min(1)
  version?: number;
}

const TEXT = { type: 'string' } as const;
const LOCALIZED = { oneOf: [TEXT, { type: 'object' as const, additionalProperties: TEXT }] };

/** The body of POST and PUT. */
export class PriceModelInputDto {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'Id of the price model; generated if left out. Ignored by PUT, because the path has the id.',
  })
  @OptionalField()
  @IsId()
  id?: string;

  @ApiProperty({ description: 'Whether the prices include tax.' })
  @IsBoolean()
  includesTax!: boolean;

  @ApiPropertyOptional({ default: false, description: 'Whether the prices include a markup.' })
  @OptionalField()
  @IsBoolean()
  includesMarkup?: boolean;

  @ApiPropertyOptional({
    default: false,
    description: 'Whether new prices without a price model get this one. It replaces the previous default.',
  })
  @OptionalField()
  @IsBoolean()
  default?: boolean;

  @ApiProperty({
    ...LOCALIZED,
    example: 'Per piece',
    description: 'Name: a text in the language of `Content-Language`, or a map of texts by language.',
  })
  @Raw()
  @IsDefined()
  @IsLocalized()
  name!: string | Localized;

  @ApiPropertyOptional({ ...LOCALIZED, description: 'Description, in the same form as `name`.' })
  @Raw()
  @OptionalField()
  @IsLocalized()
  description?: string | Localized;

  @ApiProperty({ type: TierDefinitionDto, description: 'How prices depend on the quantity.' })
  @Nested(() => TierDefinitionDto)
  tierDefinition!: TierDefinitionDto;

  @ApiProperty({
    type: QuantityDto,
    description: 'The quantity that a price value is for, such as 1 pc or 100 g. A quantity of 0 means 1.',
  })
  @Nested(() => QuantityDto)
  measurementUnit!: QuantityDto;

  @ApiPropertyOptional({ type: ModelMetadataDto, description: 'Version that you read.' })
  @OptionalField()
  @Nested(() => ModelMetadataDto)
  metadata?: ModelMetadataDto;
}

class StoredModelMetadataDto {
  @ApiProperty({
    type: 'integer',
    example: 1,
    description: 'Version of the price model; grows by one with each change.',
  })
  version!: number;

  @ApiProperty({ format: 'date-time', description: 'Time at which the price model was created.' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Time of the last change.' })
  modifiedAt!: string;
}

/** A price model in a response. */
export class PriceModelDto extends OmitType(PriceModelInputDto, ['id', 'metadata']) {
  @ApiProperty({ description: 'Id of the price model.' })
  id!: string;

  @ApiProperty({ type: StoredModelMetadataDto, description: 'Times and version of the price model.' })
  metadata!: StoredModelMetadataDto;
}

export class CreatedPriceModelDto {
  @ApiProperty({ description: 'Id of the new price model.' })
  id!: string;
}
