import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
import { Authenticated } from '../../auth/index.js';
import { Refused } from '../../http/errors/refusals.js';
import { cursorOf, DEFAULT_PAGE_SIZE, partsOf } from '../../http/query/cursor-page.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { HistoryPageDto, HistoryQueryDto, toHistoryEntryDto } from './history.dto.js';
import { HistoryService } from './history.service.js';

@ApiTags('Admin: sessions')
@Authenticated('scope:session.session_read')
@Refused(400, 401, 403, 404, 503)
@Controller('admin/:tenant/sessions/:sessionId')
export class HistoryController {
  constructor(private readonly histories: HistoryService) {}

  @Get('history')
  @Audited('session.history', { param: 'sessionId' })
  @ApiOperation({
    summary: 'List the changes of a session context',
    description:
      'Says who changed what, when, and from what to what, newest first. A session keeps its latest 50 entries, ' +
      'or fewer if they are large. A change that sets a value to what it was makes no entry. A session that ' +
      'has had no context yet has no entries.',
  })
  @ApiResponse({ status: 200, type: HistoryPageDto })
  async history(
    @Tenant() tenant: string,
    @Param('sessionId') sessionId: string,
    @Query() { limit = DEFAULT_PAGE_SIZE, cursor }: HistoryQueryDto,
  ): Promise<HistoryPageDto> {
    const before = cursor === undefined ? undefined : Number(partsOf(cursor, ['number'])[0]);
    const { items, last } = await this.histories.page({ tenant, sessionId }, before, limit);
    return { items: items.map(toHistoryEntryDto), ...(last !== undefined && { next: cursorOf([last]) }) };
  }
}
