import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
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
