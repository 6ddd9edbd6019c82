import { Controller, Get, Header, Param, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Authenticated } from '../auth/index.js';
import { BrowserCookies, OptInService } from '../customer/index.js';
import { NeverRefuses } from '../http/errors/refusals.js';
import { RateLimited } from '../rate-limit/index.js';
import { CurrentShopper, type Shopper } from '../session/index.js';
import { CustomerLoginService } from './customer-login.service.js';
import { CustomerTokenDto, toCustomerTokenDto } from './dto/customer-token.dto.js';
import { deviceOf } from './own-sessions/device-name.js';

@ApiTags('Login')
@Controller('customer/:tenant/signup/optin')
export class OptInController {
  constructor(
    private readonly optIns: OptInService,
    private readonly logins: CustomerLoginService,
    private readonly cookies: BrowserCookies,
  ) {}

  @Get(':token')
  @Header('cache-control', 'no-store')
  @Authenticated('anonymous')
  @RateLimited('mailed-token', () => [])
  @ApiOperation({
    summary: 'Activate an account with the mailed token, and log its customer in',
    description:
      'Needs the token of an anonymous session, which becomes the customer’s as at a login. The mailed token ' +
      'works once and is valid for 24 hours.',
  })
  @ApiResponse({ status: 200, type: CustomerTokenDto })
  @NeverRefuses(404)
  async activate(
    @CurrentShopper() me: Shopper,
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CustomerTokenDto> {
    const customer = await this.optIns.activate(me.tenant, token);
    const { tokens, saasToken } = await this.logins.takeOver(me, customer, deviceOf(request));
    await this.cookies.renew(request, reply, me);
    return toCustomerTokenDto(tokens, saasToken, false);
  }
}
