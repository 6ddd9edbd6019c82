import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { LONGEST_TYPED_PASSWORD } from './password.rules.js';

export class PasswordChangeDto {
  @ApiProperty()
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_TYPED_PASSWORD)
  currentPassword!: string;

  @ApiProperty({ minLength: 8, maxLength: 128 })
  @IsString()
  @IsNotEmpty()
  newPassword!: string;
}

export class PasswordResetRequestDto {
  @ApiProperty({ example: 'anna@example.com' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(320)
  email!: string;

  @ApiPropertyOptional({ example: 'main', description: 'Code of the site that the customer asks from.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  site?: string;
}

export class PasswordResetDto {
  @ApiProperty({ description: 'The token, as it was mailed.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(256)
  token!: string;

  @ApiProperty({ minLength: 8, maxLength: 128 })
  @IsString()
  @IsNotEmpty()
  password!: string;
}
