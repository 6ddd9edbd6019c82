import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Audited } from '../../audit/index.js';
import { Authenticated } from '../../auth/index.js';
import { CustomerNotFound, CustomerRepository } from '../../customer/index.js';
import { Refused } from '../../http/errors/refusals.js';
import { DEFAULT_PAGE_SIZE } from '../../http/query/cursor-page.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { Clock } from '../../shared/clock.js';
import { SessionPageDto, toSessionPageDto } from './listed-session.dto.js';
import {
  SegmentSizesDto,
  SessionCountsDto,
  toSegmentSizesDto,
  toSessionCountsDto,
} from './session-counts.dto.js';
import { SessionCountService } from './session-counts.service.js';
import { SessionListService } from './session-list.service.js';
import {
  CountQueryDto,
  CustomerSessionsQueryDto,
  SegmentsQueryDto,
  SessionsQueryDto,
  toCountedBy,
  toFilter,
  toPage,
} from './session-query.dto.js';
import { toViewedSessionDto, ViewedSessionDto } from './session-view.dto.js';
import { SessionViewService } from './session-view.service.js';

@ApiTags('Admin: sessions')
@Authenticated('scope:session.session_read')
@Refused(400, 401, 403, 503)
@Controller('admin/:tenant')
export class SessionListingController {
  constructor(
    private readonly lists: SessionListService,
    private readonly counts: SessionCountService,
    private readonly views: SessionViewService,
    private readonly customers: CustomerRepository,
    private readonly clock: Clock,
  ) {}

  @Get('sessions')
  @Audited('session.list')
  @ApiOperation({
    summary: 'List sessions',
    description:
      'Lists the sessions of the tenant, the newest first, without those that have ended. Filters apply together; ' +
      'one that does not exist is refused. Site, currency and country are those of the context, so a session ' +
      'without one passes no such filter.',
  })
  @ApiResponse({ status: 200, type: SessionPageDto })
  async list(@Tenant() tenant: string, @Query() query: SessionsQueryDto): Promise<SessionPageDto> {
    return toSessionPageDto(await this.lists.list(tenant, toFilter(query), toPage(query)), this.clock.now());
  }

  @Get('sessions/count')
  @Audited('session.count')
  @ApiOperation({
    summary: 'Count sessions',
    description:
      'Counts the sessions of the tenant by kind, site, currency or segment, or by several of them.',
  })
  @ApiResponse({ status: 200, type: SessionCountsDto })
  async count(@Tenant() tenant: string, @Query() query: CountQueryDto): Promise<SessionCountsDto> {
    return toSessionCountsDto(await this.counts.count(tenant, toCountedBy(query)));
  }

  @Get('sessions/:sessionId')
  @Audited('session.read', { param: 'sessionId' })
  @ApiOperation({
    summary: 'Read a session',
    description:
      'Returns the session as lists show it, with its context, where each value comes from, its segment and its ' +
      'cart. Also finds a dormant session.',
  })
  @ApiResponse({ status: 200, type: ViewedSessionDto })
  @Refused(404, 409)
  async read(@Tenant() tenant: string, @Param('sessionId') sessionId: string): Promise<ViewedSessionDto> {
    return toViewedSessionDto(await this.views.read({ tenant, sessionId }), this.clock.now());
  }

  @Get('customers/:customerId/sessions')
  @Audited('customer.list-sessions', { param: 'customerId' })
  @ApiOperation({
    summary: 'List the sessions of a customer',
    description: 'Lists the customer’s sessions on all devices, the newest first, with the same filters.',
  })
  @ApiResponse({ status: 200, type: SessionPageDto })
  @Refused(404)
  async listOfCustomer(
    @Tenant() tenant: string,
    @Param('customerId') customerId: string,
    @Query() query: CustomerSessionsQueryDto,
  ): Promise<SessionPageDto> {
    if (!(await this.customers.find(tenant, customerId))) throw new CustomerNotFound(customerId);
    const filter = { ...toFilter(query), customerId };
    return toSessionPageDto(await this.lists.list(tenant, filter, toPage(query)), this.clock.now());
  }

  @Get('segments')
  @Audited('segment.list')
  @ApiOperation({
    summary: 'List segments by size',
    description:
      'Returns the segments that sessions of the tenant are in now, the largest first, with their conditions: ' +
      'what keeps pages from being shared.',
  })
  @ApiResponse({ status: 200, type: SegmentSizesDto })
  async segments(
    @Tenant() tenant: string,
    @Query() { limit = DEFAULT_PAGE_SIZE }: SegmentsQueryDto,
  ): Promise<SegmentSizesDto> {
    return toSegmentSizesDto(await this.counts.segmentSizes(tenant, limit));
  }
}
