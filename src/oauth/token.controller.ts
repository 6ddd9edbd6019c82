import { Body, Controller, Header, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/index.js';
import { Traits } from '../http/route-traits.js';
import { RateLimited } from '../rate-limit/index.js';
import { claimedClient, CREDENTIAL_FIELDS, credentialsOf } from './client-credentials.js';
import { OAuthErrorDto, ServiceTokenDto, TokenRequestDto } from './dto/token-request.dto.js';
import { invalidRequest, unsupportedGrantType } from './oauth.errors.js';
import { readForm } from './oauth-form.js';
import { OAuthService } from './oauth.service.js';

const FIELDS = ['grant_type', 'scope', ...CREDENTIAL_FIELDS] as const;

/** How Emporix says that there is no refresh token (W-01). */
const NO_REFRESH_TOKEN = { refresh_token: '', refresh_token_expires_in: 0 };

/**
 * OAuth libraries accept just this media type. RFC 6749 section 4.4.3 defines no refresh token here, and a strict
 * library such as oauth4webapi refuses an answer with an empty one.
 */
const isJsonAlone = (accept: string | undefined): boolean =>
  accept?.trim().toLowerCase() === 'application/json';

@ApiTags('OAuth')
@Public('client-secret')
@Controller('oauth')
export class TokenController {
  constructor(private readonly oauth: OAuthService) {}

  @Post('token')
  @Traits({ takes: 'form' })
  @RateLimited('token', claimedClient)
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Request a service token with client credentials',
    description:
      'For backends only. Send the client id and secret as a form or as a Basic header, or an assertion that the ' +
      'client signed (`private_key_jwt`, RFC 7523). Without `scope`, the token gets every scope that the client has. Otherwise it gets those of the requested scopes that the ' +
      'client has, and `scope` in the answer lists them. There is no refresh token: request a new token when this ' +
      'one expires.',
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: TokenRequestDto })
  @ApiResponse({ status: 200, type: ServiceTokenDto })
  @ApiResponse({ status: 400, type: OAuthErrorDto })
  @ApiResponse({ status: 401, type: OAuthErrorDto })
  async token(
    @Headers('authorization') authorization: string | undefined,
    @Headers('accept') accept: string | undefined,
    @Body() body: unknown,
  ): Promise<ServiceTokenDto> {
    const form = readForm(body, FIELDS);
    if (form.grant_type === undefined) throw invalidRequest('grant_type is missing');
    if (form.grant_type !== 'client_credentials') throw unsupportedGrantType();
    const issued = await this.oauth.serviceToken(credentialsOf(authorization, form), form.scope ?? '');
    return {
      access_token: issued.token,
      token_type: 'Bearer',
      expires_in: issued.expiresIn,
      session_idle_time: 120,
      ...(isJsonAlone(accept) ? {} : NO_REFRESH_TOKEN),
      scope: issued.scope,
    };
  }
}
