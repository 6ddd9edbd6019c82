import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import type { Draft, Location, LocationType } from '../client-management.types.js';
import {
  defined,
  IsRecordId,
  MAX_TEXT,
  OptionalText,
  partsOf,
  RecordDto,
  toRecordDto,
  RecordInputDto,
} from './parts.dto.js';
import { IsTextList } from './text-list.decorator.js';

export const LOCATION_TYPES: readonly LocationType[] = ['HEADQUARTER', 'WAREHOUSE', 'OFFICE'];

const OptionalTexts = (example: string, description: string): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: [String], maxItems: 20, example: [example], description }),
    OptionalField(),
    IsArray(),
    ArrayMaxSize(20),
    IsTextList(MAX_TEXT),
  );

export class ContactDetailsDto {
  @OptionalTexts('office@acme.test', 'E-mail addresses.')
  emails?: string[];

  @OptionalTexts('+49 30 123456', 'Phone numbers.')
  phones?: string[];

  @OptionalText('First line of the address.')
  addressLine1?: string;

  @OptionalText('Second line of the address.')
  addressLine2?: string;

  @OptionalText('City.', 'Berlin')
  city?: string;

  @OptionalText('State.')
  state?: string;

  @OptionalText('Postal code.', '10557')
  postcode?: string;

  @OptionalText('Country, by ISO 3166-1 alpha-2 code.', 'DE')
  countryCode?: string;

  @OptionalTexts('shipping', 'What the address is for.')
  tags?: string[];
}

/** The body of PUT. */
export class PutLocationDto extends RecordInputDto {
  @OptionalText('Name of the location.', 'Main office')
  name?: string;

  @ApiProperty({ enum: LOCATION_TYPES, example: 'OFFICE', description: 'Kind of location.' })
  @IsIn(LOCATION_TYPES)
  type!: LocationType;

  @ApiProperty({ type: ContactDetailsDto, description: 'How to reach it.' })
  @Nested(() => ContactDetailsDto)
  contactDetails!: ContactDetailsDto;
}

/** The body of POST. */
export class NewLocationDto extends PutLocationDto {
  @ApiPropertyOptional({ description: 'Id of the location; generated if left out.' })
  @OptionalField()
  @IsRecordId()
  id?: string;
}

export class LocationIdParam {
  @ApiProperty({ example: 'headquarters', description: 'Id of the location.' })
  @IsRecordId()
  locationId!: string;
}

export class CompanyLocationDto extends RecordDto {
  @ApiPropertyOptional({ description: 'Name of the location.' })
  name?: string;

  @ApiProperty({ enum: LOCATION_TYPES, description: 'Kind of location.' })
  type!: LocationType;

  @ApiProperty({ type: ContactDetailsDto, description: 'How to reach it.' })
  contactDetails!: Location['contactDetails'];
}

export const toLocationDraft = (dto: PutLocationDto): Draft<Location> => ({
  ...partsOf(dto),
  ...defined({ name: dto.name }),
  type: dto.type,
  contactDetails: defined({ ...dto.contactDetails }),
});

export const toLocationDto = (location: Location): CompanyLocationDto => ({
  ...toRecordDto(location),
  ...(location.name !== undefined && { name: location.name }),
  type: location.type,
  contactDetails: location.contactDetails,
});
