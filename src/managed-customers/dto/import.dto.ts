import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsEmail, IsObject, IsString, Matches, MaxLength, ValidateBy } from 'class-validator';
import { LEGACY_ALGORITHMS, Trimmed } from '../../customer/index.js';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import { Raw } from '../../http/input/raw.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import type { PasswordRetention } from '../../tenant/index.js';
import { ManagedFieldsDto } from './managed-customer.dto.js';

const ID = /^[\w-]{1,66}$/;
const BAD_ID = '$property must be 1 to 66 letters, digits and any of _ -';
const LONGEST_HASH = 1024;

export class LegacyAuthDto {
  @ApiProperty({ enum: LEGACY_ALGORITHMS, example: 'bcrypt', description: 'How the hash was made.' })
  @IsString()
  @MaxLength(64)
  algorithm!: string;

  @ApiProperty({ maxLength: LONGEST_HASH, description: 'The hash, as the other system stored it.' })
  @IsString()
  @MaxLength(LONGEST_HASH)
  hash!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Ignored: these hashes contain all that they need.',
  })
  @Raw()
  @OptionalField()
  @IsObject()
  context?: JsonObject;
}

export class ImportedAccountDto {
  @ApiProperty({ example: 'anna@example.com', description: 'Address to log in with.' })
  @Trimmed()
  @IsEmail()
  email!: string;

  @ApiPropertyOptional({
    maxLength: LONGEST_HASH,
    description: 'A hash that is kept until the first login, which replaces it. Either this or `legacyAuth`.',
  })
  @OptionalField()
  @IsString()
  @MaxLength(LONGEST_HASH)
  passwordHash?: string;

  @ApiPropertyOptional({
    type: LegacyAuthDto,
    description: 'A hash that is kept until the first login or the end of the time that the tenant has set.',
  })
  @OptionalField()
  @Nested(() => LegacyAuthDto)
  legacyAuth?: LegacyAuthDto;
}

/** One entry of an import. */
export class ImportedCustomerDto extends ManagedFieldsDto {
  @ApiPropertyOptional({ pattern: ID.source, description: 'Id of the customer; generated if left out.' })
  @OptionalField()
  @IsString()
  @Matches(ID, { message: BAD_ID })
  id?: string;

  @ApiProperty({ type: ImportedAccountDto, description: 'How the customer logs in.' })
  @Nested(() => ImportedAccountDto)
  account!: ImportedAccountDto;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const isDay = (value: unknown): boolean => {
  if (typeof value !== 'string' || !DAY.test(value)) return false;
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
};

const IsDay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDay',
    validator: { validate: isDay, defaultMessage: () => 'must be a day, such as 2027-01-31' },
  });

export class PutRetentionDto {
  @ApiProperty({
    format: 'date',
    example: '2027-01-31',
    description: 'From this day on, customers who have not logged in need a new password. UTC.',
  })
  @IsDay()
  retentionEndDate!: string;

  @ApiPropertyOptional({
    format: 'date',
    example: '2027-01-24',
    description:
      'The day on which they are reminded. Default: a week before the end, but not before tomorrow.',
  })
  @OptionalField()
  @IsDay()
  emailReminderDate?: string;

  @ApiPropertyOptional({ default: true, description: 'Whether they get mails about it.' })
  @OptionalField()
  @IsBoolean()
  emailNotificationsEnabled?: boolean;
}

export class RetentionDto {
  @ApiProperty({ format: 'date', example: '2027-01-31', description: 'The day on which the time is over.' })
  retentionEndDate!: string;

  @ApiProperty({ format: 'date', example: '2027-01-24', description: 'The day of the reminder.' })
  emailReminderDate!: string;

  @ApiProperty({ example: true, description: 'Whether customers get mails about it.' })
  emailNotificationsEnabled!: boolean;
}

export const toRetentionDto = ({ endsOn, remindsOn, mails }: PasswordRetention): RetentionDto => ({
  retentionEndDate: endsOn,
  emailReminderDate: remindsOn,
  emailNotificationsEnabled: mails,
});
