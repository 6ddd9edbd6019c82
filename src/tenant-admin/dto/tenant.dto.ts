import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { KnownItemsOnly } from '../../http/input/known-items.decorator.js';
import { CursorPageDto } from '../../http/query/cursor-page.js';

const SETTINGS = {
  type: 'object',
  additionalProperties: true,
  example: { anonymousLifetimeSeconds: 3600, cartAtLogin: 'merge' },
} as const;

const part = (description: string, example: object) =>
  ({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description,
    example: [example],
  }) as const;

const BACKEND = { clientId: 'newshop-backend', kind: 'backend', scopes: ['site.site_read'] };
const SITE = {
  code: 'main',
  name: 'Main',
  default: true,
  defaultLanguage: 'en',
  languages: ['en'],
  currency: 'EUR',
  homeBase: { address: { country: 'DE' } },
};

/** What a tenant of the bootstrap file may hold besides its name and settings. `readSentTenant` checks it. */
class TenantPartsDto {
  @ApiPropertyOptional(
    part('OAuth clients. A backend has a `secret` of at least 16 characters, which no answer shows.', {
      ...BACKEND,
      secret: 'at-least-16-characters',
    }),
  )
  clients?: object[];

  @ApiPropertyOptional(part('Sites.', SITE))
  sites?: object[];

  @ApiPropertyOptional(
    part('Customers with their passwords, 50 at most in one request.', {
      email: 'anna@newshop.test',
      password: 'a-long-Password-2026',
    }),
  )
  customers?: object[];

  @ApiPropertyOptional(
    part('Price models.', {
      id: 'piece',
      name: { en: 'Per piece' },
      measurementUnit: { quantity: 1, unitCode: 'pc' },
    }),
  )
  priceModels?: object[];

  @ApiPropertyOptional(
    part('Prices. Their sites and price models must exist or be sent too.', {
      id: 'umbrella-eur',
      itemId: 'umbrella',
      currency: 'EUR',
      values: [19.9],
    }),
  )
  prices?: object[];

  @ApiPropertyOptional(part('Discount codes.', { code: 'WELCOME10', percent: 10 }))
  discounts?: object[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'What the apps of the VTEX dialect need. Loaded only if the tenant has none of it yet.',
    example: { customerGroups: [{ id: 'gold', priceTables: ['gold'] }] },
  })
  vtex?: object;
}

export class NewTenantDto extends TenantPartsDto {
  @ApiProperty({
    example: 'newshop',
    description: '3 to 16 lower case letters and digits, beginning with a letter. `tenants` is reserved.',
  })
  name!: string;

  @ApiPropertyOptional({ ...SETTINGS, description: 'The settings, as in the bootstrap file. Default: none.' })
  settings?: object;
}

class ReadVersionDto {
  @ApiProperty({
    type: 'integer',
    example: 1,
    description: 'The version that you read. Any other version is 409.',
  })
  version!: number;
}

export class ChangeTenantDto extends TenantPartsDto {
  @ApiPropertyOptional({
    example: true,
    description:
      'If false, the tenant is switched off: its clients get no tokens, its tokens are refused (401), and in the VTEX ' +
      'dialect its account does not exist (404). Nothing is lost: switched on again, its sessions continue.',
  })
  enabled?: boolean;

  @ApiPropertyOptional({
    ...SETTINGS,
    description: 'A JSON Merge Patch (RFC 7396) of the settings: null removes one, lists are replaced.',
  })
  settings?: object;

  @ApiProperty({ type: ReadVersionDto, description: 'The version that you read.' })
  metadata!: ReadVersionDto;
}

export class ConfirmDeletionDto {
  @ApiProperty({ example: 'newshop', description: 'The name of the tenant once more.' })
  @IsString()
  confirm!: string;
}

@KnownItemsOnly()
export class TenantListQueryDto extends CursorPageDto {}

class TenantMetadataDto {
  @ApiProperty({ type: 'integer', example: 1, description: 'Grows with each change.' })
  version!: number;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'When the tenant was created.' })
  createdAt?: Date;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    description: 'When the tenant was last changed.',
  })
  modifiedAt?: Date;
}

export class TenantDto {
  @ApiProperty({ example: 'acme', description: 'Name of the tenant.' })
  name!: string;

  @ApiProperty({ example: true, description: 'Whether the tenant is switched on.' })
  enabled!: boolean;

  @ApiProperty({ ...SETTINGS, description: 'The tenant’s own settings.' })
  settings!: object;

  @ApiProperty({ type: TenantMetadataDto, description: 'Version and times.' })
  metadata!: TenantMetadataDto;
}

export class WholeTenantDto extends TenantDto {
  @ApiProperty(part('OAuth clients, without secrets, the first 200.', { ...BACKEND, enabled: true }))
  clients!: object[];

  @ApiProperty(part('Sites.', SITE))
  sites!: object[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'What the apps of the VTEX dialect need.',
    example: { customerGroups: [{ id: 'gold', priceTables: ['gold'] }] },
  })
  vtex?: object;
}

class KeptPartDto {
  @ApiProperty({ example: 'clients[0]', description: 'Which part of the request.' })
  field!: string;

  @ApiProperty({ example: 'differs from the store in scopes', description: 'How it differs.' })
  message!: string;
}

export class ChangedTenantDto extends WholeTenantDto {
  @ApiProperty({
    type: [KeptPartDto],
    description: 'Parts of the request that exist and differ. They were kept as they are.',
  })
  kept!: readonly KeptPartDto[];
}

export class TenantListDto {
  @ApiProperty({ type: [TenantDto], description: 'The tenants, newest first.' })
  items!: readonly TenantDto[];

  @ApiPropertyOptional({
    example: 'WzE3NzA1MDAwMDAwMDAsImFjbWUiXQ',
    description: 'Send it as `cursor` to go on. Absent on the last page.',
  })
  next?: string;
}

export class StartedDeletionDto {
  @ApiProperty({
    example: '66f1b2c3d4e5f60718293a4b',
    description: 'Ask for it at `/admin/tenants/jobs/{job}`.',
  })
  job!: string;
}

export class TenantJobDto extends StartedDeletionDto {
  @ApiProperty({ example: 'newshop', description: 'The tenant that is deleted.' })
  tenant!: string;

  @ApiProperty({ enum: ['running', 'done'], example: 'running', description: '`done`: nothing is left.' })
  state!: 'running' | 'done';

  @ApiProperty({ type: 'integer', example: 2000, description: 'How many records were removed.' })
  done!: number;

  @ApiProperty({ type: String, format: 'date-time', description: 'When the deletion was requested.' })
  requestedAt!: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'When nothing was left.' })
  finishedAt?: Date;
}
