import { ApiProperty, type ApiPropertyOptions, ApiPropertyOptional } from '@nestjs/swagger';
import { OptionalField } from '../../http/fields.decorator.js';
import { Raw } from '../../http/raw.decorator.js';
import { MayBeLeftOut } from '../../http/validation.pipe.js';

/** Whatever else a body has is ignored (W-64). */
@MayBeLeftOut()
export class ChangeSessionDto {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['value'],
      properties: {
        value: {
          type: ['string', 'number', 'boolean', 'null'],
          description: 'kept as a text; null takes the value away',
        },
      },
    },
    example: { utm_campaign: { value: 'black friday' }, country: { value: 'USA' } },
  })
  @Raw()
  @OptionalField()
  public?: unknown;
}

class ShownValueDto {
  @ApiProperty({ example: 'EUR' })
  value!: string;

  @ApiPropertyOptional({ description: 'set by the service on what survives the emptying of a session' })
  keepAlive?: boolean;
}

type NamespacesDto = Readonly<Record<string, Readonly<Record<string, ShownValueDto>>>>;

const SESSION_ID = { example: '26d2cb6c-213e-4936-9e2a-1d1e299ec33b' };
const namespaces = (description?: string): ApiPropertyOptions => ({
  type: 'object',
  additionalProperties: {
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['value'],
      properties: { value: { type: 'string' } },
    },
  },
  example: { store: { channel: { value: 'main' } }, public: { utm_source: { value: 'google' } } },
  ...(description !== undefined && { description }),
});

export class SessionTokensDto {
  @ApiPropertyOptional({ ...SESSION_ID, description: 'if the query has `items`' })
  id?: string;

  @ApiProperty({ description: 'opens one session: keep it like a password' })
  sessionToken!: string;

  @ApiProperty({ description: 'the commercial conditions; the same for all shoppers who have the same' })
  segmentToken!: string;

  @ApiPropertyOptional(namespaces('if the query has `items`: what it names, after the change'))
  namespaces?: NamespacesDto;
}

export class SessionDto {
  @ApiProperty(SESSION_ID)
  id!: string;

  @ApiProperty(namespaces())
  namespaces!: NamespacesDto;

  @ApiProperty({ example: 1, description: 'grows with each saved change' })
  version!: number;

  @ApiProperty({ example: true })
  active!: boolean;

  @ApiProperty({ example: false })
  debug!: boolean;
}
