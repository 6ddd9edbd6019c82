import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Min } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import { JsonData } from './fields.decorator.js';

export class MixinSchemasDto {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'URLs of the mixin schemas, by mixin.',
  })
  @JsonData()
  mixins?: JsonObject;
}

/** Clients send back the whole object that they read (C-02). */
export class UpdateMetadataDto extends MixinSchemasDto {
  @ApiPropertyOptional({
    example: 1,
    description: 'Version that you read. If it is not the current one, the answer is 409.',
  })
  @OptionalField()
  @IsInt()
  @Min(0)
  version?: number;
}

export class CartMetadataDto {
  @ApiProperty({ format: 'date-time', description: 'Time at which the cart was created.' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Time of the last change.' })
  modifiedAt!: string;

  @ApiProperty({ example: 1, minimum: 1, description: 'Version of the cart; grows by one with each change.' })
  version!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'URLs of the mixin schemas, by mixin.',
  })
  mixins!: JsonObject;
}
