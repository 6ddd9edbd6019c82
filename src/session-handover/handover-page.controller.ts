import { Body, Controller, Get, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../auth/index.js';
import { Config } from '../config/config.schema.js';
import { NeverRefuses, Refused } from '../http/errors/refusals.js';
import { comesFromForeignPage } from '../http/foreign-page.js';
import { FOR_AN_HOUR, PageFile } from '../http/page-file.decorator.js';
import { Traits } from '../http/route-traits.js';
import { Tenant } from '../http/tenant.decorator.js';
import { RateLimited } from '../rate-limit/index.js';
import { Forbidden } from '../shared/domain-error.js';
import { HandoverOpenedDto, HandoverPreviewDto, HandoverTokenDto } from './dto/handover.dto.js';
import { HANDOVER_PAGE, HANDOVER_SCRIPT, HANDOVER_STYLE } from './handover-page.js';
import { HandoverPageService } from './handover-page.service.js';

const OF_FILE = 'The page’s content security policy forbids what is inline, so this is a file.';

/** The page that handover links lead to. Reading it never uses a link up: previews and prefetches read pages too. */
@ApiTags('Session context: handover')
@Controller('handover')
export class HandoverPageController {
  constructor(
    private readonly pages: HandoverPageService,
    private readonly config: Config,
  ) {}

  @Get('page.css')
  @Public()
  @PageFile('text/css', FOR_AN_HOUR)
  @NeverRefuses(503)
  @ApiOperation({ summary: 'Read the style sheet of the handover page', description: OF_FILE })
  style(): string {
    return HANDOVER_STYLE;
  }

  @Get('page.js')
  @Public()
  @PageFile('text/javascript', FOR_AN_HOUR)
  @NeverRefuses(503)
  @ApiOperation({ summary: 'Read the script of the handover page', description: OF_FILE })
  script(): string {
    return HANDOVER_SCRIPT;
  }

  @Get(':tenant')
  @Public()
  @PageFile('text/html', 'no-store')
  @NeverRefuses(503, 404)
  @ApiOperation({
    summary: 'Show the page that a handover link leads to',
    description:
      'The same page for every tenant and every link. Its script reads the token from the fragment, shows what the link ' +
      'opens, and uses it only when the shopper presses the button.',
  })
  show(@Tenant() _tenant: string): string {
    return HANDOVER_PAGE;
  }

  @Post(':tenant/preview')
  @Public('handover-link')
  @Traits({ isPage: true })
  @RateLimited('handover-redemption', () => [])
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Look at what a handover link opens, without using it',
    description: 'Called by the page of this service. 403 for pages of other origins.',
  })
  @ApiResponse({ status: 200, type: HandoverPreviewDto })
  @ApiResponse({
    status: 401,
    description: 'The link was used, is too old or is not one of ours, or its session has ended.',
  })
  @ApiResponse({ status: 409, description: 'Somebody has logged in with the session: log in to continue.' })
  @Refused(403, 429)
  preview(
    @Req() request: FastifyRequest,
    @Tenant() tenant: string,
    @Body() { token }: HandoverTokenDto,
  ): Promise<HandoverPreviewDto> {
    this.refuseForeignPage(request);
    return this.pages.preview({ tenant, token });
  }

  @Post(':tenant/open')
  @Public('handover-link')
  @Traits({ isPage: true })
  @RateLimited('handover-redemption', () => [])
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Use a handover link up, and set the cookies of its session',
    description:
      'Called by the page of this service when the shopper presses the button. 403 for pages of other origins. Sets ' +
      '`vtex_session` and `vtex_segment`. An anonymous login that sends `vtex_session` gets tokens of the same session.',
  })
  @ApiResponse({ status: 200, type: HandoverOpenedDto })
  @ApiResponse({
    status: 401,
    description: 'The link was used, is too old or is not one of ours, or its session has ended.',
  })
  @ApiResponse({ status: 409, description: 'Somebody has logged in with the session: log in to continue.' })
  @Refused(403, 429)
  open(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Tenant() tenant: string,
    @Body() { token }: HandoverTokenDto,
  ): Promise<HandoverOpenedDto> {
    this.refuseForeignPage(request);
    return this.pages.open({ tenant, token }, request, reply);
  }

  /** Another site must not make a browser take a session over without its page having asked (login CSRF). */
  private refuseForeignPage(request: FastifyRequest): void {
    if (comesFromForeignPage(request, this.config.ISSUER, undefined))
      throw new Forbidden('Only the page of this service may use links here');
  }
}
