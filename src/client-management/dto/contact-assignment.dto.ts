import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import type { ContactAssignment, ContactType, Draft } from '../client-management.types.js';
import { IsPlainText, IsRecordId, partsOf, RecordDto, ReferenceDto, RecordInputDto } from './parts.dto.js';

export const CONTACT_TYPES: readonly ContactType[] = ['PRIMARY', 'BILLING', 'LOGISTICS', 'CONTACT'];

class CustomerReferenceDto {
  @ApiProperty({ example: '18637136', description: 'Id of the customer.' })
  @IsPlainText(128)
  id!: string;
}

class AssignedDto extends RecordInputDto {
  @ApiProperty({ type: ReferenceDto, description: 'The legal entity that the customer may act for.' })
  @Nested(() => ReferenceDto)
  legalEntity!: ReferenceDto;

  @ApiProperty({ type: CustomerReferenceDto, description: 'The customer.' })
  @Nested(() => CustomerReferenceDto)
  customer!: CustomerReferenceDto;

  @ApiPropertyOptional({ default: false, description: 'Whether this is the main contact.' })
  @OptionalField()
  @IsBoolean()
  primary?: boolean;
}

/** The body of PUT. */
export class PutContactAssignmentDto extends AssignedDto {
  @ApiProperty({ enum: CONTACT_TYPES, example: 'CONTACT', description: 'What the contact is for.' })
  @IsIn(CONTACT_TYPES)
  type!: ContactType;
}

/** The body of POST. */
export class NewContactAssignmentDto extends AssignedDto {
  @ApiPropertyOptional({ description: 'Id of the assignment; generated if left out.' })
  @OptionalField()
  @IsRecordId()
  id?: string;

  @ApiPropertyOptional({ enum: CONTACT_TYPES, default: 'CONTACT', description: 'What the contact is for.' })
  @OptionalField()
  @IsIn(CONTACT_TYPES)
  type?: ContactType;
}

export class ContactAssignmentIdParam {
  @ApiProperty({ example: 'anna-at-acme-tools', description: 'Id of the contact assignment.' })
  @IsRecordId()
  contactAssignmentId!: string;
}

export class AssignedCustomerDto {
  @ApiProperty({ description: 'Id of the customer.' })
  id!: string;

  @ApiPropertyOptional({ description: 'First name.' })
  name?: string;

  @ApiPropertyOptional({ description: 'Last name.' })
  surname?: string;

  @ApiPropertyOptional({ description: 'E-mail address.' })
  email?: string;

  @ApiPropertyOptional({ description: 'Phone number.' })
  phone?: string;
}

/** An assignment with the id of its legal entity alone. */
export class ApproverDto extends RecordDto {
  @ApiProperty({ type: ReferenceDto, description: 'The legal entity.' })
  legalEntity!: ReferenceDto;

  @ApiProperty({ type: AssignedCustomerDto, description: 'The customer, as far as it still exists.' })
  customer!: AssignedCustomerDto;

  @ApiProperty({ enum: CONTACT_TYPES, description: 'What the contact is for.' })
  type!: ContactType;

  @ApiProperty({ description: 'Whether this is the main contact.' })
  primary!: boolean;
}

export const toAssignmentDraft = (
  dto: PutContactAssignmentDto | NewContactAssignmentDto,
): Draft<ContactAssignment> => ({
  ...partsOf(dto),
  legalEntityId: dto.legalEntity.id,
  customerId: dto.customer.id,
  type: dto.type ?? 'CONTACT',
  primary: dto.primary ?? false,
});
