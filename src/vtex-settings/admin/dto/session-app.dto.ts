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
    description: `${description} In the form \`{namespace: [keys]}\`.`,
  }) as const;

const INPUT = parameters(
  { public: ['utm_campaign'] },
  'Parameters that the app reads. It is called when one of them changes. May be empty if `runOnCreate` is true.',
);
const OUTPUT = parameters(
  { offers: ['banner'] },
  'Parameters that the app may write. Other parameters in its answer are ignored.',
);

export class PutSessionAppDto extends PutEntryDto {
  @ApiProperty({
    example: 'https://apps.acme.test/banner',
    description: 'URL that the inputs are posted to.',
  })
  @Text()
  url!: string;

  @ApiProperty(INPUT)
  @IsParameters()
  input!: Parameters;

  @ApiPropertyOptional(OUTPUT)
  @IsParameters()
  @OptionalField()
  output?: Parameters;

  @ApiPropertyOptional({
    default: false,
    description: 'Whether the app is called, without input, for each new session.',
  })
  @OptionalField()
  @IsBoolean()
  runOnCreate?: boolean;

  @ApiPropertyOptional({
    type: 'integer',
    default: 0,
    description:
      'Priority: if two apps write one parameter at once, the one with the greater order wins. From -1000 ' +
      'to 1000.',
  })
  @OptionalField()
  @IsInt()
  @Min(-1000)
  @Max(1000)
  order?: number;

  @ApiPropertyOptional({ default: false, description: 'Whether other apps may write the same outputs.' })
  @OptionalField()
  @IsBoolean()
  shared?: boolean;
}

export class SessionAppDto {
  @ApiProperty({ example: 'banner', description: 'Name of the app.' })
  name!: string;

  @ApiProperty({
    description:
      'Whether the app is built in. Every tenant has the built-in apps, except that `impersonate` must be ' +
      'installed.',
  })
  builtIn!: boolean;

  @ApiProperty({ description: 'Whether the app is installed.' })
  installed!: boolean;

  @ApiProperty(INPUT)
  input!: Parameters;

  @ApiProperty(OUTPUT)
  output!: Parameters;

  @ApiProperty({ description: 'Whether the app is called, without input, for each new session.' })
  runOnCreate!: boolean;

  @ApiPropertyOptional({ description: 'URL that the inputs are posted to. Only for the tenant’s own apps.' })
  url?: string;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'Priority of the app. Only for the tenant’s own apps.',
  })
  order?: number;

  @ApiPropertyOptional({
    description: 'Whether other apps may write the same outputs. Only for the tenant’s own apps.',
  })
  shared?: boolean;

  @ApiPropertyOptional({
    type: EntryMetadataDto,
    description: 'Version of the entry. Only for the tenant’s own apps.',
  })
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
