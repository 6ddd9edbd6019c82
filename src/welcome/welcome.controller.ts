import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../auth/index.js';
import { Config } from '../config/config.schema.js';
import { askedHost, ownOrigin } from '../http/own-origin.rules.js';
import { NeverRefuses } from '../http/errors/refusals.js';
import { FOR_AN_HOUR, PageFile } from '../http/page-file.decorator.js';
import { Traits } from '../http/route-traits.js';
import { WelcomeDto } from './dto/welcome.dto.js';
import { WELCOME_STYLE, welcomePage } from './welcome-page.rules.js';
import { wantsPage } from './welcome.rules.js';
import { WelcomeService } from './welcome.service.js';

/** Serves the address that `npm start` prints. */
@ApiTags('Health')
@Public()
@ApiExtraModels(WelcomeDto)
@Controller()
export class WelcomeController {
  constructor(
    private readonly welcome: WelcomeService,
    private readonly config: Config,
  ) {}

  @Get()
  @Traits({ isPage: true })
  @Header('vary', 'Accept')
  @NeverRefuses(503)
  @ApiOperation({
    summary: 'Show what runs here',
    description:
      'Returns a page to browsers and JSON to all other clients. In production, it says only that the ' +
      'service runs.',
  })
  @ApiResponse({
    status: 200,
    content: {
      'application/json': { schema: { $ref: getSchemaPath(WelcomeDto) } },
      'text/html': { schema: { type: 'string' } },
    },
  })
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): WelcomeDto | string {
    const origin = ownOrigin(request.protocol, askedHost(request), this.config.ISSUER);
    if (!wantsPage(request.headers.accept)) return this.welcome.summary(origin);
    void reply.type('text/html; charset=utf-8');
    return welcomePage(this.welcome.at(origin));
  }

  @Get('welcome.css')
  @PageFile('text/css', FOR_AN_HOUR)
  @NeverRefuses(503)
  @ApiOperation({
    summary: 'Read the style sheet of the page at `GET /`',
    description: 'A separate file, because the page’s content security policy forbids inline styles.',
  })
  style(): string {
    return WELCOME_STYLE;
  }
}
