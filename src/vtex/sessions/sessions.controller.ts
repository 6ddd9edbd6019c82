import { Body, Controller, Get, Header, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../auth/index.js';
import { NeverRefuses, Refused } from '../../http/errors/refusals.js';
import { JSON_TYPE } from '../../http/json-of-rows.js';
import { Traits } from '../../http/route-traits.js';
import { CountedBy, WritesForShoppers } from '../../rate-limit/index.js';
import { CallerReader } from '../caller/caller-reader.js';
import { askedValues } from '../cycle/requested-values.rules.js';
import { itemsOfChange } from './items.rules.js';
import { sessionJson } from './session-json.js';
import { CHANGE_HEADERS, ChangeSessionDto, SessionDto, SessionTokensDto } from './session.dto.js';
import { tokensAnswer } from './tokens-answer.js';
import { VtexSessionService } from './vtex-session.service.js';

const AskedItemsQuery = (required: boolean): MethodDecorator & ClassDecorator =>
  ApiQuery({
    name: 'items',
    required,
    example: 'store.channel,public.utm_source',
    description:
      'Values to return, separated by commas: `namespace.key`, or `namespace` or `namespace.*` for all its ' +
      'keys; `*` for everything.' +
      (required ? '' : ' With it, the response also has `id` and `namespaces`.'),
  });

const BEACONS = 'The body may also be JSON sent as `text/plain`, as `navigator.sendBeacon` does.';

/** The cookie is the key; no other credential is needed (W-75). */
@ApiTags('VTEX sessions')
@ApiQuery({ name: 'an', required: false, description: 'Account, if the host does not name it.' })
@Refused(400, 401, 403, 404, 409, 503)
@Public('vtex_session', 'bearer')
@WritesForShoppers()
@Controller('api/sessions')
export class SessionsController {
  constructor(
    private readonly callers: CallerReader,
    private readonly sessions: VtexSessionService,
  ) {}

  @Post()
  @Traits({ cookies: 'always', takes: 'beacon' })
  @Public('vtex_session', 'bearer', 'nothing')
  @CountedBy('new-session', 'named-person', 'named-person-of-new-session')
  @Refused(413, 415)
  @ApiBody({ type: ChangeSessionDto, required: false })
  @AskedItemsQuery(false)
  @ApiOperation({
    summary: 'Begin a session, or change the one of the cookie or bearer token',
    description:
      'Sets values from the query and from `public` in the body. Returns both tokens, also as the cookies ' +
      '`vtex_session` and `vtex_segment`. A cookie that opens no session counts as absent. A page of another ' +
      'origin can call it only if the tenant’s `vtex.allowedOrigins` lists that origin. ' +
      BEACONS,
  })
  @ApiResponse({ status: 201, type: SessionTokensDto, headers: CHANGE_HEADERS })
  async begin(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body?: ChangeSessionDto,
  ): Promise<SessionTokensDto> {
    const caller = await this.callers.of(request);
    this.callers.refuseForeignPage(request, caller);
    const items = itemsOfChange(request.query);
    const tokens = await this.sessions.change(caller, askedValues(request.query, body?.public));
    return tokensAnswer(reply, caller, tokens, items);
  }

  @Patch()
  @Traits({ cookies: 'always', takes: 'beacon' })
  @Public('vtex_session', 'bearer', 'nothing')
  @CountedBy('new-session', 'named-person', 'named-person-of-new-session')
  @Refused(413, 415)
  @ApiBody({ type: ChangeSessionDto, required: false })
  @AskedItemsQuery(false)
  @ApiOperation({
    summary: 'Change the session of the cookie or bearer token, or begin one',
    description: 'Does the same as `POST /api/sessions`, but the status is 200. ' + BEACONS,
  })
  @ApiResponse({ status: 200, type: SessionTokensDto, headers: CHANGE_HEADERS })
  change(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body() body?: ChangeSessionDto,
  ): Promise<SessionTokensDto> {
    return this.begin(request, reply, body);
  }

  @Post(':sessionToken')
  @Traits({ cookies: 'always', takes: 'beacon' })
  @Public('vtex_session', 'bearer', 'nothing')
  @CountedBy('named-person')
  @HttpCode(200)
  @Refused(413, 415, 429)
  @NeverRefuses(409)
  @ApiBody({ type: ChangeSessionDto, required: false })
  @AskedItemsQuery(false)
  @ApiOperation({
    summary: 'Change the session that a token names',
    description:
      'For servers that keep the session token themselves. The token in the path decides; the ' +
      '`vtex_session` cookie is ignored. Never begins a session: a token that opens none is answered with 401. ' +
      BEACONS,
  })
  @ApiParam({ name: 'sessionToken', description: 'Value of the cookie `vtex_session`.' })
  @ApiResponse({ status: 200, type: SessionTokensDto, headers: CHANGE_HEADERS })
  async changeKnown(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('sessionToken') token: string,
    @Body() body?: ChangeSessionDto,
  ): Promise<SessionTokensDto> {
    const caller = await this.callers.ofToken(request, token);
    this.callers.refuseForeignPage(request, caller);
    const items = itemsOfChange(request.query);
    const tokens = await this.sessions.changeKnown(caller, askedValues(request.query, body?.public));
    return tokensAnswer(reply, caller, tokens, items);
  }

  @Get()
  @Traits({ cookies: 'always' })
  @Header('vary', 'Cookie, Origin')
  @Header('cache-control', 'private, no-store')
  @Header('content-type', JSON_TYPE)
  @ApiOperation({
    summary: 'Read values of the session',
    description:
      'Name the values in `items`. `authentication` and `profile`, which say who the shopper is, are ' +
      'returned only over HTTPS or to the same machine. Without a session, the answer is 401. If the ' +
      'session cookie is from before a login, the response sets new cookies.',
  })
  @AskedItemsQuery(true)
  @ApiResponse({ status: 200, type: SessionDto })
  async read(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Query('items') items: unknown,
  ): Promise<Buffer> {
    const caller = await this.callers.of(request);
    const read = await this.sessions.read(caller);
    if (read.renewed) tokensAnswer(reply, caller, read.renewed);
    return sessionJson(read, items, caller);
  }
}
