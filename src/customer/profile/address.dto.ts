import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { Nested } from '../../http/input/nested.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import { ClearableText, OptionalMixins } from '../dto/fields.decorator.js';
import { MOST_TAGS } from './address.rules.js';
import { splitCommas } from './split-commas.js';

/** A tag can't contain a comma, because the query of the tags route separates tags by commas. */
const TAG = { pattern: /^[^,]+$/, message: 'each tag must be text without a comma' } as const;
const LONGEST_TAG = 64;

export class AddressMetadataDto {
  @OptionalMixins('URLs of the mixins’ schemas.')
  mixins?: JsonObject | null;
}

/**
 * What a client may send for an address. Other fields, even those of an address as read, are dropped (behaviour C-02).
 */
export class AddressChangesDto {
  @ClearableText('Anna Beispiel')
  contactName?: string | null;

  @ClearableText('ACME')
  companyName?: string | null;

  @ClearableText('Platz der Republik')
  street?: string | null;

  @ClearableText('1')
  streetNumber?: string | null;

  @ClearableText('')
  streetAppendix?: string | null;

  @ClearableText('')
  extraLine1?: string | null;

  @ClearableText('')
  extraLine2?: string | null;

  @ClearableText('')
  extraLine3?: string | null;

  @ClearableText('')
  extraLine4?: string | null;

  @ClearableText('11011')
  zipCode?: string | null;

  @ClearableText('Berlin')
  city?: string | null;

  @ClearableText('DE', 'ISO 3166-1 alpha-2 code.')
  country?: string | null;

  @ClearableText('Berlin')
  state?: string | null;

  @ClearableText('+49 30 123456')
  contactPhone?: string | null;

  @ApiPropertyOptional({
    type: [String],
    example: ['BILLING', 'SHIPPING'],
    maxItems: MOST_TAGS,
    nullable: true,
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_TAGS)
  @IsString({ each: true })
  @MaxLength(LONGEST_TAG, { each: true })
  @Matches(TAG.pattern, { each: true, message: TAG.message })
  tags?: string[] | null;

  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description:
      'Whether this is the default. True takes that role from the addresses that share a tag with this one.',
  })
  @IsOptional()
  @IsBoolean()
  isDefault?: boolean | null;

  @OptionalMixins('Your own data. A change is merged by key, and null removes a key.')
  mixins?: JsonObject | null;

  @ApiPropertyOptional({ type: AddressMetadataDto, nullable: true })
  @IsOptional()
  @Nested(() => AddressMetadataDto)
  metadata?: AddressMetadataDto | null;
}

export class TagsQueryDto {
  @ApiProperty({ type: String, example: 'BILLING,SHIPPING', description: 'Tags, separated by commas.' })
  @Transform(({ value }: { value: unknown }) => splitCommas(value))
  @IsArray()
  @ArrayNotEmpty({ message: 'must name at least one tag' })
  @ArrayMaxSize(MOST_TAGS)
  @MaxLength(LONGEST_TAG, { each: true })
  tags!: string[];
}

export class AddressDto {
  @ApiProperty()
  id!: string;

  @ApiPropertyOptional()
  contactName?: string;

  @ApiPropertyOptional()
  companyName?: string;

  @ApiPropertyOptional()
  street?: string;

  @ApiPropertyOptional()
  streetNumber?: string;

  @ApiPropertyOptional()
  streetAppendix?: string;

  @ApiPropertyOptional()
  extraLine1?: string;

  @ApiPropertyOptional()
  extraLine2?: string;

  @ApiPropertyOptional()
  extraLine3?: string;

  @ApiPropertyOptional()
  extraLine4?: string;

  @ApiPropertyOptional()
  zipCode?: string;

  @ApiPropertyOptional()
  city?: string;

  @ApiPropertyOptional({ description: 'ISO 3166-1 alpha-2 code.' })
  country?: string;

  @ApiPropertyOptional()
  state?: string;

  @ApiPropertyOptional()
  contactPhone?: string;

  @ApiProperty({ type: [String] })
  tags!: readonly string[];

  @ApiProperty({ description: 'Whether this is the default among the addresses that share a tag with it.' })
  isDefault!: boolean;

  @ApiProperty({ type: 'object', additionalProperties: true })
  mixins!: JsonObject;

  @ApiProperty({ type: AddressMetadataDto })
  metadata!: { readonly mixins: JsonObject };
}
