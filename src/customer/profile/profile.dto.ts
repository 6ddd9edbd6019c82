import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsInt, IsOptional } from 'class-validator';
import { Nested } from '../../http/input/nested.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import { ClearableText, OptionalMixins, Trimmed } from '../dto/fields.decorator.js';
import { AddressDto, AddressMetadataDto } from './address.dto.js';
import type { CompanyOfCustomer } from './companies-of-customer.js';

class CompanyDto {
  @ClearableText('123-456-789', 'Needs `firstName`, `lastName` and `company`.')
  companyRegistrationId?: string | null;
}

class ProfileMetadataDto extends AddressMetadataDto {
  @ApiPropertyOptional({
    type: 'integer',
    example: 1,
    description: 'The version that you read. Any other version is 409. Default: the current version.',
  })
  @IsOptional()
  @IsInt()
  version?: number | null;
}

/** Body of PATCH and PUT of a profile, and `customerDetails` of a signup. */
export class ProfileChangesDto {
  @ClearableText('MS')
  title?: string | null;

  @ClearableText('Anna')
  firstName?: string | null;

  @ClearableText('')
  middleName?: string | null;

  @ClearableText('Beispiel')
  lastName?: string | null;

  @ClearableText('anna@example.com', 'Can be changed but not removed.')
  @Trimmed()
  @IsEmail()
  contactEmail?: string | null;

  @ClearableText('123456789')
  contactPhone?: string | null;

  @ClearableText('ACME')
  company?: string | null;

  @ClearableText('en_US', 'BCP 47 tag.')
  preferredLanguage?: string | null;

  @ClearableText('EUR', 'ISO 4217 code.')
  preferredCurrency?: string | null;

  @ClearableText('main', 'Code of a site.')
  preferredSite?: string | null;

  @ApiPropertyOptional({ type: CompanyDto, nullable: true })
  @IsOptional()
  @Nested(() => CompanyDto)
  b2b?: CompanyDto | null;

  @ApiPropertyOptional({ type: ProfileMetadataDto, nullable: true })
  @IsOptional()
  @Nested(() => ProfileMetadataDto)
  metadata?: ProfileMetadataDto | null;

  @OptionalMixins('Your own data. A change is merged by key, and null removes a key.')
  mixins?: JsonObject | null;
}

class AccountDto {
  @ApiProperty({ description: 'The e-mail address that logs in.' })
  id!: string;
}

class LegalEntityOfCustomerDto implements CompanyOfCustomer {
  @ApiProperty({ description: 'Id of the legal entity.' })
  id!: string;

  @ApiProperty({ description: 'Name of the legal entity.' })
  name!: string;

  @ApiProperty({ description: 'Id of the contact assignment.' })
  contactAssignmentId!: string;
}

class B2bOfCustomerDto {
  @ApiPropertyOptional({ description: 'Number of the company in its register.' })
  companyRegistrationId?: string;

  @ApiProperty({
    type: [LegalEntityOfCustomerDto],
    description: 'Legal entities that the customer may act for: name one at a refresh.',
  })
  legalEntities!: readonly LegalEntityOfCustomerDto[];
}

class MetadataOfProfileDto {
  @ApiProperty()
  version!: number;

  @ApiProperty({ type: 'object', additionalProperties: true })
  mixins!: JsonObject;
}

export class ProfileDto {
  @ApiProperty({
    example: '00000000',
    description: 'Id of the customer. The example is that of an anonymous shopper.',
  })
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

  @ApiPropertyOptional({ description: 'BCP 47 tag.' })
  preferredLanguage?: string;

  @ApiPropertyOptional({ description: 'ISO 4217 code.' })
  preferredCurrency?: string;

  @ApiPropertyOptional()
  preferredSite?: string;

  @ApiProperty({ type: [AccountDto] })
  accounts!: readonly AccountDto[];

  @ApiPropertyOptional({ enum: ['B2B', 'B2C'] })
  businessModel?: 'B2B' | 'B2C';

  @ApiPropertyOptional({ type: B2bOfCustomerDto })
  b2b?: B2bOfCustomerDto;

  @ApiPropertyOptional({ type: MetadataOfProfileDto })
  metadata?: MetadataOfProfileDto;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  mixins?: JsonObject;

  @ApiPropertyOptional({ type: String, format: 'date-time' })
  lastLogin?: string;

  @ApiPropertyOptional({ type: [AddressDto], description: 'Only with `expand=addresses`.' })
  addresses?: readonly AddressDto[];

  @ApiPropertyOptional({ type: AddressDto, description: 'Only with `expand=addresses`.' })
  defaultAddress?: AddressDto;
}
