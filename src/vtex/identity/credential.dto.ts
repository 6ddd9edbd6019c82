import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';

/** Longer than any token of this service. */
const LONGEST_TOKEN = 8192;

export class ValidateCredentialDto {
  @ApiProperty({
    description: 'what the cookie `VtexIdclientAutCookie_{account}` holds',
    maxLength: LONGEST_TOKEN,
  })
  @IsString({ message: 'must be the token that the cookie holds' })
  @MaxLength(LONGEST_TOKEN, { message: `must have at most ${LONGEST_TOKEN} characters` })
  token!: string;
}

export class ValidCredentialDto {
  @ApiProperty({ enum: ['Success'] })
  authStatus!: 'Success';

  @ApiProperty({ description: 'id of the customer' })
  id!: string;

  @ApiProperty({ example: 'anna@acme.test', description: 'e-mail address of the customer' })
  user!: string;

  @ApiProperty({ example: 'acme' })
  account!: string;

  @ApiProperty({ enum: ['webstore'] })
  audience!: 'webstore';

  @ApiProperty({ enum: ['customer'] })
  tokenType!: 'customer';
}
