import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsNotEmpty, IsOptional, IsString } from 'class-validator';
import { Nested } from '../../http/input/nested.decorator.js';
import { Trimmed } from '../dto/fields.decorator.js';
import { AddressChangesDto } from '../profile/address.dto.js';
import { ProfileChangesDto } from '../profile/profile.dto.js';

class CredentialsDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'anna.login@example.com',
    description: 'instead of the e-mail at the top',
  })
  @IsOptional()
  @Trimmed()
  @IsEmail()
  email?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'a-password-of-8-to-128',
    description: 'instead of the password at the top',
  })
  @IsOptional()
  @IsString()
  password?: string | null;
}

/** POST /customer/{tenant}/signup. Fields that are not listed are dropped: nobody chooses an id or a group. */
export class SignupDto {
  @ApiProperty({ example: 'anna@example.com' })
  @Trimmed()
  @IsEmail()
  email!: string;

  @ApiProperty({ example: 'a-password-of-8-to-128', minLength: 8, maxLength: 128 })
  @IsString()
  @IsNotEmpty()
  password!: string;

  @ApiPropertyOptional({ type: ProfileChangesDto, nullable: true })
  @IsOptional()
  @Nested(() => ProfileChangesDto)
  customerDetails?: ProfileChangesDto | null;

  @ApiPropertyOptional({ type: AddressChangesDto, nullable: true })
  @IsOptional()
  @Nested(() => AddressChangesDto)
  customerAddress?: AddressChangesDto | null;

  @ApiPropertyOptional({ type: CredentialsDto, nullable: true })
  @IsOptional()
  @Nested(() => CredentialsDto)
  signup?: CredentialsDto | null;
}
