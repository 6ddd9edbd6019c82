import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsEmail, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Trimmed } from '../dto/fields.decorator.js';
import { LONGEST_TYPED_PASSWORD } from '../passwords/password.rules.js';

/** The longest address that SMTP carries (RFC 5321 section 4.5.3.1, without the angle brackets). */
const LONGEST_EMAIL = 254;

export class ChangeEmailDto {
  @ApiProperty({ example: 'anna@acme.test', description: 'The e-mail address that you log in with now.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(320)
  email!: string;

  @ApiProperty({ example: 'demo-Anna-2026' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_TYPED_PASSWORD)
  password!: string;

  @ApiProperty({ example: 'anna.new@acme.test' })
  @Trimmed()
  @IsEmail()
  @MaxLength(LONGEST_EMAIL)
  newEmail!: string;

  @ApiPropertyOptional({ default: false, description: 'Whether `contactEmail` of the profile changes too.' })
  @OptionalField()
  @IsBoolean()
  syncContactEmail?: boolean;
}

export class ConfirmEmailDto {
  @ApiProperty({ description: 'The token, as it was mailed.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(256)
  token!: string;
}

export class UndoEmailDto extends ConfirmEmailDto {}

export class OptInRequestDto {
  @ApiProperty({ example: 'anna@acme.test' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(320)
  email!: string;
}
