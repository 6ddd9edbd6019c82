import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class WelcomeDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';

  @ApiPropertyOptional({ example: 'onesession' })
  name?: string;

  @ApiPropertyOptional({ example: '0.1.0', description: 'not told in production, like all that follows' })
  version?: string;

  @ApiPropertyOptional({ enum: ['embedded', 'mongo'] })
  store?: 'embedded' | 'mongo';

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'addresses, by what is there',
  })
  links?: Record<string, string>;
}
