import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ClientCredentialsFormDto } from './client-credentials-form.dto.js';

/** The form of `POST /oauth/revoke` (RFC 7009 section 2.1). */
export class RevocationFormDto extends ClientCredentialsFormDto {
  @ApiProperty({ description: 'An access token or a refresh token.' })
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
  override client_id?: string;

  @ApiPropertyOptional({
    example: 'acme-backend-secret',
    description: 'Secret of a backend. Storefronts have none. May be sent in a Basic header instead.',
  })
  override client_secret?: string;
}
