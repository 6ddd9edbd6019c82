import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsDefined, IsInt, IsObject, IsString, MaxLength, Min } from 'class-validator';
import { ProblemDetailsDto } from '../../http/errors/refusals.js';
import { IsCountry, IsCurrency, IsLanguage, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import type { SessionWithContext } from '../../session/index.js';
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

export class ChangedSessionDto {
  @ApiProperty({ example: '62528895-b561-4518-bfdc-2cbf52a07845', description: 'Id of the session.' })
  sessionId!: string;

  @ApiProperty({ enum: ['anonymous', 'customer'], example: 'customer' })
  kind!: string;

  @ApiPropertyOptional({ example: '6564b0a2e2f1d20001c4b7a9', description: 'Absent for a guest.' })
  customerId?: string;

  @ApiProperty({ example: 'acme-storefront', description: 'OAuth client that the session began with.' })
  clientId!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-21T09:30:00.000Z' })
  createdAt!: string;

  @ApiProperty({ example: 'main', description: 'Code of the site.' })
  siteCode!: string;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217 code of the currency.' })
  currency!: string;

  @ApiProperty({ example: 'DE', description: 'ISO 3166-1 alpha-2 code of the country.' })
  targetLocation!: string;

  @ApiProperty({ example: 'de', description: 'BCP 47 tag of the language.' })
  language!: string;

  @ApiPropertyOptional({ example: '61079711ce0eb90861357045', description: 'Absent if there is no cart.' })
  cartId?: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { loyaltyTier: 'gold' },
    description: 'The attributes.',
  })
  context!: JsonObject;

  @ApiProperty({ example: 2, description: 'Version of the context, to send with the next change.' })
  version!: number;
}

export function toChangedSessionDto(session: SessionWithContext): ChangedSessionDto {
  const { sessionId, kind, customerId, clientId, createdAt, context } = session;
  const attributes = [...context.attributes].map(([name, { value }]) => [name, value] as const);
  return {
    sessionId,
    kind,
    ...(customerId !== undefined && { customerId }),
    clientId,
    createdAt: createdAt.toISOString(),
    siteCode: context.siteCode.value,
    currency: context.currency.value,
    targetLocation: context.targetLocation.value,
    language: context.language.value,
    ...(context.cartId && { cartId: context.cartId.value }),
    context: Object.fromEntries(attributes),
    version: context.version,
  };
}
