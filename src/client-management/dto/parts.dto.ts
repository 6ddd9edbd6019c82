import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Matches, MaxLength, Min, MinLength, ValidateBy } from 'class-validator';
import { OptionalField, PLAIN_TEXT } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import { isJsonObject, type JsonObject } from '../../shared/json.js';
import type { ManagedRecord } from '../client-management.types.js';

const ID = /^[A-Za-z0-9_-]{1,66}$/;
export const MAX_TEXT = 250;

export const IsRecordId = (): PropertyDecorator =>
  Matches(ID, { message: '$property must be 1 to 66 letters, digits and any of _ -' });

export const IsPlainText = (max = MAX_TEXT): PropertyDecorator =>
  applyDecorators(
    IsString(),
    MinLength(1),
    MaxLength(max),
    Matches(PLAIN_TEXT, { message: '$property must not contain control characters' }),
  );

/** An optional text in the description and in the check. */
export const OptionalText = (description: string, example?: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ maxLength: MAX_TEXT, description, ...(example !== undefined && { example }) }),
    OptionalField(),
    IsPlainText(),
  );

const IsJsonObject = (): PropertyDecorator =>
  ValidateBy({
    name: 'isJsonObject',
    validator: { validate: isJsonObject, defaultMessage: (args) => `${args?.property} must be an object` },
  });

/** An optional object of the caller's own. */
export const OptionalJson = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'object', additionalProperties: true, description }),
    Raw(),
    OptionalField(),
    IsJsonObject(),
  );

export const OptionalNested = (type: () => Type<object>, description: string): PropertyDecorator =>
  applyDecorators(
    // Swagger takes only a function with the name of this property for a reference.
    ApiPropertyOptional({ type: () => type(), description }),
    OptionalField(),
    Nested(type),
  );

export class ReferenceDto {
  @ApiProperty({ example: 'acme-tools', pattern: ID.source, description: 'Its id.' })
  @IsRecordId()
  id!: string;
}

export class RecordMetadataInputDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    description: 'The version that you read. If it is not the current one, the answer is 409.',
  })
  @OptionalField()
  @IsInt()
  @Min(1)
  version?: number;

  @OptionalJson('URLs of the schemas of the mixins, by name.')
  mixins?: JsonObject;
}

/** Fields of every request body. */
export class RecordInputDto {
  @OptionalJson('Your own data, by name.')
  mixins?: JsonObject;

  @OptionalNested(() => RecordMetadataInputDto, 'The version that you read, and the schemas of the mixins.')
  metadata?: RecordMetadataInputDto;
}

class RecordMetadataDto {
  @ApiProperty({ type: 'integer', example: 1, description: 'Grows by one with each change.' })
  version!: number;

  @ApiProperty({ format: 'date-time', description: 'Time at which it was created.' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', description: 'Time of the last change.' })
  modifiedAt!: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'URLs of the schemas.' })
  mixins?: JsonObject;
}

/** Fields of every record in a response. */
export class RecordDto {
  @ApiProperty({ description: 'Its id.' })
  id!: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'Your own data.' })
  mixins?: JsonObject;

  @ApiProperty({ type: RecordMetadataDto, description: 'Times and version.' })
  metadata!: RecordMetadataDto;
}

export class CreatedRecordDto {
  @ApiProperty({ description: 'Id of the new record.' })
  id!: string;
}

/** A null counts as absent, as everywhere in a body. */
export const partsOf = ({ mixins, metadata }: RecordInputDto) => ({
  mixins: mixins ?? {},
  mixinSchemas: metadata?.mixins ?? {},
});

const unlessEmpty = (mixins: JsonObject) => (Object.keys(mixins).length > 0 ? { mixins } : {});

export const toRecordDto = (record: ManagedRecord): RecordDto => ({
  id: record.id,
  ...unlessEmpty(record.mixins),
  metadata: {
    version: record.version,
    createdAt: record.createdAt.toISOString(),
    modifiedAt: record.modifiedAt.toISOString(),
    ...unlessEmpty(record.mixinSchemas),
  },
});

/** Drops undefined fields, which DTOs have for every field that was not sent. */
export function defined<T extends object>(value: T): Partial<T> {
  const copy: Partial<T> = {};
  for (const key in value) if (value[key] !== undefined) copy[key] = value[key];
  return copy;
}
