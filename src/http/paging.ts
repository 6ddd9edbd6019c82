import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { InvalidInput } from '../shared/domain-error.js';
import { OptionalField } from './fields.decorator.js';

export const MAX_PAGE_SIZE = 200;

/** The query of a list (behaviour W-60). Each list has its own default of `pageSize`. */
export class PageQueryDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, default: 1, description: 'the first page is 1' })
  @OptionalField()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  pageNumber?: number;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MAX_PAGE_SIZE })
  @OptionalField()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_SIZE)
  pageSize?: number;

  @ApiPropertyOptional({ example: 'name:desc', description: '`field`, `field:asc` or `field:desc`' })
  @OptionalField()
  @IsString()
  @MaxLength(256)
  sort?: string;
}

export interface PageQuery {
  readonly pageNumber?: number | undefined;
  readonly pageSize?: number | undefined;
}

/** Empty behind the last page. */
export function pageOf<T>(
  rows: readonly T[],
  { pageNumber = 1, pageSize }: PageQuery,
  defaultSize: number,
): readonly T[] {
  const size = pageSize ?? defaultSize;
  const start = (pageNumber - 1) * size;
  return rows.slice(start, start + size);
}

export interface SortOrder<Field extends string> {
  readonly field: Field;
  readonly descending: boolean;
}

/**
 * @param fields what the list can be sorted by
 * @returns undefined when no order is asked for
 * @throws InvalidInput
 */
export function parseSort<Field extends string>(
  sort: string | undefined,
  fields: readonly Field[],
): SortOrder<Field> | undefined {
  if (sort === undefined || sort === '') return undefined;
  const [name, direction = 'asc', ...rest] = sort.split(':');
  const field = fields.find((known) => known === name);
  const wellFormed = (direction === 'asc' || direction === 'desc') && rest.length === 0;
  if (field !== undefined && wellFormed) return { field, descending: direction === 'desc' };
  const known = fields.join(', ');
  throw InvalidInput.of('sort', `must be one of ${known}; put :asc or :desc behind it to choose a direction`);
}

/** By code units, so that every store and machine sorts alike. Equal rows keep their order. */
export function sorted<Field extends string, T extends Record<Field, string | number | boolean>>(
  rows: readonly T[],
  order: SortOrder<Field> | undefined,
): readonly T[] {
  if (!order) return rows;
  const sign = order.descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(a[order.field], b[order.field]));
}

function compare(a: string | number | boolean, b: string | number | boolean): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
