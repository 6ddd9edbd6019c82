import { Controller, Delete, Get, Header, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../auth/index.js';
import { CurrentShopper, type Shopper } from '../../session/index.js';
import { EndedOwnSessionsDto, OwnSessionDto, toOwnSessionDto } from './own-sessions.dto.js';
import { OwnSessionsService } from './own-sessions.service.js';

@ApiTags('Customer: devices')
@Authenticated('customer')
@Controller('customer/:tenant/me/sessions')
export class OwnSessionsController {
  constructor(private readonly sessions: OwnSessionsService) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'List your sessions on all devices',
    description:
      'Returns at most 200 sessions, the last used first. `current` marks the session of this request.',
  })
  @ApiResponse({ status: 200, type: [OwnSessionDto] })
  async list(@CurrentShopper() me: Shopper): Promise<OwnSessionDto[]> {
    const sessions = await this.sessions.list(me);
    return sessions.map((session) => toOwnSessionDto(session, me.sessionId));
  }

  @Delete()
  @ApiOperation({
    summary: 'End your sessions on all other devices',
    description:
      'Logs you out everywhere else, at once and on every instance. The session of this request stays.',
  })
  @ApiResponse({ status: 200, type: EndedOwnSessionsDto })
  async endOthers(@CurrentShopper() me: Shopper): Promise<EndedOwnSessionsDto> {
    return { ended: await this.sessions.endOthers(me) };
  }

  @Delete(':sessionId')
  @HttpCode(204)
  @ApiOperation({
    summary: 'End one of your sessions',
    description:
      'Logs that device out at once, on every instance. Naming the session of this request logs you out here. A ' +
      'session of another customer is 404.',
  })
  @ApiNoContentResponse()
  end(@CurrentShopper() me: Shopper, @Param('sessionId') sessionId: string): Promise<void> {
    return this.sessions.end(me, sessionId);
  }
}
