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
const PRINCIPAL_TYPES: readonly PricePrincipal['type'][] = ['CUSTOMER', 'GROUP'];

/** Limit per restriction. A price for more sites or principals should be made for a group, or be unrestricted. */
const MAX_LIMITS = 200;

export class ItemIdDto {
  @ApiProperty({ enum: ITEM_TYPES, description: 'Whether `id` is that of a product or of a SKU.' })
  @IsIn(ITEM_TYPES)
  itemType!: ItemType;

  @ApiProperty({
    example: 'umbrella',
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'Id of the item.',
  })
  @IsId()
  id!: string;
}

export class LocationDto {
  @ApiProperty({ example: 'DE', description: 'ISO 3166-1 alpha-2 country code.' })
  @IsCountry()
  countryCode!: string;
}

export class SalePriceDto {
  @ApiPropertyOptional({
    example: 2,
    minimum: 0,
    maximum: MAX_AMOUNT,
    description: 'Amount taken off the price of one unit, after `discountRate`.',
  })
  @OptionalField()
  @IsAmount()
  discountAmount?: number;

  @ApiPropertyOptional({
    example: 10,
    minimum: 0,
    maximum: 100,
    description: 'Percentage taken off the price.',
  })
  @OptionalField()
  @IsAmount(100)
  discountRate?: number;

  @ApiPropertyOptional({
    example: 'Summer sale',
    minLength: 1,
    maxLength: 2000,
    description: 'What the reduction is, in words.',
  })
  @OptionalField()
  @IsText(2000)
  description?: string;
}

export class PrincipalDto {
  @ApiProperty({
    enum: PRINCIPAL_TYPES,
    description: 'Whether `id` is that of a customer or of a customer group.',
  })
  @IsIn(PRINCIPAL_TYPES)
  type!: PricePrincipal['type'];

  @ApiProperty({
    example: 'gold',
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'Id of the customer or customer group.',
  })
  @IsId()
  id!: string;
}

export class ValidityDto {
  @ApiPropertyOptional({
    format: 'date-time',
    description: 'First moment at which the price is valid. ISO 8601; UTC if no zone is given.',
  })
  @OptionalField()
  @IsTime()
  from?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Moment from which the price is no longer valid. ISO 8601; UTC if no zone is given.',
  })
  @OptionalField()
  @IsTime()
  to?: string;
}

export class RestrictionsDto {
  @ApiProperty({
    type: [String],
    example: ['main'],
    maxItems: MAX_LIMITS,
    description: 'Codes of the sites where the price applies. Empty: every site.',
  })
  @IsArray()
  @ArrayMaxSize(MAX_LIMITS)
  @IsId({ each: true })
  siteCodes!: string[];

  @ApiPropertyOptional({
    type: [PrincipalDto],
    maxItems: MAX_LIMITS,
    description: 'Customers and groups that the price applies to. Left out or empty: everybody.',
  })
  @OptionalField()
  @NestedList(() => PrincipalDto, { max: MAX_LIMITS })
  principals?: PrincipalDto[];

  @ApiPropertyOptional({ type: ValidityDto, description: 'When the price is valid. Left out: at any time.' })
  @OptionalField()
  @Nested(() => ValidityDto)
  validity?: ValidityDto;
}

/** The value of one tier. */
export class TierValueDto {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description:
      'Id of the tier of the price model. If no value has an id, the values are in the order of the tiers.',
  })
  @OptionalField()
  @IsId()
  id?: string;

  @ApiProperty({
    ...PRICE_VALUE,
    example: 15.99,
    description:
      'Price per measurement unit of the price model, gross or net as the model says. Any number of ' +
      'decimals.',
  })
  @IsDefined()
  @IsPriceValue()
  priceValue!: number;
}

export class StoredTierValueDto {
  @ApiPropertyOptional({ description: 'Id of the tier of the price model. Absent for a simple price.' })
  id?: string;

  @ApiProperty({ example: 15.99, description: 'Price per measurement unit of the price model.' })
  priceValue!: number;
}

const MIXINS = { type: 'object', additionalProperties: true } as const;

export class PriceMetadataDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    example: 1,
    description: 'Version that you read. If it is not the current one, the answer is 409.',
  })
  @OptionalField()
  @IsInt()
  @Min(1)
  version?: number;

  @ApiPropertyOptional({ ...MIXINS, description: 'URLs of the mixin schemas, by mixin.' })
  @Raw()
  @OptionalField()
  @IsObject()
  mixins?: JsonObject;
}
