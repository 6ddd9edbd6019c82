import { Flag } from '../../http/query/flag.decorator.js';
import { ListQueryDto } from '../../http/query/list-query.dto.js';

export class SiteListQueryDto extends ListQueryDto {
  @Flag({
    description: 'Whether to list inactive sites too. Ignored without the scope `site.site_manage`.',
    default: false,
  })
  includeInactive = false;

  @Flag({
    description: 'Whether to return the number of all matching sites in the header `X-Count`.',
    default: false,
  })
  totalCount = false;
}
