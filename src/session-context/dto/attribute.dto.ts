import { ApiProperty } from '@nestjs/swagger';
import { IsDefined, IsString } from 'class-validator';
import { Raw } from '../../http/raw.decorator.js';
import type { Json } from '../../shared/json.js';

/** Its name and value are data: any string of 1 to 256 characters, any JSON (behaviours E-46, D-14). */
export class AttributeDto {
  @ApiProperty({ example: 'latitude', minLength: 1, maxLength: 256 })
  @IsString()
  key!: string;

  @ApiProperty({
    oneOf: ['string', 'number', 'boolean', 'array', 'object'].map((type) => ({ type })),
    example: '48.13',
    description: 'any JSON value but null; up to 64 KiB, 32 levels deep',
  })
  @Raw()
  @IsDefined()
  value!: Json;
}
