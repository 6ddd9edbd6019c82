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

/** Clients send an address back as they read it, with `origin` and the like; those are dropped (C-02). */
export class CartAddressDto {
  @ApiPropertyOptional({ enum: ADDRESS_TYPES, description: 'an address without a type is left out' })
  @OptionalField()
  @IsIn(ADDRESS_TYPES)
  type?: CartAddress['type'];

  @ApiPropertyOptional({ maxLength: 200 })
  @OptionalText(200)
  contactName?: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @OptionalText(200)
  companyName?: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @OptionalText(200)
  street?: string;

  @ApiPropertyOptional({ maxLength: 64 })
  @OptionalText(64)
  streetNumber?: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @OptionalText(200)
  streetAppendix?: string;

  @ApiPropertyOptional({ maxLength: 11 })
  @OptionalText(11)
  zipCode?: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @OptionalText(200)
  city?: string;

  @ApiPropertyOptional({ example: 'DE', description: 'ISO 3166-1 alpha-2, in either case' })
  @OptionalText(2)
  @ValidateBy({
    name: 'isCountryInEitherCase',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isCountry(value.toUpperCase()),
      defaultMessage: () => 'must be a country code of ISO 3166-1 alpha-2, such as DE',
    },
  })
  country?: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @OptionalText(200)
  state?: string;

  @ApiPropertyOptional({ maxLength: 64 })
  @OptionalText(64)
  contactPhone?: string;

  @ApiPropertyOptional({ type: MixinSchemasDto })
  @OptionalField()
  @Nested(() => MixinSchemasDto)
  metadata?: MixinSchemasDto;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @JsonData()
  mixins?: JsonObject;
}

/** One of each type: the first; others are left out. */
export function toAddresses(dtos: readonly CartAddressDto[] | null | undefined): CartAddress[] | undefined {
  return dtos?.flatMap(({ type, metadata, ...fields }, index) => {
    if (type === undefined || dtos.findIndex((dto) => dto.type === type) !== index) return [];
    const schemas = metadata?.mixins && { mixins: metadata.mixins };
    return [{ type, fields: toJson({ ...fields, metadata: schemas }) }];
  });
}
