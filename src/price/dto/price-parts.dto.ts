import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsDefined, IsIn, IsInt, IsObject, Min } from 'class-validator';
import { IsCountry, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested, NestedList } from '../../http/input/nested.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import { MAX_AMOUNT } from '../../shared/money.js';
import type { ItemType, PricePrincipal } from '../price.types.js';
import {
  IsAmount,
  IsId,
  IsPriceValue,
  IsText,
  IsTime,
  MAX_ID_LENGTH,
  PRICE_VALUE,
} from './fields.decorator.js';

export const ITEM_TYPES: readonly ItemType[] = ['PRODUCT', 'SKU'];
export const PRINCIPAL_TYPES: readonly PricePrincipal['type'][] = ['CUSTOMER', 'GROUP'];

/** A price for more than these is better made for a group, or without a limit. */
const MAX_LIMITS = 200;

export class ItemIdDto {
  @ApiProperty({ enum: ITEM_TYPES })
  @IsIn(ITEM_TYPES)
  itemType!: ItemType;

  @ApiProperty({ example: 'umbrella', minLength: 1, maxLength: MAX_ID_LENGTH })
  @IsId()
  id!: string;
}

export class LocationDto {
  @ApiProperty({ example: 'DE', description: 'ISO 3166-1 alpha-2' })
  @IsCountry()
  countryCode!: string;
}

export class SalePriceDto {
  @ApiPropertyOptional({
    example: 2,
    minimum: 0,
    maximum: MAX_AMOUNT,
    description: 'taken off one unit, after the rate',
  })
  @OptionalField()
  @IsAmount()
  discountAmount?: number;

  @ApiPropertyOptional({ example: 10, minimum: 0, maximum: 100, description: 'percent' })
  @OptionalField()
  @IsAmount(100)
  discountRate?: number;

  @ApiPropertyOptional({ example: 'Summer sale', minLength: 1, maxLength: 2000 })
  @OptionalField()
  @IsText(2000)
  description?: string;
}

export class PrincipalDto {
  @ApiProperty({ enum: PRINCIPAL_TYPES })
  @IsIn(PRINCIPAL_TYPES)
  type!: PricePrincipal['type'];

  @ApiProperty({
    example: 'gold',
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'of the customer or of its group',
  })
  @IsId()
  id!: string;
}

export class ValidityDto {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'from this moment on; ISO 8601, UTC if it names no zone',
  })
  @OptionalField()
  @IsTime()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'until this moment, which is not valid any more' })
  @OptionalField()
  @IsTime()
  to?: string;
}

export class RestrictionsDto {
  @ApiProperty({ type: [String], example: ['main'], maxItems: MAX_LIMITS, description: 'none: every site' })
  @IsArray()
  @ArrayMaxSize(MAX_LIMITS)
  @IsId({ each: true })
  siteCodes!: string[];

  @ApiPropertyOptional({ type: [PrincipalDto], maxItems: MAX_LIMITS, description: 'none: everybody' })
  @OptionalField()
  @NestedList(() => PrincipalDto, { max: MAX_LIMITS })
  principals?: PrincipalDto[];

  @ApiPropertyOptional({ type: ValidityDto })
  @OptionalField()
  @Nested(() => ValidityDto)
  validity?: ValidityDto;
}

/** What a tier costs. */
export class TierValueDto {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'of a tier of the price model; without ids, the values are in the order of the tiers',
  })
  @OptionalField()
  @IsId()
  id?: string;

  @ApiProperty({
    ...PRICE_VALUE,
    example: 15.99,
    description: 'of any precision; gross or net as the price model says, for its measurement unit',
  })
  @IsDefined()
  @IsPriceValue()
  priceValue!: number;
}

export class StoredTierValueDto {
  @ApiPropertyOptional({ description: 'of a tier of the price model; absent in a simple price' })
  id?: string;

  @ApiProperty({ example: 15.99 })
  priceValue!: number;
}

const MIXINS = { type: 'object', additionalProperties: true } as const;

export class PriceMetadataDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, example: 1, description: 'the version that was read' })
  @OptionalField()
  @IsInt()
  @Min(1)
  version?: number;

  @ApiPropertyOptional({ ...MIXINS, description: 'URLs of the mixins’ schemas' })
  @Raw()
  @OptionalField()
  @IsObject()
  mixins?: JsonObject;
}
