import { Body, Controller, Header, Headers, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '../../auth/index.js';
import { Traits } from '../../http/route-traits.js';
import { RateLimited } from '../../rate-limit/index.js';
import { claimedClient, claimedCredentials } from '../client-credentials.js';
import { RevocationFormDto } from '../dto/revocation-form.dto.js';
import { OAuthErrorDto } from '../dto/token-request.dto.js';
import { readForm, TOKEN_FORM } from '../oauth-form.js';
import { invalidRequest } from '../oauth.errors.js';
import { RevocationService } from './revocation.service.js';

@ApiTags('OAuth')
@Public('client-secret', 'client-id')
@Controller('oauth')
export class RevocationController {
  constructor(private readonly revocation: RevocationService) {}

  @Post('revoke')
  @Traits({ takes: 'form' })
  @RateLimited('revocation', claimedClient)
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Revoke a token (RFC 7009)',
    description:
      'Send an access token or a refresh token, as the client that it was issued to. A shopper’s session ends at ' +
      'once, and so do all tokens of that session. A service token is refused at once by this instance, and within ' +
      'seconds by the others; other tokens of the client stay valid. To end them all, give the client a new secret ' +
      'with `overlapSeconds` 0. A storefront sends only its `client_id`, a backend authenticates as at the token ' +
      'endpoint. A token that is unknown, expired or already ended gets 200 as well. Another client’s token gets ' +
      '`invalid_grant`. Saas tokens and `vtex_session` tokens get `unsupported_token_type`.',
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: RevocationFormDto })
  @ApiResponse({ status: 200, description: 'The token opens nothing. The body is empty.' })
  @ApiResponse({ status: 400, type: OAuthErrorDto })
  @ApiResponse({ status: 401, type: OAuthErrorDto })
  async revoke(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
  ): Promise<void> {
    const form = readForm(body, TOKEN_FORM);
    const credentials = claimedCredentials(authorization, form);
    if (form.token === undefined) throw invalidRequest('token is missing');
    await this.revocation.revoke(credentials, form.token);
  }
}
