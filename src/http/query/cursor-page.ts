import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { InvalidInput } from '../../shared/domain-error.js';
import { OptionalField } from '../input/fields.decorator.js';
import { MAX_PAGE_SIZE } from './paging.js';

export const DEFAULT_PAGE_SIZE = 50;

/** The query of an admin list. Extend it by filters, and mark the class `@KnownItemsOnly()`. */
export class CursorPageDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_PAGE_SIZE,
    default: DEFAULT_PAGE_SIZE,
    description: 'How many items to return.',
  })
  @OptionalField()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_SIZE)
  limit?: number;

  @ApiPropertyOptional({
    description: 'Where to continue: `next` of the previous page, unchanged. Keep the filters as they were.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(1024)
  cursor?: string;
}

/** Makes an opaque cursor from the sort key of a page's last item. */
export const cursorOf = (parts: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

/**
 * Reads a cursor that `cursorOf` made.
 * @param kinds what each part must be
 * @throws InvalidInput
 */
export function partsOf(
  cursor: string,
  kinds: readonly ('string' | 'number')[],
): readonly (string | number)[] {
  const parts = parsed(cursor);
  const fits =
    Array.isArray(parts) &&
    parts.length === kinds.length &&
    parts.every((part, i) => typeof part === kinds[i] && (typeof part !== 'number' || Number.isFinite(part)));
  if (!fits)
    throw InvalidInput.of('cursor', 'is not one of ours: use `next` of the previous page, unchanged');
  return parts;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
