import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, Min, ValidateNested } from 'class-validator';
import { OptionalField } from '../../http/fields.decorator.js';

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
  @IsObject()
  @ValidateNested()
  @Type(() => EntryVersionDto)
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
