import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type MailKind, type MailState, NOTICES, type OutboxMail, TOKEN_MAILS } from '../mail.types.js';

class LetterDto {
  @ApiProperty({ example: 'anna@acme.test' })
  to!: string;

  @ApiPropertyOptional({ example: 'shop@acme.test' })
  from?: string;

  @ApiProperty({ example: 'Set a new password' })
  subject!: string;

  @ApiProperty()
  text!: string;
}

export class OutboxMailDto {
  @ApiProperty({ example: '65a51f3e9b1c4d0012ab34cd' })
  id!: string;

  @ApiProperty({ enum: [...TOKEN_MAILS, ...NOTICES] })
  kind!: MailKind;

  @ApiProperty({
    enum: ['waiting', 'sent', 'kept', 'dropped', 'given-up'],
    description:
      'kept: nothing was sent, for there is no SMTP_URL; dropped: there was nobody to write to, or nothing to write about any more',
  })
  state!: MailState;

  @ApiProperty({ type: 'integer', example: 1 })
  attempts!: number;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  nextAttemptAt?: string;

  @ApiPropertyOptional({ example: 'ECONNREFUSED', description: 'of the last attempt, if it failed' })
  lastError?: string;

  @ApiPropertyOptional({ example: 'anna@acme.test', description: 'whom it was written to' })
  to?: string;

  @ApiPropertyOptional({ type: LetterDto, description: 'only in development, where nothing is sent' })
  letter?: LetterDto;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  modifiedAt!: string;
}

export function toOutboxMailDto(mail: OutboxMail): OutboxMailDto {
  const { id, kind, state, attempts, dueAt, lastError, to, letter, createdAt, modifiedAt } = mail;
  return {
    id,
    kind,
    state,
    attempts,
    ...(dueAt && { nextAttemptAt: dueAt.toISOString() }),
    ...(lastError !== undefined && { lastError }),
    ...(to !== undefined && { to }),
    ...(letter && { letter }),
    createdAt: createdAt.toISOString(),
    modifiedAt: modifiedAt.toISOString(),
  };
}
