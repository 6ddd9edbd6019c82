import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { LONGEST_TYPED_PASSWORD } from '../../customer/index.js';

export class EraseOwnAccountDto {
  @ApiProperty({ description: 'The password that the account has now.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_TYPED_PASSWORD)
  currentPassword!: string;
}
