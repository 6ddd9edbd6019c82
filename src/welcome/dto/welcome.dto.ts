import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class WelcomeDto {
  @ApiProperty({ enum: ['ok'], description: 'Always `ok`.' })
  status!: 'ok';

  @ApiPropertyOptional({ example: 'onesession', description: 'Name of the product. Absent in production.' })
  name?: string;

  @ApiPropertyOptional({ example: '0.1.0', description: 'Version of the service. Absent in production.' })
  version?: string;

  @ApiPropertyOptional({
    enum: ['embedded', 'mongo'],
    description: 'The store in use. Absent in production.',
  })
  store?: 'embedded' | 'mongo';

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'URLs of what the service offers, by name. Absent in production.',
  })
  links?: Record<string, string>;
}
