import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type MailKind, type MailState, NOTICES, type OutboxMail, TOKEN_MAILS } from '../mail.types.js';

class LetterDto {
  @ApiProperty({ example: 'anna@acme.test', description: 'E-mail address of the recipient.' })
  to!: string;

  @ApiPropertyOptional({
    example: 'shop@acme.test',
    description: 'E-mail address of the sender. Absent: the configured one.',
  })
  from?: string;

  @ApiProperty({ example: 'Set a new password', description: 'Subject of the mail.' })
  subject!: string;

  @ApiProperty({ description: 'Plain text of the mail. May contain a live token.' })
  text!: string;
}

export class OutboxMailDto {
  @ApiProperty({ example: '65a51f3e9b1c4d0012ab34cd', description: 'Id of the mail.' })
  id!: string;

  @ApiProperty({ enum: [...TOKEN_MAILS, ...NOTICES], description: 'What the mail is about.' })
  kind!: MailKind;

  @ApiProperty({
    enum: ['waiting', 'sent', 'kept', 'dropped', 'given-up'],
    description:
      'State of the mail. `kept`: not sent, because `SMTP_URL` is not set. `dropped`: there was nobody to ' +
      'write to, or no longer a reason to. `given-up`: the server refused it for good, or too many ' +
      'attempts failed.',
  })
  state!: MailState;

  @ApiProperty({ type: 'integer', example: 1, description: 'Number of attempts to send the mail.' })
  attempts!: number;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Time of the next attempt. Absent when the mail is no longer waiting.',
  })
  nextAttemptAt?: string;

  @ApiPropertyOptional({
    example: 'ECONNREFUSED',
    description: 'Error code of the last attempt, if it failed.',
  })
  lastError?: string;

  @ApiPropertyOptional({
    example: 'anna@acme.test',
    description: 'E-mail address that the mail was written to.',
  })
  to?: string;

  @ApiPropertyOptional({
    type: LetterDto,
    description: 'The mail itself. Only in development, where nothing is sent.',
  })
  letter?: LetterDto;

  @ApiProperty({ type: String, format: 'date-time', description: 'Time at which the mail was requested.' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'Time of the last change.' })
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
