import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ClientCredentialsFormDto } from './client-credentials-form.dto.js';

/**
 * The form of `POST /oauth/token` (RFC 6749 section 4.4.2). The controller checks it, so that errors have OAuth's own
 * form.
 */
export class TokenRequestDto extends ClientCredentialsFormDto {
  @ApiProperty({ enum: ['client_credentials'] })
  grant_type!: string;

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
