import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import { signingSecrets } from '../webhook.rules.js';
import type { Webhook } from '../webhook.types.js';

const THIRTY_DAYS = 30 * 24 * 3600;
const URL_TEXT = {
  example: 'https://hooks.acme.test/onesession',
  maxLength: 2048,
  description:
    'Where events are posted to: http or https, without user, password or `#` part. Private addresses are refused unless ' +
    '`SESSION_APPS_PRIVATE_ADDRESSES` allows them.',
};
const TYPES_TEXT = {
  type: 'array',
  items: { type: 'string', maxLength: 100 },
  minItems: 1,
  maxItems: 50,
  example: ['onesession.context.*'],
  description:
    'Which events to send: names of types, `onesession.context.*` for all types that begin so, or `*` for all types.',
} as const;
const DESCRIPTION_TEXT = {
  example: 'Order export',
  maxLength: 200,
  description: 'A text for people to read.',
};

class WebhookVersionDto {
  @ApiProperty({
    type: 'integer',
    example: 1,
    description: 'The version that you read. Any other version is 409.',
  })
  @IsInt()
  version!: number;
}

export class NewWebhookDto {
  @ApiProperty(URL_TEXT)
  @IsString()
  @MaxLength(2048)
  url!: string;

  @ApiProperty(TYPES_TEXT)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  types!: string[];

  @ApiPropertyOptional(DESCRIPTION_TEXT)
  @OptionalField()
  @IsString()
  @MaxLength(200)
  description?: string;

  @ApiPropertyOptional({ default: true, description: 'Whether events are sent.' })
  @OptionalField()
  @IsBoolean()
  enabled?: boolean;
}

export class ChangeWebhookDto {
  @ApiPropertyOptional(URL_TEXT)
  @OptionalField()
  @IsString()
  @MaxLength(2048)
  url?: string;

  @ApiPropertyOptional(TYPES_TEXT)
  @OptionalField()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  types?: string[];

  @ApiPropertyOptional(DESCRIPTION_TEXT)
  @OptionalField()
  @IsString()
  @MaxLength(200)
  description?: string;

  @ApiPropertyOptional({
    description: 'Whether events are sent. A webhook that is switched on gets the events from then on.',
  })
  @OptionalField()
  @IsBoolean()
  enabled?: boolean;

  @ApiPropertyOptional({ type: WebhookVersionDto })
  @OptionalField()
  @Nested(() => WebhookVersionDto)
  metadata?: WebhookVersionDto;
}

export class RenewWebhookSecretDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: THIRTY_DAYS,
    default: 0,
    example: 3600,
    description:
      'How many seconds requests are signed with the earlier secret, too, up to 30 days. With 0, for a secret that leaked, it stops now.',
  })
  @OptionalField()
  @IsInt()
  @Min(0)
  @Max(THIRTY_DAYS)
  overlapSeconds?: number;

  @ApiPropertyOptional({ type: WebhookVersionDto })
  @OptionalField()
  @Nested(() => WebhookVersionDto)
  metadata?: WebhookVersionDto;
}

class WebhookMetadataDto {
  @ApiProperty({ type: 'integer', example: 1 })
  version!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  modifiedAt!: string;
}

/** The only thing shown of a secret is when it ends. */
export class WebhookDto {
  @ApiProperty({ example: '65a51f3e9b1c4d0012ab34cd' })
  id!: string;

  @ApiProperty({ example: 'https://hooks.acme.test/onesession' })
  url!: string;

  @ApiProperty({ type: [String], example: ['onesession.context.*'] })
  types!: readonly string[];

  @ApiPropertyOptional({ example: 'Order export' })
  description?: string;

  @ApiProperty({ description: 'Whether events are sent.' })
  enabled!: boolean;

  @ApiPropertyOptional({
    enum: ['gone'],
    description: 'The target answered 410, so the service switched the webhook off.',
  })
  switchedOff?: 'gone';

  @ApiProperty({
    type: [String],
    example: ['2026-01-15T13:00:00.000Z'],
    description: 'When each earlier secret that still signs ends.',
  })
  earlierSecretsEndAt!: readonly string[];

  @ApiProperty({ type: WebhookMetadataDto })
  metadata!: WebhookMetadataDto;
}

export class WebhookWithSecretDto extends WebhookDto {
  @ApiProperty({
    example: 'whsec_8fC1JMJ9V0mXrD8zq4o7q0T2lH3yq3k7m0m1c2n3b4v=',
    description: 'The secret to verify signatures with, shown only this once.',
  })
  secret!: string;
}

export function toWebhookDto(webhook: Webhook, now: Date): WebhookDto {
  const { id, url, types, description, enabled, gone, version, createdAt, modifiedAt } = webhook;
  const ends = signingSecrets(webhook, now).map(({ endsAt }) => endsAt?.toISOString());
  return {
    id,
    url,
    types,
    ...(description !== undefined && { description }),
    enabled,
    ...(gone && { switchedOff: 'gone' as const }),
    earlierSecretsEndAt: ends.filter((end) => end !== undefined),
    metadata: { version, createdAt: createdAt.toISOString(), modifiedAt: modifiedAt.toISOString() },
  };
}
