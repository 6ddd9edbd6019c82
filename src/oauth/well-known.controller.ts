import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { KNOWN_SCOPES, Public, SigningKeys } from '../auth/index.js';
import { Config } from '../config/config.schema.js';
import { NeverRefuses } from '../http/errors/refusals.js';
import { ASYMMETRIC_ALGORITHMS } from '../shared/jwt.js';

/** How a confidential client authenticates. */
const METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];

@ApiTags('OAuth')
@Public()
@Controller('.well-known')
export class WellKnownController {
  constructor(
    private readonly keys: SigningKeys,
    private readonly config: Config,
  ) {}

  @Get('jwks.json')
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({
    summary: 'List the public signing keys (RFC 7517)',
    description:
      'Use these keys to verify the tokens of this service. They include earlier keys whose tokens are still ' +
      'valid. Answers may be cached for five minutes, so fetch the keys again if a token names a `kid` that ' +
      'you do not know.',
  })
  @ApiOkResponse({
    schema: {
      type: 'object',
      required: ['keys'],
      properties: { keys: { type: 'array', items: { type: 'object' } } },
    },
  })
  jwks(): Promise<{ keys: object[] }> {
    return this.keys.jwks();
  }

  @Get('oauth-authorization-server')
  @Header('cache-control', 'public, max-age=300')
  @NeverRefuses(503)
  @ApiOperation({
    summary: 'Read the authorization server metadata (RFC 8414)',
    description:
      'OAuth libraries find the token endpoint, the keys and the known scopes here. The addresses are built ' +
      'from the setting `ISSUER`. This is not an OpenID provider: there is no `/.well-known/openid-configuration`.',
  })
  @ApiOkResponse({
    schema: { type: 'object', required: ['issuer'], properties: { issuer: { type: 'string' } } },
  })
  metadata(): Record<string, unknown> {
    const issuer = this.config.ISSUER;
    return {
      issuer,
      token_endpoint: `${issuer}/oauth/token`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      introspection_endpoint: `${issuer}/oauth/introspect`,
      introspection_endpoint_auth_methods_supported: METHODS,
      introspection_endpoint_auth_signing_alg_values_supported: ASYMMETRIC_ALGORITHMS,
      revocation_endpoint: `${issuer}/oauth/revoke`,
      revocation_endpoint_auth_methods_supported: [...METHODS, 'none'],
      revocation_endpoint_auth_signing_alg_values_supported: ASYMMETRIC_ALGORITHMS,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      scopes_supported: KNOWN_SCOPES,
      token_endpoint_auth_methods_supported: METHODS,
      token_endpoint_auth_signing_alg_values_supported: ASYMMETRIC_ALGORITHMS,
      ...(this.config.PUBLIC_DOCS === 'on' && { service_documentation: `${issuer}/docs` }),
    };
  }
}
