import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
} from 'class-validator';
import { canonicalScope, KNOWN_SCOPES } from '../../auth/index.js';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import { problemsOfTargetUrl } from '../../http/upstream/target-url.rules.js';
import { thumbprintOf } from '../../shared/jwk/thumbprint.js';
import { authMethodsOf, goodSecrets } from '../client.rules.js';
import type { AuthMethod, Client, KeySet, PublicKey } from '../client.types.js';

/** An id that needs no encoding in a path, a query or a Basic header. */
const CLIENT_ID = {
  pattern: /^[\w.~-]{3,64}$/,
  message: 'must be 3 to 64 letters, digits or any of . _ ~ -',
} as const;

const EXAMPLE_KEY = {
  kty: 'OKP',
  crv: 'Ed25519',
  kid: '2026-01',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
};

const THIRTY_DAYS = 30 * 24 * 3600;

/** Returns each scope in its canonical spelling, whichever was sent (behaviour D-06). */
const canonical = ({ value }: { value: unknown }): unknown =>
  Array.isArray(value)
    ? value.map((scope: unknown) => (typeof scope === 'string' ? canonicalScope(scope) : scope))
    : value;

class ClientVersionDto {
  @ApiProperty({
    type: 'integer',
    example: 1,
    description: 'The version that you read. Any other version is 409.',
  })
  @IsInt()
  version!: number;
}

class ClientChangesDto {
  @ApiPropertyOptional({ example: 'Order export', maxLength: 200 })
  @OptionalField()
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional({
    example: true,
    description:
      'If false, the client gets no tokens, and the tokens that it has are refused. Default: true for a new client.',
  })
  @OptionalField()
  @IsBoolean()
  enabled?: boolean;

  @ApiPropertyOptional({
    enum: KNOWN_SCOPES,
    isArray: true,
    example: ['site.site_read'],
    description: 'The scopes that it may be granted. You can only add scopes that your own token holds.',
  })
  @OptionalField()
  @Transform(canonical)
  @IsArray()
  @ArrayMaxSize(100)
  @IsIn(KNOWN_SCOPES, { each: true })
  scopes?: string[];
}

/** What both a new and a changed client may say about its keys. `ClientController` reads `jwks`. */
class ClientKeysDto extends ClientChangesDto {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { keys: [EXAMPLE_KEY] },
    description:
      'For `private_key_jwt`: up to 10 public keys (RFC 7517), RSA of 2048 bits or more, EC or Ed25519. A key may also ' +
      'be PEM text (`-----BEGIN PUBLIC KEY-----`); its `kid` is then its thumbprint (RFC 7638). Takes the place of ' +
      '`jwksUri`. Null takes the keys away.',
  })
  @Raw()
  jwks?: unknown;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'https://export.example/jwks.json',
    description:
      'For `private_key_jwt`: where the public keys are, an https address. They are fetched again after ten minutes, ' +
      'and when an assertion names an unknown key. Takes the place of `jwks`. Null takes it away.',
  })
  @IsOptional()
  @ValidateBy({
    name: 'isTargetUrl',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && problemsOfTargetUrl('jwksUri', value).length === 0,
      defaultMessage: () => 'must be an https address without a user, a password or a #part',
    },
  })
  jwksUri?: string | null;
}

export class NewClientDto extends ClientKeysDto {
  @ApiProperty({
    example: 'acme-export',
    pattern: CLIENT_ID.pattern.source,
    description: 'Id of the client, unique across all tenants: 3 to 64 letters, digits or any of `. _ ~ -`.',
  })
  @IsString()
  @Matches(CLIENT_ID.pattern, { message: CLIENT_ID.message })
  clientId!: string;

  @ApiProperty({
    enum: ['storefront', 'backend'],
    description:
      '`storefront`: public, without a secret, for anonymous tokens. `backend`: for client credentials.',
  })
  @IsIn(['storefront', 'backend'])
  kind!: 'storefront' | 'backend';
}

export class ChangeClientDto extends ClientKeysDto {
  @ApiPropertyOptional({
    example: true,
    description:
      'If true, all tokens that the client has end, as when its private key leaked. Default: false.',
  })
  @OptionalField()
  @IsBoolean()
  endTokens?: boolean;

  @ApiProperty({ type: ClientVersionDto })
  @Nested(() => ClientVersionDto)
  metadata!: ClientVersionDto;
}

export class RenewSecretDto {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: THIRTY_DAYS,
    example: 3600,
    description:
      'How many seconds the earlier secret stays valid, up to 30 days. With 0, for a secret that leaked, it ends now, and so do all tokens ' +
      'of the client.',
  })
  @IsInt()
  @Min(0)
  @Max(THIRTY_DAYS)
  overlapSeconds!: number;

  @ApiProperty({ type: ClientVersionDto })
  @Nested(() => ClientVersionDto)
  metadata!: ClientVersionDto;
}

class ClientMetadataDto {
  @ApiProperty({ type: 'integer', example: 1 })
  version!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  modifiedAt!: string;
}

class ClientKeyDto {
  @ApiPropertyOptional({ example: '2026-01', description: 'How assertions name it.' })
  kid?: string;

  @ApiProperty({ enum: ['RSA', 'EC', 'OKP'], example: 'OKP' })
  kty!: string;

  @ApiPropertyOptional({ example: 'Ed25519', description: 'Absent for RSA.' })
  crv?: string;

  @ApiPropertyOptional({
    example: 'Ed25519',
    description: 'The one algorithm that it is for, if it names one.',
  })
  alg?: string;

  @ApiProperty({
    example: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    description: 'SHA-256 thumbprint (RFC 7638).',
  })
  thumbprint!: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'Absent for a key that the client had before this was kept.',
  })
  addedAt?: string;
}

/** The only thing shown of a secret is when it ends. */
export class ClientDto {
  @ApiProperty({ example: 'acme-export' })
  clientId!: string;

  @ApiProperty({ enum: ['storefront', 'backend'] })
  kind!: 'storefront' | 'backend';

  @ApiPropertyOptional({ example: 'Order export' })
  name?: string;

  @ApiProperty()
  enabled!: boolean;

  @ApiProperty({ type: [String], example: ['site.site_read'] })
  scopes!: readonly string[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    example: { keys: [EXAMPLE_KEY] },
    description: 'The public keys that verify its assertions, for `private_key_jwt`.',
  })
  jwks?: KeySet;

  @ApiPropertyOptional({
    example: 'https://export.example/jwks.json',
    description: 'Where these public keys are, if the client publishes them itself.',
  })
  jwksUri?: string;

  @ApiPropertyOptional({ type: [ClientKeyDto], description: 'The keys of `jwks`, for people to read.' })
  keys?: readonly ClientKeyDto[];

  @ApiProperty({
    enum: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    isArray: true,
    example: ['private_key_jwt'],
    description: 'How it may authenticate. While it changes from a secret to keys, it has both.',
  })
  tokenEndpointAuthMethods!: readonly AuthMethod[];

  @ApiProperty({ description: 'Whether it has a secret that is valid now.' })
  hasSecret!: boolean;

  @ApiProperty({
    type: [String],
    example: ['2026-01-15T13:00:00.000Z'],
    description: 'When each earlier secret that is still valid expires.',
  })
  earlierSecretsEndAt!: readonly string[];

  @ApiProperty({ type: ClientMetadataDto })
  metadata!: ClientMetadataDto;
}

export class NewSecretDto extends ClientDto {
  @ApiPropertyOptional({ description: 'The new secret, shown only this once. A storefront has none.' })
  secret?: string;
}

export function toClientDto(client: Client, now: Date): ClientDto {
  const { clientId, kind, name, enabled, scopes, jwks, jwksUri, version, createdAt, modifiedAt } = client;
  const secrets = goodSecrets(client, now);
  const ends = secrets.map(({ endsAt }) => endsAt?.toISOString());
  return {
    clientId,
    kind,
    ...(name !== undefined && { name }),
    enabled,
    scopes,
    ...(jwks !== undefined && {
      jwks: { keys: jwks.keys.map(({ addedAt: _when, ...key }) => key) },
      keys: jwks.keys.map(toKeyDto),
    }),
    ...(jwksUri !== undefined && { jwksUri }),
    tokenEndpointAuthMethods: authMethodsOf(client, now),
    hasSecret: secrets.length > 0,
    earlierSecretsEndAt: ends.filter((end) => end !== undefined),
    metadata: { version, createdAt: createdAt.toISOString(), modifiedAt: modifiedAt.toISOString() },
  };
}

const toKeyDto = ({ kid, kty, crv, alg, addedAt, ...members }: PublicKey): ClientKeyDto => ({
  ...(kid !== undefined && { kid }),
  kty,
  ...(crv !== undefined && { crv }),
  ...(alg !== undefined && { alg }),
  thumbprint: thumbprintOf({ kty, crv, ...members }),
  ...(addedAt && { addedAt: addedAt.toISOString() }),
});
