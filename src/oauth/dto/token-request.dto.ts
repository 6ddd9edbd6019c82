import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The form of `POST /oauth/token` (RFC 6749 section 4.4.2). Checked by the controller, for OAuth's own errors. */
export class TokenRequestDto {
  @ApiProperty({ enum: ['client_credentials'] })
  grant_type!: string;

  @ApiPropertyOptional({ example: 'acme-backend', description: 'or as user of a Basic header' })
  client_id?: string;

  @ApiPropertyOptional({ example: 'acme-backend-secret', description: 'or as password of a Basic header' })
  client_secret?: string;

  @ApiPropertyOptional({
    example: 'tenant=acme session_context.context_manage',
    description: 'what is asked for, separated by spaces; empty: all that the client may have',
  })
  scope?: string;
}

export class ServiceTokenDto {
  @ApiProperty()
  access_token!: string;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: string;

  @ApiProperty({ example: 14399, description: 'seconds' })
  expires_in!: number;

  @ApiProperty({ example: 120, description: 'seconds' })
  session_idle_time!: number;

  @ApiPropertyOptional({
    enum: [''],
    description: 'empty: a service token is not refreshed. Left out when `Accept` is just `application/json`',
  })
  refresh_token?: string;

  @ApiPropertyOptional({ enum: [0], description: 'left out together with `refresh_token`' })
  refresh_token_expires_in?: number;

  @ApiProperty({ example: 'session_context.context_manage tenant=acme', description: 'what was granted' })
  scope!: string;
}

export class OAuthErrorDto {
  @ApiProperty({ example: 'invalid_client' })
  error!: string;

  @ApiProperty({ example: 'Client authentication failed' })
  error_description!: string;
}
