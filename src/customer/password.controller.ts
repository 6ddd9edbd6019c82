import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Authenticated } from '../auth/index.js';
import { Tenant } from '../http/tenant.decorator.js';
import { RateLimited } from '../rate-limit/index.js';
import { BrowserCookies } from './browser-cookies.js';
import { CredentialsService } from './credentials.service.js';
import { PasswordChangeDto, PasswordResetDto, PasswordResetRequestDto } from './dto/password.dto.js';
import { loginSubject, ownSubject } from './login-subject.js';
import { CurrentCustomer, type OwnCustomer } from './own-customer.js';

@ApiTags('customer: credentials')
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
  @ApiOperation({ summary: 'Change your password; sessions on other devices end, and you are told by mail' })
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
    summary: 'Ask for a token by e-mail; the answer does not tell whether the customer exists',
  })
  @ApiNoContentResponse()
  async requestReset(@Tenant() tenant: string, @Body() body: PasswordResetRequestDto): Promise<void> {
    await this.credentials.requestReset(tenant, body.email, body.site);
  }

  @Post('reset/update')
  @HttpCode(204)
  @Authenticated('anonymous')
  @RateLimited('mailed-token', () => [])
  @ApiOperation({ summary: 'Set a new password with the token; all sessions of the customer end' })
  @ApiNoContentResponse()
  async reset(@Tenant() tenant: string, @Body() body: PasswordResetDto): Promise<void> {
    await this.credentials.reset(tenant, body.token, body.password);
  }
}
