import { ApiPropertyOptional } from '@nestjs/swagger';

/** How a client says who it is in a form (RFC 6749 section 2.3.1, RFC 7523 section 2.2). */
export class ClientCredentialsFormDto {
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
}
