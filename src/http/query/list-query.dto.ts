import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { OptionalField } from '../input/fields.decorator.js';
import { PageQueryDto } from './paging.js';
import { MAX_QUERY_LENGTH } from './parse-query.js';

/** The query of a list that can be searched (behaviours W-60, W-61). */
export class ListQueryDto extends PageQueryDto {
  @ApiPropertyOptional({
    example: 'name:Germany',
    maxLength: MAX_QUERY_LENGTH,
    description:
      '`field:value`, `field:"two words"`, `field:>=10`, `field:(>=10 AND <20)`, `field:(a,b)`, `field:~part`, ' +
      '`field:exists`, `field:missing`, `field:null`; all clauses hold, with a space between them',
  })
  @OptionalField()
  @IsString()
  @MaxLength(MAX_QUERY_LENGTH)
  q?: string;
}
