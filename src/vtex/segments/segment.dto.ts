import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Segment } from '../values/segment-codec.rules.js';

/** Fields in the order of the token (W-72); null means not set. */
export class SegmentDto implements Segment {
  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'vip',
    description: 'Campaigns that the shopper is in, separated by commas.',
  })
  campaigns!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'main',
    description: 'Trade policy: the code of the site.',
  })
  channel!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'gold',
    description: 'Price tables of the customer, separated by commas.',
  })
  priceTables!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'usa', description: 'Region of the shopper.' })
  regionId!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'black friday',
    description: 'Campaign of the link that the shopper followed.',
  })
  utm_campaign!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'google',
    description: 'Source of the link that the shopper followed.',
  })
  utm_source!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'banner',
    description: 'Internal campaign of the link that the shopper followed.',
  })
  utmi_campaign!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'EUR', description: 'ISO 4217 currency code.' })
  currencyCode!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: '€', description: 'Symbol of the currency.' })
  currencySymbol!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    example: 'DEU',
    description: 'ISO 3166-1 alpha-3 country code.',
  })
  countryCode!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'en-DE', description: 'Language tag.' })
  cultureInfo!: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    enum: ['public', 'private'],
    description:
      'Whether the site is open to everybody (`public`) or only to customers of certain groups (`private`).',
  })
  channelPrivacy!: string | null;

  @ApiPropertyOptional({
    example: 'de-DE',
    description:
      'Language tag of the back office: `store.admin_cultureInfo`. Absent if the session has none.',
  })
  admin_cultureInfo?: string;

  @ApiPropertyOptional({
    example: 'productClusterIds=140',
    description:
      'Filter of the catalog for this shopper, as B2B apps write it: `public.facets`, up to 1,000 bytes of it. Absent ' +
      'if the session has none.',
  })
  facets?: string;
}
