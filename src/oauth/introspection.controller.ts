import { Body, Controller, Header, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/index.js';
import { Config } from '../config/config.schema.js';
import { Traits } from '../http/route-traits.js';
import { RateLimited } from '../rate-limit/index.js';
import { claimedClient, credentialsOf } from './client-credentials.js';
import { IntrospectionDto, TokenFormDto, toIntrospectionDto } from './dto/introspection.dto.js';
import { OAuthErrorDto } from './dto/token-request.dto.js';
import { IntrospectionService } from './introspection.service.js';
import { readForm, TOKEN_FORM } from './oauth-form.js';
import { invalidRequest } from './oauth.errors.js';

@ApiTags('OAuth')
@Public('client-secret')
@Controller('oauth')
export class IntrospectionController {
  constructor(
    private readonly introspection: IntrospectionService,
    private readonly config: Config,
  ) {}

  @Post('introspect')
  @Traits({ takes: 'form' })
  @RateLimited('introspection', claimedClient)
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Ask whether a token is active (RFC 7662)',
    description:
      'For backends, about any token of their own tenant: access tokens, refresh tokens, saas tokens and ' +
      '`vtex_session` tokens. A token that has expired, was used or ended, or belongs to another tenant gets exactly ' +
      '`{"active": false}`. Asking changes nothing and uses up no token. `token_use` says which kind it is: a ' +
      'gateway must let only access tokens through.',
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: TokenFormDto })
  @ApiResponse({ status: 200, type: IntrospectionDto })
  @ApiResponse({ status: 400, type: OAuthErrorDto })
  @ApiResponse({ status: 401, type: OAuthErrorDto })
  async introspect(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
  ): Promise<IntrospectionDto> {
    const form = readForm(body, TOKEN_FORM);
    const credentials = credentialsOf(authorization, form);
    if (form.token === undefined) throw invalidRequest('token is missing');
    const live = await this.introspection.introspect(credentials, form.token);
    return toIntrospectionDto(live, this.config.ISSUER);
  }
}
