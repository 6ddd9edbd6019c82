import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Impersonation } from '../impersonation/impersonation.types.js';

export class ImpersonationDto {
  @ApiProperty({ description: 'Id of the impersonation.' })
  id!: string;

  @ApiProperty({ description: 'Session in which the employee acted.' })
  sessionId!: string;

  @ApiProperty({ example: 'acme-backend', description: 'OAuth client of the employee’s tool.' })
  adminClientId!: string;

  @ApiPropertyOptional({
    example: 'staff@acme.test',
    description: 'E-mail address of that client. Absent if it has none.',
  })
  adminEmail?: string;

  @ApiProperty({ description: 'Id of the customer.' })
  customerId!: string;

  @ApiProperty({ example: 'anna@acme.test', description: 'E-mail address of the customer.' })
  customerEmail!: string;

  @ApiPropertyOptional({
    example: 'orders by telephone',
    description: 'Reason that the employee gave. Absent if there is none.',
  })
  reason?: string;

  @ApiProperty({ format: 'date-time', description: 'Time at which the impersonation began.' })
  begunAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Time at which the impersonation ends at the latest.' })
  endsAt!: string;
}

export const toImpersonationDto = ({
  tenant: _own,
  begunAt,
  endsAt,
  ...one
}: Impersonation): ImpersonationDto => ({
  ...one,
  begunAt: begunAt.toISOString(),
  endsAt: endsAt.toISOString(),
});
