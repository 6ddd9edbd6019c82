import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsInt, IsOptional } from 'class-validator';
import { Nested } from '../../http/input/nested.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import { ClearableText, OptionalMixins, Trimmed } from '../dto/fields.decorator.js';
import { AddressDto, AddressMetadataDto } from './address.dto.js';

class CompanyDto {
  @ClearableText('123-456-789', 'needs firstName, lastName and company')
  companyRegistrationId?: string | null;
}

class ProfileMetadataDto extends AddressMetadataDto {
  @ApiPropertyOptional({
    type: 'integer',
    example: 1,
    description: 'the version that was read; another one answers 409',
  })
  @IsOptional()
  @IsInt()
  version?: number | null;
}

/** PATCH and PUT of a profile, and `customerDetails` of a signup. */
export class ProfileChangesDto {
  @ClearableText('MS')
  title?: string | null;

  @ClearableText('Anna')
  firstName?: string | null;

  @ClearableText('')
  middleName?: string | null;

  @ClearableText('Beispiel')
  lastName?: string | null;

  @ClearableText('anna@example.com', 'can be changed, not removed')
  @Trimmed()
  @IsEmail()
  contactEmail?: string | null;

  @ClearableText('123456789')
  contactPhone?: string | null;

  @ClearableText('ACME')
  company?: string | null;

  @ClearableText('en_US', 'BCP 47')
  preferredLanguage?: string | null;

  @ClearableText('EUR', 'ISO 4217')
  preferredCurrency?: string | null;

  @ClearableText('main', 'code of a site')
  preferredSite?: string | null;

  @ApiPropertyOptional({ type: CompanyDto, nullable: true })
  @IsOptional()
  @Nested(() => CompanyDto)
  b2b?: CompanyDto | null;

  @ApiPropertyOptional({ type: ProfileMetadataDto, nullable: true })
  @IsOptional()
  @Nested(() => ProfileMetadataDto)
  metadata?: ProfileMetadataDto | null;

  @OptionalMixins('data of your own; a change is merged by key, null removes')
  mixins?: JsonObject | null;
}

class AccountDto {
  @ApiProperty({ description: 'e-mail that logs in' })
  id!: string;
}

class CompanyOfProfileDto {
  @ApiProperty()
  companyRegistrationId!: string;

  @ApiProperty({ type: [Object], description: 'always empty: legal entities are not kept here' })
  legalEntities!: readonly object[];
}

class MetadataOfProfileDto {
  @ApiProperty()
  version!: number;

  @ApiProperty({ type: 'object', additionalProperties: true })
  mixins!: JsonObject;
}

export class ProfileDto {
  @ApiProperty({ example: '00000000', description: 'the example is that of an anonymous visitor' })
  id!: string;

  @ApiProperty()
  customerNumber!: string;

  @ApiPropertyOptional()
  title?: string;

  @ApiPropertyOptional()
  firstName?: string;

  @ApiPropertyOptional()
  middleName?: string;

  @ApiPropertyOptional()
  lastName?: string;

  @ApiPropertyOptional()
  contactEmail?: string;

  @ApiPropertyOptional()
  contactPhone?: string;

  @ApiPropertyOptional()
  company?: string;

  @ApiPropertyOptional({ description: 'BCP 47' })
  preferredLanguage?: string;

  @ApiPropertyOptional({ description: 'ISO 4217' })
  preferredCurrency?: string;

  @ApiPropertyOptional()
  preferredSite?: string;

  @ApiProperty({ type: [AccountDto] })
  accounts!: readonly AccountDto[];

  @ApiPropertyOptional({ enum: ['B2B', 'B2C'] })
  businessModel?: 'B2B' | 'B2C';

  @ApiPropertyOptional({ type: CompanyOfProfileDto })
  b2b?: CompanyOfProfileDto;

  @ApiPropertyOptional({ type: MetadataOfProfileDto })
  metadata?: MetadataOfProfileDto;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  mixins?: JsonObject;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  lastLogin?: string;

  @ApiPropertyOptional({ type: [AddressDto], description: 'with `expand=addresses`' })
  addresses?: readonly AddressDto[];

  @ApiPropertyOptional({ type: AddressDto, description: 'with `expand=addresses`' })
  defaultAddress?: AddressDto;
}
