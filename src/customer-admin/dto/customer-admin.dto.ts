import { ApiProperty } from '@nestjs/swagger';
import type { ErasedCounts } from '../erasure.types.js';

const COUNT = { example: 1, minimum: 0 } as const;

export class EndedSessionsDto {
  @ApiProperty({ ...COUNT, description: 'sessions that ended, on all devices' })
  ended!: number;
}

class ErasedCountsDto implements ErasedCounts {
  @ApiProperty(COUNT)
  customers!: number;

  @ApiProperty(COUNT)
  addresses!: number;

  @ApiProperty({ ...COUNT, description: 'the guest sessions that became theirs included' })
  sessions!: number;

  @ApiProperty({ ...COUNT, description: 'open, closed, and merged ones' })
  carts!: number;

  @ApiProperty({ ...COUNT, description: 'sent, waiting and kept ones of the outbox' })
  mails!: number;

  @ApiProperty({ example: 0, minimum: 0, description: 'changes of sessions that were recorded' })
  history!: number;

  @ApiProperty({ ...COUNT, description: 'lines of the audit that no longer name the person' })
  auditAnonymised!: number;
}

export class ErasedPersonDto {
  @ApiProperty({ type: ErasedCountsDto })
  erased!: ErasedCounts;
}

const OBJECTS = { type: 'array', items: { type: 'object', additionalProperties: true } } as const;

export class ExportedPersonDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'the profile with its addresses, groups, and the e-mail that logs in',
  })
  customer!: object;

  @ApiProperty({ ...OBJECTS, description: 'with their contexts and where each value came from' })
  sessions!: object[];

  @ApiProperty(OBJECTS)
  carts!: object[];

  @ApiProperty({ ...OBJECTS, description: 'mails of the last two weeks, without their texts' })
  mails!: object[];

  @ApiProperty({ ...OBJECTS, description: 'when an employee acted as this person, and why' })
  impersonations!: object[];
}
