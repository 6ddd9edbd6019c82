import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Min } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import { JsonData } from './fields.decorator.js';

export class MixinSchemasDto {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'URLs of the schemas of mixins',
  })
  @JsonData()
  mixins?: JsonObject;
}

/** Clients send the whole object back that they read (C-02). */
export class UpdateMetadataDto extends MixinSchemasDto {
  @ApiPropertyOptional({ example: 1, description: 'the version that you read: another one answers 409' })
  @OptionalField()
  @IsInt()
  @Min(0)
  version?: number;
}

export class CartMetadataDto {
  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;

  @ApiProperty({ example: 1, minimum: 1 })
  version!: number;

  @ApiProperty({ type: 'object', additionalProperties: true })
  mixins!: JsonObject;
}
