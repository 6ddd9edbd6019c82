import type { Readable } from 'node:stream';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../audit/index.js';
import { Authenticated } from '../auth/index.js';
import { Refused } from '../http/errors/refusals.js';
import { Traits } from '../http/route-traits.js';
import { TenantLiveQueryDto } from './dto/live-query.dto.js';
import { EventStreamAnswer } from './event-stream.decorator.js';
import { LiveEventsService, READ_SCOPE } from './live-events.service.js';
import { BearerToken, Gone, LastEventId } from './request.decorators.js';

@ApiTags('Admin: sessions')
@Authenticated(`scope:${READ_SCOPE}`)
@Controller('admin/:tenant/events')
export class TenantEventsController {
  constructor(private readonly live: LiveEventsService) {}

  @Get()
  @Traits({ isLive: true })
  @EventStreamAnswer()
  @Refused(400, 401, 403, 503)
  @Audited('event.follow')
  @ApiOperation({
    summary: 'Follow the tenant live',
    description:
      'Streams the events of the tenant as server-sent events, within a second of each change. Resume with ' +
      '`Last-Event-ID`. Ends with the event `end` when the token ends. See `docs/events.asyncapi.yaml`.',
  })
  follow(
    @BearerToken() token: string,
    @Gone() gone: AbortSignal,
    @Query() { types, lastEventId, ...query }: TenantLiveQueryDto,
    @LastEventId() header?: string,
  ): Promise<Readable> {
    const from = header ?? lastEventId;
    const request = {
      ...query,
      token,
      gone,
      types: types?.split(',') ?? [],
      ...(from !== undefined && { lastEventId: from }),
    };
    return this.live.ofTenant(request);
  }
}
