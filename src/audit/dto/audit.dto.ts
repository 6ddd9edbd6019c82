import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsRFC3339, IsString, MaxLength } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { KnownItemsOnly } from '../../http/input/known-items.decorator.js';
import { CursorPageDto } from '../../http/query/cursor-page.js';
import { AUDIT_RESULTS, type AuditLine, type AuditResult } from '../audit.types.js';

const LONGEST = 200;
const TIME = { example: '2026-11-28T09:00:00Z', format: 'date-time' } as const;

@KnownItemsOnly()
export class AuditQueryDto extends CursorPageDto {
  @ApiPropertyOptional({ example: 'acme-support', maxLength: LONGEST, description: '`actor.id`, exactly.' })
  @OptionalField()
  @IsString()
  @MaxLength(LONGEST)
  actor?: string;

  @ApiPropertyOptional({ example: 'session.read', maxLength: LONGEST, description: '`action`, exactly.' })
  @OptionalField()
  @IsString()
  @MaxLength(LONGEST)
  action?: string;

  @ApiPropertyOptional({
    maxLength: LONGEST,
    description: '`target.id`, exactly: what happened to one session, customer or client.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(LONGEST)
  target?: string;

  @ApiPropertyOptional({ enum: AUDIT_RESULTS, description: 'How it ended.' })
  @OptionalField()
  @IsIn(AUDIT_RESULTS)
  result?: AuditResult;

  @ApiPropertyOptional({ ...TIME, description: 'At this moment or later (RFC 3339).' })
  @OptionalField()
  @IsRFC3339()
  from?: string;

  @ApiPropertyOptional({ ...TIME, description: 'Before this moment (RFC 3339).' })
  @OptionalField()
  @IsRFC3339()
  to?: string;
}

class AuditActorDto {
  @ApiProperty({
    enum: ['service', 'agent', 'operator', 'customer', 'anonymous', 'foreign', 'unknown', 'system'],
    description:
      '`agent` acted by MCP or UCP with the token of a client, `foreign` had a token of another tenant, `unknown` no valid ' +
      'token; `system` is the service itself.',
  })
  kind!: string;

  @ApiProperty({
    example: 'acme-support',
    description:
      'Client id of a service or of an anonymous shopper’s storefront, id of a customer, or name of the other tenant.',
  })
  id!: string;
}

class AuditTargetDto {
  @ApiProperty({ example: 'session', description: 'What was read or changed.' })
  kind!: string;

  @ApiProperty({
    example: '7b1f2c1e-2a54-4c1b-9d5e-0c6f6f0b6a11',
    description:
      '`*` for all of its kind; `erased` for a person who was erased; `unknown` for a customer, session or cart that is ' +
      'not there; `unreadable` for what is no id.',
  })
  id!: string;
}

export class AuditLineDto {
  @ApiProperty({ example: '019b76f2-8c00-7000-8a3b-5c1de2f40912' })
  id!: string;

  @ApiProperty({ ...TIME, type: String })
  at!: string;

  @ApiProperty({ type: AuditActorDto, description: 'Who did it.' })
  actor!: AuditActorDto;

  @ApiProperty({ example: 'session.read', description: 'What was done.' })
  action!: string;

  @ApiProperty({ type: AuditTargetDto, description: 'What it was done to.' })
  target!: AuditTargetDto;

  @ApiPropertyOptional({
    example: '203.0.113.0/24',
    description: 'Network of the caller: the first 24 bits of an IPv4 address, 48 of an IPv6 address.',
  })
  network?: string;

  @ApiPropertyOptional({
    example: 'Customer called: cart is in the wrong currency',
    description: 'The header `X-Reason`, or the reason of an impersonation.',
  })
  reason?: string;

  @ApiProperty({
    enum: AUDIT_RESULTS,
    description:
      '`repeated` got the first answer for its `Idempotency-Key` again; `failed` may have happened or not, because ' +
      'the response was an error of the service.',
  })
  result!: AuditResult;

  @ApiProperty({
    example: '0f6d3c0e-6d0c-4f0a-8f55-0e2b9b1a7c1d',
    description: 'Header `x-request-id` of the response.',
  })
  requestId!: string;
}

export class AuditPageDto {
  @ApiProperty({ type: [AuditLineDto] })
  items!: AuditLineDto[];

  @ApiPropertyOptional({ description: 'Where to continue. Absent on the last page.' })
  next?: string;
}

export const toAuditLineDto = ({
  tenant: _tenant,
  erasedAt: _end,
  at,
  ...line
}: AuditLine): AuditLineDto => ({
  ...line,
  at: at.toISOString(),
});
