import { ApiProperty } from '@nestjs/swagger';
import type { Segment } from '../values/segment-codec.rules.js';

/** In the order of the token (W-72); null: not set. */
export class SegmentDto implements Segment {
  @ApiProperty({ type: 'string', nullable: true, example: 'vip' })
  campaigns!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'main' })
  channel!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'gold' })
  priceTables!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'usa' })
  regionId!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'black friday' })
  utm_campaign!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'google' })
  utm_source!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'banner' })
  utmi_campaign!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'EUR' })
  currencyCode!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: '€' })
  currencySymbol!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'DEU' })
  countryCode!: string | null;

  @ApiProperty({ type: 'string', nullable: true, example: 'en-DE' })
  cultureInfo!: string | null;

  @ApiProperty({ type: 'string', nullable: true, enum: ['public', 'private'] })
  channelPrivacy!: string | null;
}
