import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDate, IsDefined, IsIn } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { KnownItemsOnly } from '../../http/input/known-items.decorator.js';
import type { Job } from './job.types.js';

const KINDS = ['anonymous', 'customer'] as const;

@KnownItemsOnly()
export class EndSessionsQueryDto {
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    example: '2025-11-21T09:30:00Z',
    description: 'Ends sessions that began earlier than this. A time in the future means now.',
  })
  @IsDefined({ message: 'must be sent, so that a mistyped query does not end all sessions' })
  @Type(() => Date)
  @IsDate({ message: 'must be a time as in 2026-11-21T09:30:00Z' })
  createdBefore!: Date;

  @ApiPropertyOptional({
    enum: KINDS,
    example: 'anonymous',
    description: 'Ends only sessions of guests, or only those of customers. Absent: both.',
  })
  @OptionalField()
  @IsIn(KINDS)
  kind?: (typeof KINDS)[number];
}

export class StartedJobDto {
  @ApiProperty({ example: '6564b0a2e2f1d20001c4b7a9', description: 'Id of the job, for `GET jobs/{job}`.' })
  job!: string;
}

export class JobDto {
  @ApiProperty({ enum: ['running', 'done'] satisfies Job['state'][], example: 'running' })
  state!: string;

  @ApiProperty({ example: 1200, minimum: 0, description: 'Number of sessions that were ended so far.' })
  done!: number;

  @ApiPropertyOptional({
    example: 4200,
    minimum: 0,
    description: 'Number of sessions that are ended in all. Only known once the job is done.',
  })
  total?: number;
}

export const toJobDto = ({ state, done }: Job): JobDto => ({
  state,
  done,
  ...(state === 'done' && { total: done }),
});
