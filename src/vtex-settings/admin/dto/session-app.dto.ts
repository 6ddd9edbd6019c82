import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import { OptionalField } from '../../../http/input/fields.decorator.js';
import type { AppDeclaration, Draft, Parameters, SessionApp } from '../../vtex-settings.types.js';
import { IsParameters, Text } from './fields.js';
import { EntryMetadataDto, PutEntryDto } from './metadata.dto.js';

const parameters = (example: Parameters, description: string) =>
  ({
    type: 'object',
    additionalProperties: { type: 'array', items: { type: 'string' } },
    example,
    description: `{namespace: [keys]}; ${description}`,
  }) as const;

const INPUT = parameters(
  { public: ['utm_campaign'] },
  'a change of one of them calls the app; may be empty if runOnCreate is true',
);
const OUTPUT = parameters(
  { offers: ['banner'] },
  'the app writes nothing else; without any it writes nothing',
);

export class PutSessionAppDto extends PutEntryDto {
  @ApiProperty({ example: 'https://apps.acme.test/banner', description: 'where the inputs are posted to' })
  @Text()
  url!: string;

  @ApiProperty(INPUT)
  @IsParameters()
  input!: Parameters;

  @ApiPropertyOptional(OUTPUT)
  @IsParameters()
  @OptionalField()
  output?: Parameters;

  @ApiPropertyOptional({ default: false, description: 'called for each new session, with no input' })
  @OptionalField()
  @IsBoolean()
  runOnCreate?: boolean;

  @ApiPropertyOptional({
    type: 'integer',
    default: 0,
    description: 'of two apps that write one parameter at once, the one of the greater order wins',
  })
  @OptionalField()
  @IsInt()
  @Min(-1000)
  @Max(1000)
  order?: number;

  @ApiPropertyOptional({ default: false, description: 'others may own its outputs as well' })
  @OptionalField()
  @IsBoolean()
  shared?: boolean;
}

export class SessionAppDto {
  @ApiProperty({ example: 'banner' })
  name!: string;

  @ApiProperty({ description: 'one that every tenant has; impersonate must be installed' })
  builtIn!: boolean;

  @ApiProperty()
  installed!: boolean;

  @ApiProperty(INPUT)
  input!: Parameters;

  @ApiProperty(OUTPUT)
  output!: Parameters;

  @ApiProperty()
  runOnCreate!: boolean;

  @ApiPropertyOptional({ description: 'this and what follows: of a tenant’s own app' })
  url?: string;

  @ApiPropertyOptional({ type: 'integer' })
  order?: number;

  @ApiPropertyOptional()
  shared?: boolean;

  @ApiPropertyOptional({ type: EntryMetadataDto })
  metadata?: EntryMetadataDto;
}

export const toApp = (name: string, body: PutSessionAppDto): Draft<'sessionApps'> => ({
  id: name,
  name,
  url: body.url,
  input: body.input,
  output: body.output ?? {},
  runOnCreate: body.runOnCreate ?? false,
  order: body.order ?? 0,
  shared: body.shared ?? false,
});

export const toAppDto = ({ id: _name, version, ...app }: SessionApp): SessionAppDto => ({
  ...app,
  builtIn: false,
  installed: true,
  metadata: { version },
});

export const toBuiltInDto = (app: AppDeclaration, installed: boolean): SessionAppDto => ({
  ...app,
  builtIn: true,
  installed,
});
