import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsISO8601, IsNumber, Max, Min } from 'class-validator';
import { IsCurrency, OptionalField } from '../../http/input/fields.decorator.js';
import { NestedList } from '../../http/input/nested.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import { MAX_AMOUNT } from '../../shared/money.js';
import type { Draft, LegalEntity, LegalEntityType } from '../client-management.types.js';
import { ApproverDto } from './contact-assignment.dto.js';
import { CompanyLocationDto } from './location.dto.js';
import {
  defined,
  IsPlainText,
  IsRecordId,
  OptionalJson,
  OptionalNested,
  OptionalText,
  partsOf,
  RecordDto,
  ReferenceDto,
  RecordInputDto,
} from './parts.dto.js';
import { IsTextList } from './text-list.decorator.js';

export const ENTITY_TYPES: readonly LegalEntityType[] = ['COMPANY', 'SUBSIDIARY'];
const MOST_REFERENCES = 50;

class AccountLimitDto {
  @ApiPropertyOptional({ example: 'EUR', description: 'ISO 4217 code.' })
  @OptionalField()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({ example: 1000, minimum: 0, maximum: MAX_AMOUNT, description: 'The limit.' })
  @OptionalField()
  @IsNumber()
  @Min(0)
  @Max(MAX_AMOUNT)
  value?: number;
}

class LegalInfoDto {
  @OptionalText('Registered name.', 'Acme Tools GmbH')
  legalName?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Date of registration. ISO 8601.' })
  @OptionalField()
  @IsISO8601({ strict: true })
  registrationDate?: string;

  @OptionalText('Tax number.')
  taxRegistrationNumber?: string;

  @OptionalText('Where it is registered.')
  registrationAgency?: string;

  @OptionalText('Country of registration.', 'DE')
  countryOfRegistration?: string;

  @OptionalText('Id of the registration.')
  registrationId?: string;
}

class EntityGroupDto {
  @ApiProperty({ example: 'gold', description: 'Id of the group.' })
  @IsPlainText(128)
  id!: string;

  @OptionalJson('Name of the group by language.')
  name?: JsonObject;

  @OptionalText('Role of the group.')
  role?: string;
}

const References = (type: () => Type<object>, description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: () => [type()], maxItems: MOST_REFERENCES, description }),
    OptionalField(),
    NestedList(type, { max: MOST_REFERENCES }),
  );

class EntityFieldsDto extends RecordInputDto {
  @ApiProperty({ example: 'Acme Tools', maxLength: 250, description: 'Name of the legal entity.' })
  @IsPlainText()
  name!: string;

  @ApiPropertyOptional({ description: 'Id of the legal entity above this one.' })
  @OptionalField()
  @IsRecordId()
  parentId?: string;

  @OptionalNested(() => AccountLimitDto, 'How much may be bought.')
  accountLimit?: AccountLimitDto;

  @OptionalNested(() => LegalInfoDto, 'What the register says.')
  legalInfo?: LegalInfoDto;

  @References(() => EntityGroupDto, 'Groups whose prices apply to customers who buy for this legal entity.')
  customerGroups?: EntityGroupDto[];

  @References(() => ReferenceDto, 'Its locations, by id.')
  entitiesAddresses?: ReferenceDto[];

  @References(() => ReferenceDto, 'Who approves orders: contact assignments, by id.')
  approvalGroup?: ReferenceDto[];

  @ApiPropertyOptional({
    type: [String],
    maxItems: 1,
    description: 'Kept and returned. It restricts nothing: access goes by scopes alone.',
  })
  @OptionalField()
  @IsArray()
  @ArrayMaxSize(1)
  @IsTextList(64)
  restrictions?: string[];
}

const TYPE = { enum: ENTITY_TYPES, description: 'Whether it is a company or a subsidiary.' } as const;

/** The body of PUT. */
export class PutLegalEntityDto extends EntityFieldsDto {
  @ApiProperty({ ...TYPE, example: 'COMPANY' })
  @IsIn(ENTITY_TYPES)
  type!: LegalEntityType;
}

/** The body of POST. */
export class NewLegalEntityDto extends EntityFieldsDto {
  @ApiPropertyOptional({ description: 'Id of the legal entity; generated if left out.' })
  @OptionalField()
  @IsRecordId()
  id?: string;

  @ApiPropertyOptional({ ...TYPE, default: 'COMPANY' })
  @OptionalField()
  @IsIn(ENTITY_TYPES)
  type?: LegalEntityType;
}

export class LegalEntityIdParam {
  @ApiProperty({ example: 'acme-tools', description: 'Id of the legal entity.' })
  @IsRecordId()
  legalEntityId!: string;
}

/** A legal entity with what it refers to, as far as that still exists. */
export class LegalEntityDto extends RecordDto {
  @ApiProperty({ description: 'Name of the legal entity.' })
  name!: string;

  @ApiProperty(TYPE)
  type!: LegalEntityType;

  @ApiPropertyOptional({ description: 'Id of the legal entity above this one.' })
  parentId?: string;

  @ApiPropertyOptional({ type: AccountLimitDto, description: 'How much may be bought.' })
  accountLimit?: NonNullable<LegalEntity['accountLimit']>;

  @ApiPropertyOptional({ type: LegalInfoDto, description: 'What the register says.' })
  legalInfo?: NonNullable<LegalEntity['legalInfo']>;

  @ApiPropertyOptional({ type: [EntityGroupDto], description: 'Groups whose prices apply.' })
  customerGroups?: LegalEntity['customerGroups'];

  @ApiPropertyOptional({ type: [CompanyLocationDto], description: 'Its locations.' })
  entitiesAddresses?: CompanyLocationDto[];

  @ApiPropertyOptional({ type: [ApproverDto], description: 'Who approves orders.' })
  approvalGroup?: ApproverDto[];

  @ApiPropertyOptional({ type: [String], description: 'As it was sent.' })
  restrictions?: readonly string[];
}

/** An assignment with its legal entity, or with the id alone once that is gone. */
export class ContactAssignmentDto extends OmitType(ApproverDto, ['legalEntity']) {
  @ApiProperty({ type: LegalEntityDto, description: 'The legal entity; its id alone once it is removed.' })
  legalEntity!: LegalEntityDto | ReferenceDto;
}

export const toEntityDraft = (dto: PutLegalEntityDto | NewLegalEntityDto): Draft<LegalEntity> => ({
  ...partsOf(dto),
  name: dto.name,
  type: dto.type ?? 'COMPANY',
  ...(dto.parentId !== undefined && { parentId: dto.parentId }),
  ...(dto.accountLimit && { accountLimit: defined({ ...dto.accountLimit }) }),
  ...(dto.legalInfo && { legalInfo: defined({ ...dto.legalInfo }) }),
  ...(dto.restrictions && { restrictions: dto.restrictions }),
  customerGroups: (dto.customerGroups ?? []).map(({ id, name, role }) => ({
    id,
    ...(name && { name }),
    ...(role !== undefined && { role }),
  })),
  entitiesAddresses: idsOf(dto.entitiesAddresses),
  approvalGroup: idsOf(dto.approvalGroup),
});

const idsOf = (references: readonly ReferenceDto[] = []): readonly string[] => [
  ...new Set(references.map(({ id }) => id)),
];
