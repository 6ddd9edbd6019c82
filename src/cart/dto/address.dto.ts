import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, ValidateBy } from 'class-validator';
import { OptionalField } from '../../http/input/fields.decorator.js';
import { Nested } from '../../http/input/nested.decorator.js';
import { isCountry } from '../../shared/iso/codes.js';
import type { JsonObject } from '../../shared/json.js';
import type { CartAddress } from '../cart.types.js';
import { JsonData, OptionalText, toJson } from './fields.decorator.js';
import { MixinSchemasDto } from './metadata.dto.js';

const ADDRESS_TYPES = ['BILLING', 'SHIPPING'] as const;

/** Clients send an address back as they read it, with `origin` and other read-only fields; those are dropped (C-02). */
export class CartAddressDto {
  @ApiPropertyOptional({
    enum: ADDRESS_TYPES,
    description: 'Purpose of the address. An address without a type is ignored.',
  })
  @OptionalField()
  @IsIn(ADDRESS_TYPES)
  type?: CartAddress['type'];

  @ApiPropertyOptional({ maxLength: 200, description: 'Name of the contact person.' })
  @OptionalText(200)
  contactName?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Name of the company.' })
  @OptionalText(200)
  companyName?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Street without the number.' })
  @OptionalText(200)
  street?: string;

  @ApiPropertyOptional({ maxLength: 64, description: 'House number.' })
  @OptionalText(64)
  streetNumber?: string;

  @ApiPropertyOptional({
    maxLength: 200,
    description: 'Addition to the street, such as a floor or apartment.',
  })
  @OptionalText(200)
  streetAppendix?: string;

  @ApiPropertyOptional({ maxLength: 11, description: 'Postal code.' })
  @OptionalText(11)
  zipCode?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'City.' })
  @OptionalText(200)
  city?: string;

  @ApiPropertyOptional({
    example: 'DE',
    description: 'ISO 3166-1 alpha-2 country code, in upper or lower case.',
  })
  @OptionalText(2)
  @ValidateBy({
    name: 'isCountryInEitherCase',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isCountry(value.toUpperCase()),
      defaultMessage: () => 'must be an ISO 3166-1 alpha-2 country code, such as DE',
    },
  })
  country?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'State, province or region.' })
  @OptionalText(200)
  state?: string;

  @ApiPropertyOptional({ maxLength: 64, description: 'Phone number of the contact person.' })
  @OptionalText(64)
  contactPhone?: string;

  @ApiPropertyOptional({ type: MixinSchemasDto, description: 'Schemas of the mixins.' })
  @OptionalField()
  @Nested(() => MixinSchemasDto)
  metadata?: MixinSchemasDto;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Custom data of the address. At most 64 KiB.',
  })
  @JsonData()
  mixins?: JsonObject;
}

/** Keeps the first address of each type. */
export function toAddresses(dtos: readonly CartAddressDto[] | null | undefined): CartAddress[] | undefined {
  return dtos?.flatMap(({ type, metadata, ...fields }, index) => {
    if (type === undefined || dtos.findIndex((dto) => dto.type === type) !== index) return [];
    const schemas = metadata?.mixins && { mixins: metadata.mixins };
    return [{ type, fields: toJson({ ...fields, metadata: schemas }) }];
  });
}
