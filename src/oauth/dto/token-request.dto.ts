import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/**
 * The form of `POST /oauth/token` (RFC 6749 section 4.4.2). The controller checks it, so that errors have OAuth's own
 * form.
 */
export class TokenRequestDto {
  @ApiProperty({ enum: ['client_credentials'] })
  grant_type!: string;

  @ApiPropertyOptional({
    example: 'acme-backend',
    description: 'Id of the client. May be sent as the user of a Basic header instead.',
  })
  client_id?: string;

  @ApiPropertyOptional({
    example: 'acme-backend-secret',
    description: 'Secret of the client. May be sent as the password of a Basic header instead.',
  })
  client_secret?: string;

  @ApiPropertyOptional({
    description:
      'In place of a secret: a JWT that the client signed (RFC 7523). `iss` and `sub` are its id, `aud` is the issuer ' +
      'or the token endpoint, `exp` is at most ten minutes ahead, and each `jti` is good for one request.',
  })
  client_assertion?: string;

  @ApiPropertyOptional({
    example: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    description: 'Required with `client_assertion`: this value.',
  })
  client_assertion_type?: string;

  @ApiPropertyOptional({
    example: 'tenant=acme session_context.context_manage',
    description: 'The requested scopes, separated by spaces. Default: every scope that the client has.',
  })
  scope?: string;
}

export class ServiceTokenDto {
  @ApiProperty()
  access_token!: string;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: string;

  @ApiProperty({ example: 14399, description: 'Seconds until the access token expires.' })
  expires_in!: number;

  @ApiProperty({
    example: 120,
    description: 'Always 120 seconds; this service ends no session for being idle.',
  })
  session_idle_time!: number;

  @ApiPropertyOptional({
    enum: [''],
    description:
      'Always empty, because a service token is not refreshed. Left out if `Accept` is just `application/json`.',
  })
  refresh_token?: string;

  @ApiPropertyOptional({ enum: [0], description: 'Always 0. Left out together with `refresh_token`.' })
  refresh_token_expires_in?: number;

  @ApiProperty({
    example: 'session_context.context_manage tenant=acme',
    description: 'The granted scopes and the tenant.',
  })
  scope!: string;
}

export class OAuthErrorDto {
  @ApiProperty({ example: 'invalid_client' })
  error!: string;

  @ApiProperty({ example: 'Client authentication failed' })
  error_description!: string;
}
