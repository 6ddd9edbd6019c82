import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsDefined, IsInt, IsObject, IsString, MaxLength, Min } from 'class-validator';
import { IsCountry, IsCurrency, IsLanguage, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import { Flag } from '../../http/query/flag.decorator.js';
import type { JsonObject } from '../../shared/json.js';

export class VersionDto {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    example: 1,
    description: 'The version that you read. If the context has another version by now, the answer is 409.',
  })
  @IsInt()
  @Min(0)
  version!: number;
}

/** Body of PATCH /me/context: what a shopper may change. Other fields are dropped, as Emporix does (W-34). */
export class UpdateOwnContextDto {
  @ApiPropertyOptional({
    example: 'main',
    description:
      'Code of the site. If sent without a currency, and the site does not sell in the present one, the currency becomes the default of the site.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(64)
  siteCode?: string;

  @ApiPropertyOptional({ example: 'EUR', description: 'ISO 4217 code of a currency that the site sells in.' })
  @OptionalField()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({ example: 'DE', description: 'ISO 3166-1 alpha-2 code of the country.' })
  @OptionalField()
  @IsCountry()
  targetLocation?: string;

  @ApiPropertyOptional({ example: 'de', description: 'BCP 47 tag of the language.' })
  @OptionalField()
  @IsLanguage()
  language?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description:
      'Custom attributes with any names and any JSON values. PATCH merges them by top-level key, and null removes an ' +
      'attribute. PUT replaces them all and keeps null as a value.',
  })
  @Raw()
  @OptionalField()
  @IsObject()
  context?: JsonObject;

  @ApiProperty({ type: VersionDto })
  @IsDefined({ message: 'must have the version that you read: {"metadata": {"version": 1}}' })
  @Nested(() => VersionDto)
  metadata!: VersionDto;
}

/** Body of PUT /context/{sessionId}: what an employee or a backend may change in addition. */
export class UpdateContextDto extends UpdateOwnContextDto {
  @ApiPropertyOptional({ description: "Must be the customer of the session. It can't be changed here." })
  @OptionalField()
  @IsString()
  @MaxLength(200)
  customerId?: string;

  @ApiPropertyOptional({ description: 'Id of an open cart of the tenant.' })
  @OptionalField()
  @IsString()
  @MaxLength(200)
  cartId?: string;
}

export class UpsertDto {
  @Flag({ description: 'If true, creates the context when the session has none.', default: false })
  upsert = false;
}
