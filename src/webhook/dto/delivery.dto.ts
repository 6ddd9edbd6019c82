import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { EVENT_TYPES } from '../../events/index.js';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { PageQueryDto } from '../../http/query/paging.js';
import type { Attempt, Delivery, DeliveryError, DeliveryState } from '../webhook.types.js';

const STATES = ['pending', 'failed', 'delivered'] as const satisfies readonly DeliveryState[];
const ERRORS = [
  'timeout',
  'unreachable',
  'private-address',
  'status',
] as const satisfies readonly DeliveryError[];

export class DeliveriesQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ enum: STATES, description: 'Only deliveries in this state.' })
  @OptionalField()
  @IsIn(STATES)
  state?: DeliveryState;
}

export class DeliveryDto {
  @ApiProperty({ example: '65a51f3e9b1c4d0012ab34cd-9f86d081884c7d659a2feaa0' })
  id!: string;

  @ApiProperty({ description: 'Id of the event, which is sent as `webhook-id`.' })
  eventId!: string;

  @ApiProperty({ enum: EVENT_TYPES })
  type!: string;

  @ApiProperty({ description: 'Id of the session, cart or customer that the event is about.' })
  subject!: string;

  @ApiProperty({
    enum: STATES,
    description:
      '`pending`: not attempted yet. `failed`: the last attempt failed; if `nextAttemptAt` is absent, it was given up.',
  })
  state!: DeliveryState;

  @ApiProperty({ type: 'integer', example: 1, description: 'Number of attempts.' })
  attempts!: number;

  @ApiPropertyOptional({ type: 'integer', example: 503, description: 'Status of the last answer.' })
  lastStatus?: number;

  @ApiPropertyOptional({ enum: ERRORS, description: 'Why the last attempt failed.' })
  lastError?: DeliveryError;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  lastAttemptAt?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'The next attempt is made no earlier. Absent if there will be none.',
  })
  nextAttemptAt?: string;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;
}

export class WebhookTestDto {
  @ApiProperty({ description: 'Whether the target answered with 2xx within 5 seconds.' })
  delivered!: boolean;

  @ApiPropertyOptional({ type: 'integer', example: 204, description: 'Status of the answer.' })
  status?: number;

  @ApiPropertyOptional({ enum: ERRORS, description: 'Why it was not delivered.' })
  error?: DeliveryError;
}

export function toDeliveryDto(delivery: Delivery): DeliveryDto {
  const { id, eventId, type, subject, state, attempts, createdAt } = delivery;
  const { lastStatus, lastError, lastAttemptAt, dueAt } = delivery;
  return {
    id,
    eventId,
    type,
    subject,
    state,
    attempts,
    ...(lastStatus !== undefined && { lastStatus }),
    ...(lastError !== undefined && { lastError }),
    ...(lastAttemptAt && { lastAttemptAt: lastAttemptAt.toISOString() }),
    ...(dueAt && { nextAttemptAt: dueAt.toISOString() }),
    createdAt: createdAt.toISOString(),
  };
}

export const toTestDto = (attempt: Attempt): WebhookTestDto => ({
  delivered: attempt.ok,
  ...(attempt.status !== undefined && { status: attempt.status }),
  ...(!attempt.ok && { error: attempt.error }),
});
