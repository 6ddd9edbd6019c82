import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { OptionalField } from '../../http/fields.decorator.js';
import { ListQueryDto } from '../../http/query/list-query.dto.js';

const FLAG = ['true', 'false'] as const;
type Flag = (typeof FLAG)[number];

export class SiteListQueryDto extends ListQueryDto {
  @ApiPropertyOptional({
    enum: FLAG,
    description: 'true: inactive sites as well, for those who manage sites',
  })
  @OptionalField()
  @IsIn(FLAG)
  includeInactive?: Flag;

  @ApiPropertyOptional({
    enum: FLAG,
    description: 'true: the number of all sites found, in the header X-Count',
  })
  @OptionalField()
  @IsIn(FLAG)
  totalCount?: Flag;
}
