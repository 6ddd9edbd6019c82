import { ApiProperty } from '@nestjs/swagger';
import type { ErasedCounts } from '../erasure.types.js';

const COUNT = { example: 1, minimum: 0 } as const;

export class EndedSessionsDto {
  @ApiProperty({ ...COUNT, description: 'Number of sessions that ended, on all devices.' })
  ended!: number;
}

class ErasedCountsDto implements ErasedCounts {
  @ApiProperty({ ...COUNT, description: 'Number of customers.' })
  customers!: number;

  @ApiProperty({ ...COUNT, description: 'Number of addresses.' })
  addresses!: number;

  @ApiProperty({
    ...COUNT,
    description: 'Number of sessions, including the guest sessions that became theirs.',
  })
  sessions!: number;

  @ApiProperty({ ...COUNT, description: 'Number of carts: open, closed and merged ones.' })
  carts!: number;

  @ApiProperty({ ...COUNT, description: 'Number of mails in the outbox: sent, waiting and kept ones.' })
  mails!: number;

  @ApiProperty({
    example: 0,
    minimum: 0,
    description: 'Number of recorded changes in the history of those sessions.',
  })
  history!: number;

  @ApiProperty({ ...COUNT, description: 'Number of audit entries that no longer name the person.' })
  auditAnonymised!: number;

  @ApiProperty({ ...COUNT, example: 0, description: 'Number of assignments to legal entities.' })
  contactAssignments!: number;
}

export class ErasedPersonDto {
  @ApiProperty({ type: ErasedCountsDto, description: 'What was erased.' })
  erased!: ErasedCounts;
}

const OBJECTS = { type: 'array', items: { type: 'object', additionalProperties: true } } as const;

export class ExportedPersonDto {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'The profile with addresses, groups, the e-mail address for logins, and whether the account is blocked (`active`, `onHold`).',
  })
  customer!: object;

  @ApiProperty({
    ...OBJECTS,
    description: 'Sessions with their contexts, the source of each value, and the history of changes.',
  })
  sessions!: object[];

  @ApiProperty({ ...OBJECTS, description: 'Carts, open and closed.' })
  carts!: object[];

  @ApiProperty({ ...OBJECTS, description: 'Mails of the last two weeks, without their texts.' })
  mails!: object[];

  @ApiProperty({ ...OBJECTS, description: 'Assignments to legal entities.' })
  contactAssignments!: object[];

  @ApiProperty({ ...OBJECTS, description: 'When employees acted as this person, and why.' })
  impersonations!: object[];

  @ApiProperty({
    ...OBJECTS,
    description:
      'What was done by this person, or to them and their sessions: the newest 1,000 lines of the audit log for each ' +
      'session and for the person, and 10,000 in all. Employees are left out.',
  })
  auditLines!: object[];
}
