import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy, ValidateIf } from 'class-validator';
import { flagOf, NO_FLAG } from './flag.rules.js';

interface FlagDescription {
  readonly description: string;
  /** What leaving it out means. Absent if that means neither. */
  readonly default?: boolean;
}

/**
 * Declares an optional boolean of a query. `?upsert` and `?upsert=1` are refused, because clients disagree on what they
 * mean (F-22).
 */
export const Flag = (described: FlagDescription): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: 'boolean', ...described }),
    Transform(({ value }) => (typeof value === 'string' ? (flagOf(value) ?? value) : value)),
    ValidateIf((_, value) => value !== undefined),
    ValidateBy({
      name: 'flag',
      validator: { validate: (value: unknown) => typeof value === 'boolean', defaultMessage: () => NO_FLAG },
    }),
  );
