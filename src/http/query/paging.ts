import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { OptionalField } from '../input/fields.decorator.js';

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

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    description:
      'rows before the page; it counts instead of pageNumber. `Link` of a page that was cut has it',
  })
  @OptionalField()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  offset?: number;

  @ApiPropertyOptional({ example: 'name:desc', description: '`field`, `field:asc` or `field:desc`' })
  @OptionalField()
  @IsString()
  @MaxLength(256)
  sort?: string;
}

/** For answers to what was asked one by one. */
export class OffsetDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    default: 0,
    description: 'asked items before the first that is answered. `Link` of an answer that was cut has it',
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
