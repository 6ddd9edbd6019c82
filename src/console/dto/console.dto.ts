import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsString, Matches } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';

export class NewConsoleLinkDto {
  @ApiPropertyOptional({
    type: [String],
    example: ['session.session_read'],
    description: 'What the link grants, among the scopes of your token. Default: all of them.',
  })
  @OptionalField()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsString({ each: true })
  scopes?: string[];
}

export class ConsoleLinkDto {
  @ApiProperty({
    example: '/console#link=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    description:
      'Path of the link, to be opened at the address of the console. The code is in the fragment, which ' +
      'browsers send to no server.',
  })
  path!: string;

  @ApiProperty({
    format: 'date-time',
    example: '2026-01-15T13:05:00.000Z',
    description: 'Until then, the link works once.',
  })
  endsAt!: string;

  @ApiProperty({ example: ['session.session_read'], description: 'The scopes that the link grants.' })
  scopes!: string[];
}

export class ConsoleSignInDto {
  @ApiProperty({
    example: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    description: 'The code in the fragment of the link.',
  })
  @IsString()
  @Matches(/^[\w-]{43}$/, { message: 'must be the one in the link, unchanged' })
  code!: string;
}

export class ConsoleTokenDto {
  @ApiProperty({ description: 'A service token, as from `POST /oauth/token`.' })
  access_token!: string;

  @ApiProperty({ enum: ['Bearer'], description: 'Always `Bearer`.' })
  token_type!: string;

  @ApiProperty({ example: 1799, description: 'Seconds until the access token expires.' })
  expires_in!: number;

  @ApiProperty({
    example: 'session.session_read tenant=acme',
    description: 'The granted scopes and the tenant.',
  })
  scope!: string;

  @ApiProperty({ example: 'acme', description: 'The tenant that the token is for.' })
  tenant!: string;

  @ApiProperty({ example: 'acme-support', description: 'The client that the console acts as.' })
  client_id!: string;
}
