import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The form of `POST /oauth/revoke` (RFC 7009 section 2.1). */
export class RevocationFormDto {
  @ApiProperty({ description: 'An access token or refresh token of a shopper.' })
  token!: string;

  @ApiPropertyOptional({
    example: 'refresh_token',
    description: 'What kind of token it is. Not needed: the token itself shows it.',
  })
  token_type_hint?: string;

  @ApiPropertyOptional({
    example: 'acme-storefront',
    description:
      'Id of the client that the token was issued to. A backend may send it in a Basic header instead.',
  })
  client_id?: string;

  @ApiPropertyOptional({
    example: 'acme-backend-secret',
    description: 'Secret of a backend. Storefronts have none. May be sent in a Basic header instead.',
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
}
