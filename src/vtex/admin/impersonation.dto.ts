import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Impersonation } from '../impersonation/impersonation.types.js';

export class ImpersonationDto {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  sessionId!: string;

  @ApiProperty({ example: 'acme-backend' })
  adminClientId!: string;

  @ApiPropertyOptional({ example: 'staff@acme.test', description: 'of the client, if it has one' })
  adminEmail?: string;

  @ApiProperty()
  customerId!: string;

  @ApiProperty({ example: 'anna@acme.test' })
  customerEmail!: string;

  @ApiPropertyOptional({ example: 'orders by telephone', description: 'absent when none was given' })
  reason?: string;

  @ApiProperty({ format: 'date-time' })
  begunAt!: string;

  @ApiProperty({ format: 'date-time', description: 'at the latest' })
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
