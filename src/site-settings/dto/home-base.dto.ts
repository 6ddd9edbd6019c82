import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { IsNumber, IsString, IsTimeZone, Max, MaxLength, Min } from 'class-validator';
import { IsCountry, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';

export class SiteAddressDto {
  @ApiPropertyOptional()
  @OptionalField()
  @IsString()
  @MaxLength(256)
  street?: string;

  @ApiPropertyOptional()
  @OptionalField()
  @IsString()
  @MaxLength(64)
  streetNumber?: string;

  @ApiPropertyOptional()
  @OptionalField()
  @IsString()
  @MaxLength(256)
  streetAppendix?: string;

  @ApiPropertyOptional()
  @OptionalField()
  @IsString()
  @MaxLength(256)
  extraLine1?: string;

  @ApiPropertyOptional()
  @OptionalField()
  @IsString()
  @MaxLength(256)
  extraLine2?: string;

  @ApiPropertyOptional()
  @OptionalField()
  @IsString()
  @MaxLength(256)
  extraLine3?: string;

  @ApiPropertyOptional()
  @OptionalField()
  @IsString()
  @MaxLength(256)
  extraLine4?: string;

  @ApiProperty({ example: '70173' })
  @IsString()
  @MaxLength(64)
  zipCode!: string;

  @ApiPropertyOptional({ example: 'Stuttgart' })
  @OptionalField()
  @IsString()
  @MaxLength(256)
  city?: string;

  @ApiProperty({
    example: 'DE',
    description: 'ISO 3166-1 alpha-2; where the site delivers to until a shopper says more',
  })
  @IsCountry()
  country!: string;

  @ApiPropertyOptional()
  @OptionalField()
  @IsString()
  @MaxLength(256)
  state?: string;
}

export class SiteLocationDto {
  @ApiPropertyOptional({ minimum: -90, maximum: 90 })
  @OptionalField()
  @IsNumber()
  @Min(-90)
  @Max(90)
  latitude?: number;

  @ApiPropertyOptional({ minimum: -180, maximum: 180 })
  @OptionalField()
  @IsNumber()
  @Min(-180)
  @Max(180)
  longitude?: number;
}

export class HomeBaseDto {
  @ApiProperty({ type: SiteAddressDto })
  @Nested(() => SiteAddressDto)
  address!: SiteAddressDto;

  @ApiPropertyOptional({ type: SiteLocationDto })
  @OptionalField()
  @Nested(() => SiteLocationDto)
  location?: SiteLocationDto;

  @ApiPropertyOptional({ example: 'Europe/Berlin', description: 'IANA time zone' })
  @OptionalField()
  @IsTimeZone()
  timezone?: string;
}

class PatchSiteAddressDto extends PartialType(SiteAddressDto, { skipNullProperties: false }) {}

export class PatchHomeBaseDto extends OmitType(HomeBaseDto, ['address']) {
  @ApiPropertyOptional({ type: PatchSiteAddressDto })
  @OptionalField()
  @Nested(() => PatchSiteAddressDto)
  address?: PatchSiteAddressDto;
}
