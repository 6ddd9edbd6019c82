import { Flag } from '../../http/query/flag.decorator.js';
import { ListQueryDto } from '../../http/query/list-query.dto.js';

export class SiteListQueryDto extends ListQueryDto {
  @Flag({
    description: 'true: list inactive sites too; ignored unless the token may manage sites',
    default: false,
  })
  includeInactive = false;

  @Flag({ description: 'true: count all matching sites, in the header `X-Count`', default: false })
  totalCount = false;
}
