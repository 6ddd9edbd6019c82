import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import { Raw } from '../../http/input/raw.decorator.js';

/** In characters. A hundred addresses with texts of this length still fit into one record. */
const LONGEST_TEXT = 256;

/** Declares an optional line of text, which null removes. */
export const ClearableText = (example: string, description?: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: String,
      nullable: true,
      maxLength: LONGEST_TEXT,
      example,
      ...(description && { description }),
    }),
    IsOptional(),
    IsString(),
    MaxLength(LONGEST_TEXT),
  );

/** Declares data of the tenant's own, which is kept as it was sent. */
export const OptionalMixins = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'object', additionalProperties: true, nullable: true, description }),
    IsOptional(),
    IsObject(),
    Raw(),
  );

/** Removes spaces around an e-mail address, which are never meant. */
export const Trimmed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
