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
  @ApiOperation({ summary: 'Begin an anonymous session' })
  @ApiResponse({ status: 200, type: AnonymousTokenDto })
  async logIn(
    @Req() request: FastifyRequest,
    @Query() { tenant, client_id, ...query }: AnonymousLoginQueryDto,
  ): Promise<AnonymousTokenDto> {
    const tokens = await this.cookies.of(request, tenant);
    return toAnonymousTokenDto(await this.logins.logIn({ tenant, clientId: client_id }, query, tokens));
  }

  @Get('refresh')
  @Public('refresh-token')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Go on with an anonymous session, for another full lifetime' })
  @ApiResponse({ status: 200, type: AnonymousTokenDto })
  async refresh(@Query() query: AnonymousRefreshQueryDto): Promise<AnonymousTokenDto> {
    const { tenant, client_id: clientId, refresh_token: refreshToken, anonymous_token: accessToken } = query;
    return toAnonymousTokenDto(
      await this.logins.refresh(
        { tenant, clientId },
        {
          ...(refreshToken !== undefined && { refreshToken }),
          ...(accessToken !== undefined && { accessToken }),
        },
      ),
    );
  }
}
