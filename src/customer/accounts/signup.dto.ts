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
    description: 'E-mail address to log in with. Default: the top-level `email`.',
  })
  @IsOptional()
  @Trimmed()
  @IsEmail()
  email?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'a-password-of-8-to-128',
    description: 'Password to log in with. Default: the top-level `password`.',
  })
  @IsOptional()
  @IsString()
  password?: string | null;
}

/** Body of POST /customer/{tenant}/signup. Other fields are dropped, so nobody can choose an id or a group. */
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
