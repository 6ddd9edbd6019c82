import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsDefined, IsInt, IsObject, IsString, MaxLength, Min } from 'class-validator';
import { ProblemDetailsDto } from '../../http/errors/refusals.js';
import { IsCountry, IsCurrency, IsLanguage, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import type { JsonObject } from '../../shared/json.js';

class ReadVersionDto {
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

export class ChangeContextDto {
  @ApiPropertyOptional({
    example: 'main',
    description:
      'Code of an active site. The cart moves there. Without a currency, the currency of the site is taken where it ' +
      'does not sell in the present one.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(64)
  siteCode?: string;

  @ApiPropertyOptional({
    example: 'EUR',
    description: 'ISO 4217 code of a currency that the site sells in. The cart changes to it.',
  })
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
    example: { loyaltyTier: 'gold' },
    description: 'Attributes to set, by name, with any JSON values. null removes one; others stay.',
  })
  @Raw()
  @OptionalField()
  @IsObject()
  context?: JsonObject;

  @ApiProperty({ type: ReadVersionDto })
  @IsDefined({ message: 'must have the version that you read: {"metadata": {"version": 1}}' })
  @Nested(() => ReadVersionDto)
  metadata!: ReadVersionDto;
}

export class ContextChangedDto extends ProblemDetailsDto {
  @ApiPropertyOptional({
    example: 4,
    description: 'The version that the context has now. Absent if the cart was in the way.',
  })
  currentVersion?: number;
}
