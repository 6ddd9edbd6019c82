import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsObject, IsOptional, IsString, MaxLength } from 'class-validator';
import { Raw } from '../../http/input/raw.decorator.js';

/** In characters. A hundred addresses of such texts still fit one record. */
const LONGEST_TEXT = 256;

/** A line of text that may be left out; null removes it. */
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

/** Data of the tenant's own, kept as it came. */
export const OptionalMixins = (description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'object', additionalProperties: true, nullable: true, description }),
    IsOptional(),
    IsObject(),
    Raw(),
  );

/** Spaces around an e-mail were not meant. */
export const Trimmed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
