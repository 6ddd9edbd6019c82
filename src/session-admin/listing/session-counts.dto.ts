import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { SegmentDto } from '../../vtex/index.js';
import type { SegmentSize, SessionCounts } from './session-counts.service.js';

class SessionCountDto {
  @ApiPropertyOptional({ enum: ['anonymous', 'customer'], description: 'Present if counted by kind.' })
  kind?: string;

  @ApiPropertyOptional({ example: 'main', description: 'Absent for sessions without a context.' })
  siteCode?: string;

  @ApiPropertyOptional({ example: 'EUR', description: 'Absent for sessions without a context.' })
  currency?: string;

  @ApiPropertyOptional({
    description: 'Segment token. Absent for customers’ sessions without a context, whose profile decides.',
  })
  segment?: string;

  @ApiProperty({ example: 1200, description: 'Number of sessions.' })
  sessions!: number;
}

export class SessionCountsDto {
  @ApiProperty({ example: 1800, description: 'Number of all sessions of the tenant.' })
  total!: number;

  @ApiProperty({ type: [SessionCountDto], description: 'The counts, the largest first.' })
  counts!: SessionCountDto[];

  @ApiProperty({
    format: 'date-time',
    description:
      'When the sessions were counted: a few seconds ago at most. Sessions that ended within a minute before ' +
      'may be included.',
  })
  asOf!: string;
}

export const toSessionCountsDto = ({ total, counts, asOf }: SessionCounts): SessionCountsDto => ({
  total,
  counts: [...counts],
  asOf: asOf.toISOString(),
});

class SegmentSizeDto {
  @ApiProperty({ description: 'Token of the segment.' })
  segmentToken!: string;

  @ApiProperty({ type: SegmentDto, description: 'What the token says.' })
  conditions!: SegmentDto;

  @ApiProperty({ example: 320, description: 'Number of sessions in the segment.' })
  sessions!: number;
}

export class SegmentSizesDto {
  @ApiProperty({ type: [SegmentSizeDto], description: 'The segments, the largest first.' })
  items!: SegmentSizeDto[];

  @ApiProperty({ example: 12, description: 'Number of segments that have sessions.' })
  total!: number;
}

export const toSegmentSizesDto = (sizes: {
  readonly items: readonly SegmentSize[];
  readonly total: number;
}): SegmentSizesDto => ({ items: [...sizes.items], total: sizes.total });
