import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { OptionalField } from '../input/fields.decorator.js';

export const MAX_PAGE_SIZE = 200;

/** The query of a list (behaviour W-60). Each list has its own default `pageSize`. */
export class PageQueryDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    default: 1,
    description: 'Number of the page. The first page is 1.',
  })
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

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description:
      'How many rows to skip. Takes the place of `pageNumber`. The `Link` header of a page that was cut off contains it.',
  })
  @OptionalField()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  offset?: number;

  @ApiPropertyOptional({
    example: 'name:desc',
    description: 'Order of the rows: `field`, `field:asc` or `field:desc`. Default: ascending.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(256)
  sort?: string;
}

/** The query of a request that names each item that it wants. */
export class OffsetDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    default: 0,
    description:
      'How many of the requested items to skip. The `Link` header of an answer that was cut off contains it.',
  })
  @OptionalField()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  offset?: number;
}

export interface PageQuery {
  readonly pageNumber?: number | undefined;
  readonly pageSize?: number | undefined;
  readonly offset?: number | undefined;
}
