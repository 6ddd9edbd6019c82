import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { OptionalField } from '../input/fields.decorator.js';
import { PageQueryDto } from './paging.js';
import { MAX_QUERY_LENGTH } from './parse-query.js';

/** The query of a list that can be filtered (behaviours W-60, W-61). */
export class ListQueryDto extends PageQueryDto {
  @ApiPropertyOptional({
    example: 'name:Germany',
    maxLength: MAX_QUERY_LENGTH,
    description:
      'Filter. One or more of `field:value`, `field:"two words"`, `field:>=10`, `field:(>=10 AND <20)`, `field:(a,b)`, `field:~part`, ' +
      '`field:exists`, `field:missing` and `field:null`, separated by spaces. All of them must hold.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(MAX_QUERY_LENGTH)
  q?: string;
}
