import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsISO31661Alpha3, IsString, Matches } from 'class-validator';
import { OptionalField } from '../../../http/input/fields.decorator.js';
import { NestedList } from '../../../http/input/nested.decorator.js';
import type { Draft, Polygon, Region } from '../../vtex-settings.types.js';
import { COUNTRY, IsPolygons, Text } from './fields.js';
import { EntryDto, PutEntryDto } from './metadata.dto.js';

const MOST_RANGES = 1000;
const MOST_CHANNELS = 200;

export class PostalCodeRangeDto {
  @ApiProperty({ example: '05000000', description: 'First postal code of the range.' })
  @Text()
  from!: string;

  @ApiProperty({
    example: '05999999',
    description: 'Last postal code of the range, included. Must have the same length as `from`.',
  })
  @Text()
  to!: string;
}

const AREAS = {
  type: 'array',
  items: { type: 'array', items: { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 } },
  example: [
    [
      [-46.8, -23.7],
      [-46.4, -23.7],
      [-46.4, -23.4],
      [-46.8, -23.4],
    ],
  ],
  description: 'Areas of the region: polygons, each a list of corners `[longitude, latitude]` in degrees.',
} as const;

const CHANNELS = {
  type: 'array',
  items: { type: 'string' },
  maxItems: MOST_CHANNELS,
  example: ['main'],
  description: 'Codes of the sites that the region is for. Left out: all sites.',
} as const;

/** Without postal codes and areas, the region is the whole country. */
export class PutRegionDto extends PutEntryDto {
  @ApiProperty({ example: 'BRA', description: 'ISO 3166-1 alpha-3 country code.' })
  @Matches(/^[A-Z]{3}$/, { message: COUNTRY })
  @IsISO31661Alpha3({ message: COUNTRY })
  country!: string;

  @ApiPropertyOptional({
    type: [PostalCodeRangeDto],
    description: 'Postal codes of the region. Without these and `areas`, the region is the whole country.',
  })
  @OptionalField()
  @NestedList(() => PostalCodeRangeDto, { max: MOST_RANGES })
  postalCodes?: PostalCodeRangeDto[];

  @ApiPropertyOptional(AREAS)
  @IsPolygons()
  @OptionalField()
  areas?: readonly Polygon[];

  @ApiPropertyOptional(CHANNELS)
  @OptionalField()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_CHANNELS)
  @IsString({ each: true })
  salesChannels?: string[];
}

export class RegionDto extends EntryDto {
  @ApiProperty({
    example: 'sao-paulo',
    description: 'Id of the region, as `regionId` in sessions and segments. Any text.',
  })
  id!: string;

  @ApiProperty({ example: 'BRA', description: 'ISO 3166-1 alpha-3 country code.' })
  country!: string;

  @ApiProperty({ type: [PostalCodeRangeDto], description: 'Postal codes of the region.' })
  postalCodes!: readonly PostalCodeRangeDto[];

  @ApiProperty(AREAS)
  areas!: readonly Polygon[];

  @ApiPropertyOptional(CHANNELS)
  salesChannels?: readonly string[];
}

export const toRegion = (
  id: string,
  { country, postalCodes = [], areas = [], salesChannels }: PutRegionDto,
): Draft<'regions'> => ({
  id,
  country,
  postalCodes: postalCodes.map(({ from, to }) => ({ from, to })),
  areas,
  ...(salesChannels && { salesChannels: [...new Set(salesChannels)] }),
});

export const toRegionDto = ({ version, ...region }: Region): RegionDto => ({
  ...region,
  metadata: { version },
});
