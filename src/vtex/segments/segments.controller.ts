import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../auth/index.js';
import { NeverRefuses, Refused } from '../../http/errors/refusals.js';
import { Traits } from '../../http/route-traits.js';
import { CallerReader } from '../caller/caller-reader.js';
import { tokensAnswer } from '../sessions/tokens-answer.js';
import { decodeSegment } from '../values/segment-codec.rules.js';
import { SegmentDto } from './segment.dto.js';
import { SegmentService } from './segment.service.js';

@ApiTags('VTEX segments')
@Public()
@Controller('api/segments')
export class SegmentsController {
  constructor(
    private readonly callers: CallerReader,
    private readonly segments: SegmentService,
  ) {}

  @Get()
  @Traits({ cookies: 'always' })
  @Header('vary', 'Cookie, Origin')
  @Header('cache-control', 'private, no-store')
  @Public('vtex_session', 'bearer', 'nothing')
  @ApiOperation({
    summary: 'Read the commercial conditions of the session',
    description:
      'Returns trade policy, currency, region, price tables, campaigns and so on. Query parameters replace ' +
      'some of them in this response only. Without a session cookie or bearer token, it returns what the ' +
      'segment cookie says, or else what a new session would have. It never begins a session.',
  })
  @ApiQuery({ name: 'an', required: false, description: 'Account, if the host does not name it.' })
  @ApiQuery({
    name: 'cultureInfo',
    required: false,
    description: 'Language tag to use in this response.',
    example: 'de-DE',
  })
  @ApiQuery({ name: 'utm_campaign', required: false, description: 'Campaign to use in this response.' })
  @ApiQuery({ name: 'utm_source', required: false, description: 'Source to use in this response.' })
  @ApiQuery({
    name: 'utmi_campaign',
    required: false,
    description: 'Internal campaign to use in this response.',
  })
  @ApiQuery({
    name: 'utmi_cp',
    required: false,
    description: 'The short form of `utmi_campaign` that links use.',
  })
  @ApiResponse({ status: 200, type: SegmentDto })
  @Refused(400, 401, 403, 404, 409, 503)
  async own(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SegmentDto> {
    const caller = await this.callers.of(request);
    const { segment, renewed } = await this.segments.of(caller, request.query);
    if (renewed) tokensAnswer(reply, caller, renewed);
    return segment;
  }

  /** The token holds all values, so any cache may keep the response forever. */
  @Get(':segmentToken')
  @Traits({ cookies: 'always' })
  @Header('cache-control', 'public, max-age=86400, immutable')
  @ApiOperation({
    summary: 'Read the commercial conditions in a segment token',
    description:
      'The token holds all its values, so no session is read and caches may keep the response. It proves ' +
      'nothing: anybody can write such a token.',
  })
  @ApiResponse({ status: 200, type: SegmentDto })
  @Refused(400)
  @NeverRefuses(404, 503)
  read(@Param('segmentToken') token: string): SegmentDto {
    return decodeSegment(token);
  }
}
