import { Body, Controller, Header, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Authenticated, principalOf, Public } from '../auth/index.js';
import { AnonymousTokenDto, deviceOf, toAnonymousTokenDto } from '../customer-login/index.js';
import { Refused } from '../http/errors/refusals.js';
import { Tenant } from '../http/tenant.decorator.js';
import { RateLimited } from '../rate-limit/index.js';
import { CurrentShopper, isShopper, type Shopper } from '../session/index.js';
import { HandoverLinkDto, HandoverRedeemDto } from './dto/handover.dto.js';
import { HandoverRedemption } from './handover-redemption.js';
import { HandoverService } from './handover.service.js';

/** Returns the session of the token that the access guard has accepted. */
function ownSession(request: FastifyRequest): readonly string[] {
  const me = principalOf(request);
  return isShopper(me) ? [me.tenant, me.sessionId] : [];
}

@ApiTags('Session context: handover')
@Controller('session-context/:tenant')
export class HandoverController {
  constructor(
    private readonly links: HandoverService,
    private readonly redemption: HandoverRedemption,
  ) {}

  @Post('me/handover')
  @Authenticated('anonymous')
  @RateLimited('handover', ownSession)
  @HttpCode(201)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Make a link by which another browser takes over your session',
    description:
      'For a guest who continues on another device. The link works once, for `HANDOVER_SECONDS`. Both devices then share ' +
      'the session and its cart, until one of them logs in. Customers log in there instead: their tokens get 403.',
  })
  @ApiResponse({ status: 201, type: HandoverLinkDto })
  @Refused(429)
  async make(@CurrentShopper() { session }: Shopper): Promise<HandoverLinkDto> {
    const { url, expiresAt } = await this.links.linkFor(session);
    return { url, expiresAt: expiresAt.toISOString() };
  }

  @Post('handover/redeem')
  @Public('handover-link')
  @RateLimited('handover-redemption', () => [])
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Exchange the token of a handover link for tokens of its session',
    description:
      'For storefronts whose own page opens the links; see the tenant setting `handover.pageUrl`. Ask the shopper first: ' +
      'call this when they press a button, not when the page loads. The answer is that of an anonymous login. The session ' +
      'belongs to `client_id` from now on.',
  })
  @ApiResponse({ status: 200, type: AnonymousTokenDto })
  @ApiResponse({
    status: 401,
    description: 'The link was used, is too old or is not one of ours, or its session has ended.',
  })
  @ApiResponse({ status: 409, description: 'Somebody has logged in with the session: log in to continue.' })
  @Refused(429)
  async redeem(
    @Req() request: FastifyRequest,
    @Tenant() tenant: string,
    @Body() { token, client_id: clientId }: HandoverRedeemDto,
  ): Promise<AnonymousTokenDto> {
    return toAnonymousTokenDto(await this.redemption.redeem({ tenant, token }, clientId, deviceOf(request)));
  }
}
