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
    description: 'the version that you read; if the context has another one by now, the answer is 409',
  })
  @IsInt()
  @Min(0)
  version!: number;
}

/** PATCH /me/context: what a shopper may change. Other fields are dropped, as Emporix does (W-34). */
export class UpdateOwnContextDto {
  @ApiPropertyOptional({
    example: 'main',
    description: 'named alone, it brings its own currency if it does not sell in the present one',
  })
  @OptionalField()
  @IsString()
  @MaxLength(64)
  siteCode?: string;

  @ApiPropertyOptional({ example: 'EUR', description: 'ISO 4217; one that the site sells in' })
  @OptionalField()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({ example: 'DE', description: 'ISO 3166-1 alpha-2' })
  @OptionalField()
  @IsCountry()
  targetLocation?: string;

  @ApiPropertyOptional({ example: 'de', description: 'BCP 47' })
  @OptionalField()
  @IsLanguage()
  language?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description:
      'custom attributes: any names, any JSON values. PATCH merges them by their top-level keys, where null removes an ' +
      'attribute. PUT replaces them all and keeps null as a value',
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

/** PUT /context/{sessionId}: what an employee or a backend may change as well. */
export class UpdateContextDto extends UpdateOwnContextDto {
  @ApiPropertyOptional({ description: 'must be the customer of the session; it does not change it' })
  @OptionalField()
  @IsString()
  @MaxLength(200)
  customerId?: string;

  @ApiPropertyOptional({ description: 'an open cart of the tenant' })
  @OptionalField()
  @IsString()
  @MaxLength(200)
  cartId?: string;
}

export class UpsertDto {
  @Flag({ description: 'true: create the context if the session has none', default: false })
  upsert = false;
}
