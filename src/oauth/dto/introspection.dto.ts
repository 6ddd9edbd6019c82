import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type LiveToken, liveScope } from '../../auth/index.js';
import { ClientCredentialsFormDto } from './client-credentials-form.dto.js';

const USES = ['anonymous', 'customer', 'service', 'operator', 'saas', 'vtex_session', 'refresh'] as const;

/** The form of `POST /oauth/introspect` (RFC 7662 section 2.1). */
export class TokenFormDto extends ClientCredentialsFormDto {
  @ApiProperty({ description: 'The token to look at.' })
  token!: string;

  @ApiPropertyOptional({
    example: 'access_token',
    description: 'What kind of token it is. Not needed: the token itself shows it.',
  })
  token_type_hint?: string;
}

export class IntrospectionDto {
  @ApiProperty({ description: 'Whether the token opens anything now. If not, the answer says nothing else.' })
  active!: boolean;

  @ApiPropertyOptional({
    enum: USES,
    description: 'The kind of token. Check it: only the first four are access tokens.',
  })
  token_use?: LiveToken['use'];

  @ApiPropertyOptional({ enum: ['Bearer'], description: 'Of access tokens only.' })
  token_type?: string;

  @ApiPropertyOptional({
    example: 'site.site_read tenant=acme',
    description: 'Of access tokens: the scopes that they grant now, and the tenant.',
  })
  scope?: string;

  @ApiPropertyOptional({ description: 'The client that the token was issued to.' })
  client_id?: string;

  @ApiPropertyOptional({ description: 'The tenant. The operator’s tokens have none.' })
  tenant?: string;

  @ApiPropertyOptional({ description: 'The session that the token belongs to.' })
  sid?: string;

  @ApiPropertyOptional({ description: 'The customer, the guest’s session, or the client.' })
  sub?: string;

  @ApiPropertyOptional({
    description: 'The issuer. Left out for refresh tokens, which say nothing themselves.',
  })
  iss?: string;

  @ApiPropertyOptional({ description: 'The audience, of access tokens and saas tokens.' })
  aud?: string;

  @ApiPropertyOptional({ description: 'When the token was issued, in seconds since 1970.' })
  iat?: number;

  @ApiPropertyOptional({ description: 'When the token expires, in seconds since 1970.' })
  exp?: number;

  @ApiPropertyOptional({ description: 'The id of the token.' })
  jti?: string;
}

const ACCESS: ReadonlySet<LiveToken['use']> = new Set(['anonymous', 'customer', 'service', 'operator']);

export function toIntrospectionDto(live: LiveToken | undefined, issuer: string): IntrospectionDto {
  if (!live) return { active: false };
  const { use, tenant, clientId, sessionId, sub, iat, exp, jti } = live;
  const isAccess = ACCESS.has(use);
  return {
    active: true,
    token_use: use,
    ...(isAccess && { token_type: 'Bearer', scope: liveScope(live) }),
    ...(clientId !== undefined && { client_id: clientId }),
    ...(tenant !== undefined && { tenant }),
    ...(sessionId !== undefined && { sid: sessionId }),
    ...(sub !== undefined && { sub }),
    ...(use !== 'refresh' && { iss: issuer }),
    ...((isAccess || use === 'saas') && { aud: issuer }),
    iat,
    exp,
    ...(jti !== undefined && { jti }),
  };
}
