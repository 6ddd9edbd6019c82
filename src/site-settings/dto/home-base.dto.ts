import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { IsNumber, IsString, IsTimeZone, Max, MaxLength, Min } from 'class-validator';
import { IsCountry, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';

export class SiteAddressDto {
  @ApiPropertyOptional({ description: 'Street without the number.' })
  @OptionalField()
  @IsString()
  @MaxLength(256)
  street?: string;

  @ApiPropertyOptional({ description: 'House number.' })
  @OptionalField()
  @IsString()
  @MaxLength(64)
  streetNumber?: string;

  @ApiPropertyOptional({ description: 'Addition to the street, such as a floor or apartment.' })
  @OptionalField()
  @IsString()
  @MaxLength(256)
  streetAppendix?: string;

  @ApiPropertyOptional({ description: 'Extra line of the address.' })
  @OptionalField()
  @IsString()
  @MaxLength(256)
  extraLine1?: string;

  @ApiPropertyOptional({ description: 'Extra line of the address.' })
  @OptionalField()
  @IsString()
  @MaxLength(256)
  extraLine2?: string;

  @ApiPropertyOptional({ description: 'Extra line of the address.' })
  @OptionalField()
  @IsString()
  @MaxLength(256)
  extraLine3?: string;

  @ApiPropertyOptional({ description: 'Extra line of the address.' })
  @OptionalField()
  @IsString()
  @MaxLength(256)
  extraLine4?: string;

  @ApiProperty({ example: '70173', description: 'Postal code.' })
  @IsString()
  @MaxLength(64)
  zipCode!: string;

  @ApiPropertyOptional({ example: 'Stuttgart', description: 'City.' })
  @OptionalField()
  @IsString()
  @MaxLength(256)
  city?: string;

  @ApiProperty({
    example: 'DE',
    description:
      'ISO 3166-1 alpha-2 country code. Sessions at the site ship to this country until a shopper chooses ' +
      'another.',
  })
  @IsCountry()
  country!: string;

  @ApiPropertyOptional({ description: 'State, province or region.' })
  @OptionalField()
  @IsString()
  @MaxLength(256)
  state?: string;
}

export class SiteLocationDto {
  @ApiPropertyOptional({ minimum: -90, maximum: 90, description: 'Latitude in degrees.' })
  @OptionalField()
  @IsNumber()
  @Min(-90)
  @Max(90)
  latitude?: number;

  @ApiPropertyOptional({ minimum: -180, maximum: 180, description: 'Longitude in degrees.' })
  @OptionalField()
  @IsNumber()
  @Min(-180)
  @Max(180)
  longitude?: number;
}

export class HomeBaseDto {
  @ApiProperty({ type: SiteAddressDto, description: 'Address of the shop.' })
  @Nested(() => SiteAddressDto)
  address!: SiteAddressDto;

  @ApiPropertyOptional({ type: SiteLocationDto, description: 'Position of the shop.' })
  @OptionalField()
  @Nested(() => SiteLocationDto)
  location?: SiteLocationDto;

  @ApiPropertyOptional({ example: 'Europe/Berlin', description: 'IANA name of the time zone.' })
  @OptionalField()
  @IsTimeZone()
  timezone?: string;
}

class PatchSiteAddressDto extends PartialType(SiteAddressDto, { skipNullProperties: false }) {}

export class PatchHomeBaseDto extends OmitType(HomeBaseDto, ['address']) {
  @ApiPropertyOptional({
    type: PatchSiteAddressDto,
    description: 'Address of the shop. Fields that are left out keep their value.',
  })
  @OptionalField()
  @Nested(() => PatchSiteAddressDto)
  address?: PatchSiteAddressDto;
}
