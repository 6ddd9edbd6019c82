import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { LONGEST_TYPED_PASSWORD } from '../../customer/index.js';
import { OptionalField } from '../../http/input/fields.decorator.js';
import type { TokenSet } from '../../session/index.js';

export class CustomerLoginDto {
  @ApiProperty({ example: 'anna@acme.test' })
  @IsString()
  @MinLength(1)
  @MaxLength(320)
  email!: string;

  @ApiProperty({ example: 'demo-Anna-2026', minLength: 6 })
  @IsString()
  @MinLength(6)
  @MaxLength(LONGEST_TYPED_PASSWORD)
  password!: string;
}

export class LogoutQueryDto {
  @ApiProperty({ description: 'The access token to end. It must belong to the session of the bearer token.' })
  @IsString()
  @MaxLength(4096)
  accessToken!: string;
}

export class CustomerRefreshQueryDto {
  @ApiProperty()
  @IsString()
  @MaxLength(4096)
  refreshToken!: string;

  @ApiPropertyOptional({ description: 'The legal entity to bind to the session from now on.' })
  @OptionalField()
  @IsString()
  @MaxLength(200)
  legalEntityId?: string;
}

/** Has Emporix' names and, beside them, the older ones in camel case (behaviour W-14). */
export class RefreshedCustomerTokenDto {
  @ApiProperty()
  access_token!: string;

  @ApiProperty({ example: 2591999, description: 'Seconds until the access token expires.' })
  expires_in!: number;

  @ApiProperty()
  refresh_token!: string;

  @ApiProperty({ example: 86399, description: 'Seconds until the refresh token expires.' })
  refresh_token_expires_in!: number;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: string;

  @ApiProperty({ example: '45c9726e-77c8-4bd0-b29d-61ab56f59726' })
  session_id!: string;

  @ApiProperty({ deprecated: true })
  accessToken!: string;

  @ApiProperty({ deprecated: true })
  expiresIn!: number;

  @ApiProperty({ deprecated: true })
  refreshToken!: string;

  @ApiProperty({ deprecated: true })
  refreshTokenExpiresIn!: number;
}

export class CustomerTokenDto extends RefreshedCustomerTokenDto {
  @ApiProperty({ description: 'A JWT that names the customer of the session.' })
  saas_token!: string;

  @ApiProperty({ deprecated: true })
  saasToken!: string;

  @ApiProperty({ description: 'Whether a backend of the tenant chose the password.' })
  initialPassword!: boolean;
}

export class ExchangeQueryDto {
  @ApiProperty({ description: 'The JWT of the outside issuer.' })
  @IsString()
  @MaxLength(8192)
  subjectAccessToken!: string;

  @ApiPropertyOptional({
    description: 'Name of one of the declared identity providers. Default: the default provider.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(200)
  config?: string;
}

export class ExchangedTokenDto {
  @ApiProperty({ description: 'The token that was exchanged.' })
  subject_access_token!: string;

  @ApiProperty()
  access_token!: string;

  @ApiProperty()
  saas_token!: string;

  @ApiProperty()
  refresh_token!: string;

  @ApiProperty({ example: 86399, description: 'Seconds until the refresh token expires.' })
  refresh_token_expires_in!: number;

  @ApiProperty({
    example: 120,
    description: 'Always 120 seconds; this service ends no session for being idle.',
  })
  session_idle_time!: number;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: string;

  @ApiProperty({ example: 2591999, description: 'Seconds until the access token expires.' })
  expires_in!: number;

  @ApiProperty()
  scope!: string;

  @ApiProperty()
  session_id!: string;
}

export class ValidTokenDto {
  @ApiProperty({ enum: ['Bearer'] })
  token_type!: string;

  @ApiProperty({ description: 'Seconds until the token expires.' })
  expires_in!: number;

  @ApiProperty()
  scope!: string;

  @ApiProperty()
  sessionId!: string;

  @ApiPropertyOptional()
  email?: string;

  @ApiPropertyOptional()
  legalEntityId?: string;
}

export function toRefreshedCustomerTokenDto(tokens: TokenSet): RefreshedCustomerTokenDto {
  const { accessToken, expiresIn, refreshToken = '', refreshTokenExpiresIn = 0 } = tokens;
  return {
    access_token: accessToken,
    expires_in: expiresIn,
    refresh_token: refreshToken,
    refresh_token_expires_in: refreshTokenExpiresIn,
    token_type: 'Bearer',
    session_id: tokens.sessionId,
    accessToken,
    expiresIn,
    refreshToken,
    refreshTokenExpiresIn,
  };
}

export function toCustomerTokenDto(
  tokens: TokenSet,
  saasToken: string,
  initialPassword: boolean,
): CustomerTokenDto {
  const refreshed = toRefreshedCustomerTokenDto(tokens);
  return { ...refreshed, saas_token: saasToken, saasToken, initialPassword };
}

export function toExchangedTokenDto(
  subjectToken: string,
  { tokens, saasToken }: { readonly tokens: TokenSet; readonly saasToken: string },
): ExchangedTokenDto {
  return {
    subject_access_token: subjectToken,
    access_token: tokens.accessToken,
    saas_token: saasToken,
    refresh_token: tokens.refreshToken ?? '',
    refresh_token_expires_in: tokens.refreshTokenExpiresIn ?? 0,
    session_idle_time: 120,
    token_type: 'Bearer',
    expires_in: tokens.expiresIn,
    scope: tokens.scope,
    session_id: tokens.sessionId,
  };
}
