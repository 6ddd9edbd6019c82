import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';
import { IsCountry, IsCurrency, IsLanguage, OptionalField } from '../../http/input/fields.decorator.js';
import { tenantOf, TenantQueryDto } from '../../http/query/tenant-query.dto.js';
import type { RequestedValues, TokenSet } from '../../session/index.js';
import type { Storefront } from '../anonymous-login.service.js';

class StorefrontQueryDto extends TenantQueryDto {
  @ApiProperty({ example: 'acme-storefront' })
  @IsString()
  @MaxLength(200)
  client_id!: string;
}

/** The values requested here become the first values of the context (behaviours W-07, D-24). */
export class AnonymousLoginQueryDto extends StorefrontQueryDto {
  @ApiPropertyOptional({
    example: 'EUR',
    description: 'ISO 4217 code of a currency that the site sells in. Default: the currency of the site.',
  })
  @OptionalField()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({
    example: 'main',
    description: 'Code of the site. Default: the default site of the tenant.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(64)
  siteCode?: string;

  @ApiPropertyOptional({ example: 'DE' })
  @OptionalField()
  @IsCountry()
  targetLocation?: string;

  @ApiPropertyOptional({ example: 'de' })
  @OptionalField()
  @IsLanguage()
  language?: string;
}

export const storefrontOf = (query: StorefrontQueryDto): Storefront => ({
  tenant: tenantOf(query),
  clientId: query.client_id,
});

export function askedValuesOf(query: AnonymousLoginQueryDto): RequestedValues {
  const { tenant: _tenant, 'hybris-tenant': _sameTenant, client_id: _client, ...asked } = query;
  return asked;
}

export class AnonymousRefreshQueryDto extends StorefrontQueryDto {
  @ApiPropertyOptional({ description: 'The refresh token. Send this or `anonymous_token`.' })
  @OptionalField()
  @IsString()
  @MaxLength(4096)
  refresh_token?: string;

  @ApiPropertyOptional({
    description: 'The older way: the access token. The answer then has no refresh token.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(4096)
  anonymous_token?: string;
}

export class AnonymousTokenDto {
  @ApiProperty({ enum: ['Bearer'] })
  token_type!: string;

  @ApiProperty()
  access_token!: string;

  @ApiProperty({ example: 3599, description: 'Seconds until the access token expires.' })
  expires_in!: number;

  @ApiPropertyOptional()
  refresh_token?: string;

  @ApiPropertyOptional({ example: 86399, description: 'Seconds until the refresh token expires.' })
  refresh_token_expires_in?: number;

  @ApiProperty({ example: '6d4d4d5e-04b9-40c5-9074-4df1405c6081' })
  sessionId!: string;

  @ApiProperty({ example: 'tenant=acme' })
  scope!: string;
}

export function toAnonymousTokenDto(tokens: TokenSet): AnonymousTokenDto {
  return {
    token_type: 'Bearer',
    access_token: tokens.accessToken,
    expires_in: tokens.expiresIn,
    ...(tokens.refreshToken !== undefined && {
      refresh_token: tokens.refreshToken,
      refresh_token_expires_in: tokens.refreshTokenExpiresIn,
    }),
    sessionId: tokens.sessionId,
    scope: tokens.scope,
  };
}
