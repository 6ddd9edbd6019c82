import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Authenticated } from '../../auth/index.js';
import { Tenant } from '../../http/tenant.decorator.js';
import { RateLimited } from '../../rate-limit/index.js';
import { loginSubject, ownSubject } from '../login-subject.js';
import { CurrentCustomer, type OwnCustomer } from '../own-customer.js';
import { BrowserCookies } from './browser-cookies.js';
import { CredentialsService } from './credentials.service.js';
import { PasswordChangeDto, PasswordResetDto, PasswordResetRequestDto } from './password.dto.js';

@ApiTags('Customer: credentials')
@Controller('customer/:tenant/password')
export class PasswordController {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly cookies: BrowserCookies,
  ) {}

  @Post('change')
  @HttpCode(204)
  @Authenticated('customer')
  @RateLimited('password-change', ownSubject)
  @ApiOperation({
    summary: 'Change your password',
    description:
      'Your other sessions end, and a mail tells you about the change. The token of this request stays valid; a browser ' +
      'that sends the `vtex_session` cookie of this session gets a new one. A wrong current password is 400, ' +
      'not 401.',
  })
  @ApiNoContentResponse()
  async change(
    @CurrentCustomer() me: OwnCustomer,
    @Body() body: PasswordChangeDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.credentials.change(me, body.currentPassword, body.newPassword);
    await this.cookies.renew(request, reply, me);
  }

  @Post('reset')
  @HttpCode(204)
  @Authenticated('anonymous')
  @RateLimited('reset', loginSubject)
  @ApiOperation({
    summary: 'Ask for a token to set a new password',
    description:
      'The token is mailed and is valid for one hour. A newer one replaces it. The answer does not tell whether ' +
      'there is such a customer.',
  })
  @ApiNoContentResponse()
  async requestReset(@Tenant() tenant: string, @Body() body: PasswordResetRequestDto): Promise<void> {
    await this.credentials.requestReset(tenant, body.email, body.site);
  }

  @Post('reset/update')
  @HttpCode(204)
  @Authenticated('anonymous')
  @RateLimited('mailed-token', () => [])
  @ApiOperation({
    summary: 'Set a new password with the mailed token',
    description:
      'Ends all sessions of the customer and does not log in. It also activates an account that was still waiting ' +
      'for its double opt-in, since the token proves that the e-mail address is theirs.',
  })
  @ApiNoContentResponse()
  async reset(@Tenant() tenant: string, @Body() body: PasswordResetDto): Promise<void> {
    await this.credentials.reset(tenant, body.token, body.password);
  }
}
