import { ApiProperty } from '@nestjs/swagger';
import { lastUsedAt, type Session } from '../../session/index.js';

/** Of clients that send no user agent, such as some apps. */
const UNKNOWN_DEVICE = 'Unknown device';

export class OwnSessionDto {
  @ApiProperty({ format: 'uuid' })
  sessionId!: string;

  @ApiProperty({ description: 'Whether this is the session of this request.' })
  current!: boolean;

  @ApiProperty({ format: 'date-time', description: 'When the session began, often before the login.' })
  createdAt!: string;

  @ApiProperty({
    format: 'date-time',
    description:
      'Time of the last login, refresh of tokens or change of the session context. Reads do not count.',
  })
  lastUsedAt!: string;

  @ApiProperty({ example: 'acme-storefront', description: 'The OAuth client of the storefront.' })
  clientId!: string;

  @ApiProperty({
    example: 'Safari on iOS',
    description: 'Browser and system at the login. `Unknown device` if the client did not name them.',
  })
  device!: string;
}

export class EndedOwnSessionsDto {
  @ApiProperty({ example: 2, description: 'Number of sessions that were ended.' })
  ended!: number;
}

export const toOwnSessionDto = (session: Session, currentId: string): OwnSessionDto => ({
  sessionId: session.sessionId,
  current: session.sessionId === currentId,
  createdAt: session.createdAt.toISOString(),
  lastUsedAt: lastUsedAt(session).toISOString(),
  clientId: session.clientId,
  device: session.device ?? UNKNOWN_DEVICE,
});
