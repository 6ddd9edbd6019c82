import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { jsonOfRows } from '../../http/json-of-rows.js';
import type { SessionWithContext } from '../../session/index.js';
import type { JsonObject } from '../../shared/json.js';

export class ContextMetadataDto {
  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty({ example: '2026-11-21T09:30:00.000Z' })
  createdAt!: string;

  @ApiProperty({ example: '2026-11-21T09:30:00.000Z' })
  modifiedAt!: string;
}

/** The session context as it is sent (behaviour W-24). */
export class SessionContextDto {
  @ApiProperty({ example: '62528895-b561-4518-bfdc-2cbf52a07845' })
  sessionId!: string;

  @ApiPropertyOptional({
    description: 'The customer of the session. Only present in the session of a logged-in customer.',
  })
  customerId?: string;

  @ApiPropertyOptional({
    description: 'The legal entity that the customer acts for. Chosen at a refresh of the customer’s tokens.',
  })
  legalEntityId?: string;

  @ApiProperty({ example: 'main' })
  siteCode!: string;

  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiPropertyOptional({
    example: '61079711ce0eb90861357045',
    description:
      'The active cart. After a change of site, the cart of the new site once it is made or found.',
  })
  cartId?: string;

  @ApiProperty({ example: 'DE' })
  targetLocation!: string;

  @ApiProperty({ example: 'de' })
  language!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'The custom attributes.' })
  context!: JsonObject;

  @ApiProperty({ type: ContextMetadataDto })
  metadata!: ContextMetadataDto;
}

export class SessionNotFoundDto {
  @ApiProperty({ example: '62528895-b561-4518-bfdc-2cbf52a07845' })
  sessionId!: string;

  @ApiProperty({ enum: [404] })
  code!: number;

  @ApiProperty({ example: 'Session not found' })
  message!: string;
}

export function toSessionContextDto({
  sessionId,
  legalEntityId,
  context,
}: SessionWithContext): SessionContextDto {
  const attributes = [...context.attributes].map(([name, { value }]) => [name, value] as const);
  return {
    sessionId,
    ...(context.customerId && { customerId: context.customerId.value }),
    ...(legalEntityId !== undefined && { legalEntityId }),
    siteCode: context.siteCode.value,
    currency: context.currency.value,
    ...(context.cartId && { cartId: context.cartId.value }),
    targetLocation: context.targetLocation.value,
    language: context.language.value,
    // `fromEntries` defines own properties, so that `__proto__` becomes one too.
    context: Object.fromEntries(attributes),
    metadata: {
      version: context.version,
      createdAt: context.createdAt.toISOString(),
      modifiedAt: context.modifiedAt.toISOString(),
    },
  };
}

/** The same as text. */
export const sessionContextJson = jsonOfRows(toSessionContextDto);
