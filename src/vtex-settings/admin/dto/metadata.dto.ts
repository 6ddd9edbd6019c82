import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, Min } from 'class-validator';
import { OptionalField } from '../../../http/input/fields.decorator.js';
import { Nested } from '../../../http/input/nested.decorator.js';

export class EntryVersionDto {
  @ApiPropertyOptional({
    type: 'integer',
    example: 3,
    description: 'that the caller read: another one answers 409. 0: there must be none yet',
  })
  @OptionalField()
  @IsInt()
  @Min(0)
  version?: number;
}

/** Whatever is put. */
export class PutEntryDto {
  @ApiPropertyOptional({ type: EntryVersionDto })
  @OptionalField()
  @Nested(() => EntryVersionDto)
  metadata?: EntryVersionDto;
}

export class EntryMetadataDto {
  @ApiProperty({ type: 'integer', example: 3, description: 'grows with each change' })
  version!: number;
}

/** Whatever is read. */
export class EntryDto {
  @ApiProperty({ type: EntryMetadataDto })
  metadata!: EntryMetadataDto;
}
