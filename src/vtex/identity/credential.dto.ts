import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength } from 'class-validator';

/** Exceeds the length of any token of this service. */
const LONGEST_TOKEN = 8192;

export class ValidateCredentialDto {
  @ApiProperty({
    description: 'Value of the cookie `VtexIdclientAutCookie_{account}`.',
    maxLength: LONGEST_TOKEN,
  })
  @IsString({ message: 'must be the token that the cookie holds' })
  @MaxLength(LONGEST_TOKEN, { message: `must have at most ${LONGEST_TOKEN} characters` })
  token!: string;
}

export class ValidCredentialDto {
  @ApiProperty({ enum: ['Success'], description: 'Always `Success`.' })
  authStatus!: 'Success';

  @ApiProperty({ description: 'Id of the customer.' })
  id!: string;

  @ApiProperty({ example: 'anna@acme.test', description: 'E-mail address of the customer.' })
  user!: string;

  @ApiProperty({ example: 'acme', description: 'The account.' })
  account!: string;

  @ApiProperty({ enum: ['webstore'], description: 'Always `webstore`.' })
  audience!: 'webstore';

  @ApiProperty({ enum: ['customer'], description: 'Always `customer`.' })
  tokenType!: 'customer';
}
