import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Min } from 'class-validator';
import { OptionalField } from '../../../http/input/fields.decorator.js';
import { Nested } from '../../../http/input/nested.decorator.js';

export class EntryVersionDto {
  @ApiPropertyOptional({
    type: 'integer',
    example: 3,
    description:
      'Version that you read. If it is not the current one, the answer is 409. 0 means that the entry must ' +
      'not exist yet.',
  })
  @OptionalField()
  @IsInt()
  @Min(0)
  version?: number;
}

/** The fields that every entry has in a PUT. */
export class PutEntryDto {
  @ApiPropertyOptional({ type: EntryVersionDto, description: 'Version that you read.' })
  @OptionalField()
  @Nested(() => EntryVersionDto)
  metadata?: EntryVersionDto;
}

export class EntryMetadataDto {
  @ApiProperty({ type: 'integer', example: 3, description: 'Version of the entry; grows with each change.' })
  version!: number;
}

/** The fields that every entry has in a response. */
export class EntryDto {
  @ApiProperty({ type: EntryMetadataDto, description: 'Version of the entry.' })
  metadata!: EntryMetadataDto;
}
