import type { Readable } from 'node:stream';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../auth/index.js';
import { Refused } from '../http/errors/refusals.js';
import { Traits } from '../http/route-traits.js';
import { CurrentShopper, type Shopper } from '../session/index.js';
import { LiveQueryDto } from './dto/live-query.dto.js';
import { EventStreamAnswer } from './event-stream.decorator.js';
import { LiveEventsService } from './live-events.service.js';
import { Address, BearerToken, Gone, LastEventId } from './request.decorators.js';

@ApiTags('Session context: own')
@Authenticated('anonymous', 'customer')
@Controller('session-context/:tenant/me/events')
export class OwnEventsController {
  constructor(private readonly live: LiveEventsService) {}

  @Get()
  @Traits({ isLive: true })
  @EventStreamAnswer()
  @Refused(400, 429)
  @ApiOperation({
    summary: 'Follow your session live',
    description:
      'Streams the events of your session and of its carts as server-sent events, within a second of each change. ' +
      'Resume with `Last-Event-ID`. Ends with the event `end` when the session or the token ends: for an anonymous ' +
      'token, at the login. A session may have 5 streams on each instance. See `docs/events.asyncapi.yaml`.',
  })
  follow(
    @CurrentShopper() shopper: Shopper,
    @BearerToken() token: string,
    @Address() address: string,
    @Gone() gone: AbortSignal,
    @Query() query: LiveQueryDto,
    @LastEventId() header?: string,
  ): Promise<Readable> {
    const lastEventId = header ?? query.lastEventId;
    const request = { shopper, token, address, gone, ...(lastEventId !== undefined && { lastEventId }) };
    return this.live.ofSession(request);
  }
}
