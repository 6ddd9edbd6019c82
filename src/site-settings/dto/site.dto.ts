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
import { IsCountry, IsCurrency, IsNoDotSegment, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import type { TaxBasis } from '../site.types.js';
import { HomeBaseDto, PatchHomeBaseDto } from './home-base.dto.js';

const TAX_BASES: readonly TaxBasis[] = ['BILLING_ADDRESS', 'SHIPPING_ADDRESS'];

/** Limit that exceeds the number of languages, currencies and countries. */
const MANY_CODES = 300;
const MANY_SERVICES = 100;

/** No white space, no `#`, and no characters that are ambiguous in a URL or a log. */
const SITE_CODE = /^[^\s#\p{Cc}\p{Cs}]+$/u;

const serviceList = (what: string) =>
  ({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: `${what} services, stored as they are sent. Responses include them only if expand asks for them.`,
  }) as const;

class SiteMetadataDto {
  @ApiPropertyOptional({
    example: 1,
    description: 'Version that you read. If it is not the current one, the answer is 409.',
  })
  @OptionalField()
  @IsInt()
  version?: number;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'URLs of the mixin schemas, by mixin.',
  })
  @Raw()
  @OptionalField()
  @IsObject()
  mixins?: JsonObject;
}

/** All fields of a site except its code. */
class SiteFieldsDto {
  @ApiProperty({ example: 'Germany', description: 'Name of the site, for people.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(256)
  name!: string;

  @ApiPropertyOptional({
    default: true,
    description:
      'Whether the site is in service. Inactive sites are visible only with the scope `site.site_manage`.',
  })
  @OptionalField()
  @IsBoolean()
  active?: boolean;

  @ApiPropertyOptional({
    description:
      'Whether this is the default site. A tenant has exactly one: a site that is saved with true replaces it.',
  })
  @OptionalField()
  @IsBoolean()
  default?: boolean;

  @ApiPropertyOptional({ description: 'Whether prices include tax.' })
  @OptionalField()
  @IsBoolean()
  includesTax?: boolean;

  @ApiProperty({ example: 'de', description: 'ISO 639-1 language code.' })
  @IsISO6391({ message: 'must be an ISO 639-1 language code, such as de' })
  defaultLanguage!: string;

  @ApiProperty({
    example: ['de', 'en'],
    description: 'ISO 639-1 language codes. Must include the default language.',
  })
  @IsArray()
  @ArrayMaxSize(MANY_CODES)
  @IsISO6391({ each: true, message: 'must be ISO 639-1 language codes, such as de' })
  languages!: string[];

  @ApiProperty({ example: 'EUR', description: 'ISO 4217 code of the default currency.' })
  @IsCurrency()
  currency!: string;

  @ApiPropertyOptional({
    example: ['EUR', 'USD'],
    description: 'ISO 4217 codes of all currencies that the site sells in. Always includes `currency`.',
  })
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(MANY_CODES)
  @IsCurrency({ each: true })
  availableCurrencies?: string[];

  @ApiProperty({ type: HomeBaseDto, description: 'Where the shop is.' })
  @Nested(() => HomeBaseDto)
  homeBase!: HomeBaseDto;

  @ApiProperty({
    example: ['DE', 'AT'],
    description: 'ISO 3166-1 alpha-2 codes of the countries that the site ships to.',
  })
  @IsArray()
  @ArrayMaxSize(MANY_CODES)
  @IsCountry({ each: true })
  shipToCountries!: string[];

  @ApiPropertyOptional({
    enum: TAX_BASES,
    default: 'BILLING_ADDRESS',
    description: 'The address whose country decides the tax.',
  })
  @OptionalField()
  @IsIn(TAX_BASES)
  taxDeterminationBasedOn?: TaxBasis;

  @ApiPropertyOptional({
    minimum: 0,
    description: 'Number of decimal places in cart totals. At most 20; defaults to that of the currency.',
  })
  @OptionalField()
  @IsInt()
  @Min(0)
  @Max(20)
  cartCalculationScale?: number;

  @ApiPropertyOptional(serviceList('Payment'))
  @Raw()
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(MANY_SERVICES)
  @IsObject({ each: true })
  payment?: JsonObject[];

  @ApiPropertyOptional(serviceList('Shipping'))
  @Raw()
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(MANY_SERVICES)
  @IsObject({ each: true })
  shipping?: JsonObject[];

  @ApiPropertyOptional(serviceList('Tax'))
  @Raw()
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(MANY_SERVICES)
  @IsObject({ each: true })
  tax?: JsonObject[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Settings for assisted buying, stored as they are sent.',
  })
  @Raw()
  @OptionalField()
  @IsObject()
  assistedBuying?: JsonObject;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Custom data of the tenant, by mixin. Responses include it only if `expand` asks for it.',
  })
  @Raw()
  @OptionalField()
  @IsObject()
  mixins?: JsonObject;

  @ApiPropertyOptional({
    type: SiteMetadataDto,
    description: 'Version that you read, and the schemas of the mixins.',
  })
  @OptionalField()
  @Nested(() => SiteMetadataDto)
  metadata?: SiteMetadataDto;
}

/** The body of POST, and a site in a response. */
export class SiteDto extends SiteFieldsDto {
  @ApiProperty({
    example: 'main',
    description: 'Code of the site, unique within the tenant. No white space, no `#`; at most 64 characters.',
  })
  @Matches(SITE_CODE, { message: 'must not have white space, control characters or #' })
  @IsNoDotSegment()
  @MaxLength(64)
  code!: string;
}

/** PUT */
export class ReplaceSiteDto extends SiteFieldsDto {
  @ApiPropertyOptional({ description: 'Code of the site. If sent, it must be the one in the path.' })
  @OptionalField()
  @IsString()
  code?: string;
}

/** PATCH: fields that are left out keep their value. */
export class PatchSiteDto extends PartialType(OmitType(ReplaceSiteDto, ['homeBase']), {
  skipNullProperties: false,
}) {
  @ApiPropertyOptional({ type: PatchHomeBaseDto, description: 'Where the shop is. Merged field by field.' })
  @OptionalField()
  @Nested(() => PatchHomeBaseDto)
  homeBase?: PatchHomeBaseDto;
}

export class CreatedDto {
  @ApiProperty({
    example: 'main',
    description: 'Id of what was created: the code of the site, or the name of the mixin.',
  })
  id!: string;
}
