import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO6391,
  IsNotEmpty,
  IsObject,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { IsCountry, IsCurrency, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import type { TaxBasis } from '../site.types.js';
import { HomeBaseDto, PatchHomeBaseDto } from './home-base.dto.js';

const TAX_BASES: readonly TaxBasis[] = ['BILLING_ADDRESS', 'SHIPPING_ADDRESS'];

/** Longer than there are languages, currencies or countries. */
const MANY_CODES = 300;
const MANY_SERVICES = 100;

/** No white space, no `#`, and nothing that can't be told apart in a URL or a log. */
const SITE_CODE = /^[^\s#\p{Cc}\p{Cs}]+$/u;

const serviceList = (what: string) =>
  ({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: `${what} services, kept as they come; left out of answers unless expanded`,
  }) as const;

export class SiteMetadataDto {
  @ApiPropertyOptional({ example: 1, description: 'the version that was read; another one answers 409' })
  @OptionalField()
  @IsInt()
  version?: number;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'URLs of the mixins’ schemas',
  })
  @Raw()
  @OptionalField()
  @IsObject()
  mixins?: JsonObject;
}

/** All of a site but its code. */
class SiteFieldsDto {
  @ApiProperty({ example: 'Germany' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(256)
  name!: string;

  @ApiPropertyOptional({ default: true, description: 'inactive sites are seen with site.site_manage only' })
  @OptionalField()
  @IsBoolean()
  active?: boolean;

  @ApiPropertyOptional({ description: 'a tenant has exactly one; a site saved with true takes over' })
  @OptionalField()
  @IsBoolean()
  default?: boolean;

  @ApiPropertyOptional({ description: 'whether prices are gross' })
  @OptionalField()
  @IsBoolean()
  includesTax?: boolean;

  @ApiProperty({ example: 'de', description: 'ISO 639-1' })
  @IsISO6391({ message: 'must be a language code of ISO 639-1, such as de' })
  defaultLanguage!: string;

  @ApiProperty({ example: ['de', 'en'], description: 'ISO 639-1; the default language is one of them' })
  @IsArray()
  @ArrayMaxSize(MANY_CODES)
  @IsISO6391({ each: true, message: 'must be language codes of ISO 639-1, such as de' })
  languages!: string[];

  @ApiProperty({ example: 'EUR', description: 'ISO 4217' })
  @IsCurrency()
  currency!: string;

  @ApiPropertyOptional({
    example: ['EUR', 'USD'],
    description: 'the currency of the site is always one of them',
  })
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(MANY_CODES)
  @IsCurrency({ each: true })
  availableCurrencies?: string[];

  @ApiProperty({ type: HomeBaseDto })
  @Nested(() => HomeBaseDto)
  homeBase!: HomeBaseDto;

  @ApiProperty({ example: ['DE', 'AT'], description: 'ISO 3166-1 alpha-2' })
  @IsArray()
  @ArrayMaxSize(MANY_CODES)
  @IsCountry({ each: true })
  shipToCountries!: string[];

  @ApiPropertyOptional({ enum: TAX_BASES, default: 'BILLING_ADDRESS' })
  @OptionalField()
  @IsIn(TAX_BASES)
  taxDeterminationBasedOn?: TaxBasis;

  @ApiPropertyOptional({ minimum: 0, description: 'decimal places of cart totals' })
  @OptionalField()
  @IsInt()
  @Min(0)
  @Max(20)
  cartCalculationScale?: number;

  @ApiPropertyOptional(serviceList('payment'))
  @Raw()
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(MANY_SERVICES)
  @IsObject({ each: true })
  payment?: JsonObject[];

  @ApiPropertyOptional(serviceList('shipping'))
  @Raw()
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(MANY_SERVICES)
  @IsObject({ each: true })
  shipping?: JsonObject[];

  @ApiPropertyOptional(serviceList('tax'))
  @Raw()
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(MANY_SERVICES)
  @IsObject({ each: true })
  tax?: JsonObject[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @Raw()
  @OptionalField()
  @IsObject()
  assistedBuying?: JsonObject;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'the tenant’s own data by name; left out of answers unless expanded',
  })
  @Raw()
  @OptionalField()
  @IsObject()
  mixins?: JsonObject;

  @ApiPropertyOptional({ type: SiteMetadataDto })
  @OptionalField()
  @Nested(() => SiteMetadataDto)
  metadata?: SiteMetadataDto;
}

/** POST, and what is answered. */
export class SiteDto extends SiteFieldsDto {
  @ApiProperty({ example: 'main', description: 'unique in the tenant; no white space, no #' })
  @Matches(SITE_CODE, { message: 'must not have white space, control characters or #' })
  @MaxLength(64)
  code!: string;
}

/** PUT */
export class ReplaceSiteDto extends SiteFieldsDto {
  @ApiPropertyOptional({ description: 'that of the path, if it is sent' })
  @OptionalField()
  @IsString()
  code?: string;
}

/** PATCH: what is not sent stays. */
export class PatchSiteDto extends PartialType(OmitType(ReplaceSiteDto, ['homeBase']), {
  skipNullProperties: false,
}) {
  @ApiPropertyOptional({ type: PatchHomeBaseDto })
  @OptionalField()
  @Nested(() => PatchHomeBaseDto)
  homeBase?: PatchHomeBaseDto;
}

export class CreatedDto {
  @ApiProperty({ example: 'main' })
  id!: string;
}
