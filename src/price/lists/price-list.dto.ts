import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsDefined, IsInt, IsObject, Min } from 'class-validator';
import { IsCountry, IsCurrency, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import type { Localized } from '../../http/language.rules.js';
import type { JsonObject } from '../../shared/json.js';
import { IsId, IsLocalized, IsText, MAX_ID_LENGTH } from '../dto/fields.decorator.js';
import { ValidityDto } from '../dto/price-parts.dto.js';

const MAX_ENTRIES = 200;
const id = (description: string, example?: string) => ({
  minLength: 1,
  maxLength: MAX_ID_LENGTH,
  description,
  ...(example !== undefined && { example }),
});
const mixins = { type: 'object', additionalProperties: true } as const;
const NAMES = { type: 'object' as const, additionalProperties: { type: 'string' as const } };

class PriceListMetadataDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'Version that you read. If the list does not exist or has another one, the answer is 404.',
  })
  @OptionalField()
  @IsInt()
  @Min(1)
  version?: number;

  @ApiPropertyOptional({ ...mixins, description: 'URLs of the mixin schemas, by mixin.' })
  @Raw()
  @OptionalField()
  @IsObject()
  mixins?: JsonObject;
}

/** PUT: a whole price list. */
export class PutPriceListDto {
  @ApiProperty({
    oneOf: [NAMES, { type: 'string' }],
    example: { en: 'Wholesale' },
    description: 'Name by language, or a text in the language of `Content-Language`.',
  })
  @Raw()
  @IsDefined()
  @IsLocalized()
  name!: string | Localized;

  @ApiProperty(id('Code of the site where the list applies.', 'main'))
  @IsId()
  siteCode!: string;

  @ApiPropertyOptional({
    example: 'EUR',
    description: 'ISO 4217 code of the currency of its prices. Left out: the currency of the site.',
  })
  @OptionalField()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: MAX_ENTRIES,
    example: ['DE'],
    description: 'ISO 3166-1 alpha-2 codes of the countries where the list applies. Left out or empty: all.',
  })
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(MAX_ENTRIES)
  @IsCountry({ each: true })
  countries?: string[];

  @ApiPropertyOptional({
    type: [String],
    maxItems: MAX_ENTRIES,
    description:
      'Names of regions. They are kept and can be searched, but not matched: a list with regions applies only in its ' +
      '`countries`.',
  })
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(MAX_ENTRIES)
  @IsId({ each: true })
  regions?: string[];

  @ApiPropertyOptional({
    type: [String],
    maxItems: MAX_ENTRIES,
    example: ['gold'],
    description:
      'Ids of the customer groups that the list is for. Left out or empty: everybody. Not together with `legalEntityId`.',
  })
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(MAX_ENTRIES)
  @IsId({ each: true })
  customerGroups?: string[];

  @ApiPropertyOptional(
    id('Id of the legal entity that the list is for. It also applies to all legal entities below it.'),
  )
  @OptionalField()
  @IsId()
  legalEntityId?: string;

  @ApiPropertyOptional({ type: ValidityDto, description: 'When the list is valid. Left out: at any time.' })
  @OptionalField()
  @Nested(() => ValidityDto)
  validity?: ValidityDto;

  @ApiPropertyOptional({ ...mixins, description: 'Your own data, by name.' })
  @Raw()
  @OptionalField()
  @IsObject()
  mixins?: JsonObject;

  @ApiPropertyOptional({
    type: PriceListMetadataDto,
    description: 'Version that you read, and the schemas of the mixins.',
  })
  @OptionalField()
  @Nested(() => PriceListMetadataDto)
  metadata?: PriceListMetadataDto;
}

/** POST: a new price list. */
export class NewPriceListDto extends PutPriceListDto {
  @ApiPropertyOptional(id('Id of the price list. Generated if left out.', 'wholesale'))
  @OptionalField()
  @IsId()
  id?: string;
}

export class StoredVersionDto {
  @ApiProperty({ type: 'integer', example: 1, description: 'Grows by one with each change.' })
  version!: number;

  @ApiProperty({ format: 'date-time', description: 'Time at which it was created.' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Time of the last change.' })
  modifiedAt!: string;
}

class StoredPriceListMetadataDto extends StoredVersionDto {
  @ApiPropertyOptional({ ...mixins, description: 'URLs of the mixin schemas, by mixin.' })
  mixins?: JsonObject;
}

/** A price list in a response. */
export class PriceListDto extends OmitType(PutPriceListDto, ['name', 'metadata']) {
  @ApiProperty({ example: 'wholesale', description: 'Id of the price list.' })
  id!: string;

  @ApiProperty({ ...NAMES, example: { en: 'Wholesale' }, description: 'Name by language.' })
  name!: Localized;

  @ApiProperty({ type: StoredPriceListMetadataDto, description: 'Times, version and mixin schemas.' })
  metadata!: StoredPriceListMetadataDto;
}

export class CreatedInListsDto {
  @ApiProperty({ description: 'Id of the new price list or price.' })
  id!: string;
}

export class PriceListIdParam {
  @ApiProperty(id('Id of the price list.', 'wholesale'))
  @IsId()
  priceListId!: string;
}

export class ListPriceParam extends PriceListIdParam {
  @ApiProperty(id('Id of the price in the list.', 'umbrella'))
  @IsText(MAX_ID_LENGTH)
  priceId!: string;
}
