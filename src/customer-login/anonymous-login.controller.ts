import { Controller, Get, Header, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../auth/index.js';
import { Traits } from '../http/route-traits.js';
import { RateLimited, textField } from '../rate-limit/index.js';
import { AnonymousLoginService } from './anonymous-login.service.js';
import { DeviceCookie } from './device-cookie.js';
import {
  AnonymousLoginQueryDto,
  AnonymousRefreshQueryDto,
  AnonymousTokenDto,
  askedValuesOf,
  storefrontOf,
  toAnonymousTokenDto,
} from './dto/anonymous-login.dto.js';

@ApiTags('Login')
@Controller('customerlogin/auth/anonymous')
export class AnonymousLoginController {
  constructor(
    private readonly logins: AnonymousLoginService,
    private readonly cookies: DeviceCookie,
  ) {}

  @Get('login')
  @Traits({ cookies: 'at-will' })
  @Public('client-id')
  @RateLimited('anonymous-login', ({ query }) => [textField(query, 'client_id')])
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Begin an anonymous session',
    description:
      'The site, currency, country and language in the query become the first values of the session context, which ' +
      'is made with the first cart. A browser that sends the `vtex_session` cookie of an anonymous session ' +
      'resumes that session instead of beginning a new one.',
  })
  @ApiResponse({ status: 200, type: AnonymousTokenDto })
  async logIn(
    @Req() request: FastifyRequest,
    @Query() query: AnonymousLoginQueryDto,
  ): Promise<AnonymousTokenDto> {
    const storefront = storefrontOf(query);
    const tokens = await this.cookies.of(request, storefront.tenant);
    return toAnonymousTokenDto(await this.logins.logIn(storefront, askedValuesOf(query), tokens));
  }

  @Get('refresh')
  @Public('refresh-token')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Refresh an anonymous session',
    description:
      'Gives the session another full lifetime, up to `ANONYMOUS_MAX_SECONDS` after it began, and wakes it if it ' +
      'is dormant. The refresh token is replaced. For `REFRESH_GRACE_SECONDS` the old one still gets the ' +
      'same new one, so that tabs can refresh at the same time. With `anonymous_token`, the older way, the answer has ' +
      'no refresh token.',
  })
  @ApiResponse({ status: 200, type: AnonymousTokenDto })
  async refresh(@Query() query: AnonymousRefreshQueryDto): Promise<AnonymousTokenDto> {
    const { refresh_token: refreshToken, anonymous_token: accessToken } = query;
    return toAnonymousTokenDto(
      await this.logins.refresh(storefrontOf(query), {
        ...(refreshToken !== undefined && { refreshToken }),
        ...(accessToken !== undefined && { accessToken }),
      }),
    );
  }
}
