import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { IsGiven } from '../../http/input/fields.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import type { Json } from '../../shared/json.js';

/**
 * An attribute. Both name and value are plain data: any string of 1 to 256 characters, and any JSON (behaviours E-46,
 * D-14).
 */
export class AttributeDto {
  @ApiProperty({ example: 'latitude', minLength: 1, maxLength: 256 })
  @IsString()
  key!: string;

  @ApiProperty({
    anyOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: {} },
      { type: 'object', additionalProperties: true },
      { type: 'null' },
    ],
    example: '48.13',
    description: 'Any JSON value, up to 64 KiB of JSON and 32 levels deep.',
  })
  @Raw()
  @IsGiven()
  value!: Json;
}
