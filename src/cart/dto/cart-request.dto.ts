import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { IsCurrency, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested, NestedList } from '../../http/input/nested.decorator.js';
import type { JsonObject } from '../../shared/json.js';
import type { CartChanges, CartDraft } from '../cart.rules.js';
import { CartAddressDto, toAddresses } from './address.dto.js';
import { JsonData, OptionalCountry, OptionalText } from './fields.decorator.js';
import { MixinSchemasDto, UpdateMetadataDto } from './metadata.dto.js';

const STATES = ['OPEN', 'CLOSED'] as const;

export class ChannelDto {
  @ApiPropertyOptional({ example: 'storefront', description: 'Name of the sales channel.' })
  @OptionalText(200)
  name?: string;

  @ApiPropertyOptional({ example: 'https://shop.example/', description: 'URL of the sales channel.' })
  @OptionalText(2048)
  source?: string;
}

class CartFieldsDto {
  @ApiPropertyOptional({
    maxLength: 200,
    description: 'Customer who owns the cart. A shopper may only name themselves.',
  })
  @OptionalText(200)
  customerId?: string;

  @ApiPropertyOptional({
    maxLength: 64,
    example: 'shopping',
    description: 'Type of the cart. Carts without a type count as their own type.',
  })
  @OptionalText(64)
  type?: string;

  @ApiPropertyOptional({ maxLength: 200, description: 'Id of the legal entity that the cart is for.' })
  @OptionalText(200)
  legalEntityId?: string;

  @ApiPropertyOptional({ type: ChannelDto, description: 'Sales channel that the cart comes from.' })
  @OptionalField()
  @Nested(() => ChannelDto)
  channel?: ChannelDto;

  @ApiPropertyOptional({
    type: [CartAddressDto],
    description: 'At most one BILLING and one SHIPPING address are kept. The list replaces all addresses.',
  })
  @OptionalField()
  @NestedList(() => CartAddressDto, { max: 20 })
  addresses?: CartAddressDto[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Custom data of the cart. At most 64 KiB.',
  })
  @JsonData()
  mixins?: JsonObject;
}

/** POST /carts */
export class CreateCartDto extends CartFieldsDto {
  @ApiPropertyOptional({
    example: 'main',
    description: 'Code of the site. Defaults to the default site of the tenant.',
  })
  @OptionalText(64)
  siteCode?: string;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217 code of a currency that the site sells in.' })
  @IsCurrency()
  currency!: string;

  @ApiPropertyOptional({
    description:
      'Whether an anonymous cart is available only to calls that carry its session id. Defaults to false.',
  })
  @OptionalField()
  @IsBoolean()
  sessionValidated?: boolean;

  @ApiPropertyOptional({ type: MixinSchemasDto, description: 'Schemas of the mixins.' })
  @OptionalField()
  @Nested(() => MixinSchemasDto)
  metadata?: MixinSchemasDto;
}

/** PUT /carts/{cartId}: absent fields keep their value. */
export class UpdateCartDto extends CartFieldsDto {
  @ApiPropertyOptional({
    example: 'EUR',
    description:
      'ISO 4217 code of a currency that the site sells in. It can be changed here only while the cart is empty.',
  })
  @OptionalField()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({ maxLength: 9, description: 'Postal code that the cart is shipped to.' })
  @OptionalText(9)
  zipCode?: string;

  @ApiPropertyOptional({
    example: 'DE',
    description: 'Country that the cart is shipped to: an ISO 3166-1 alpha-2 code in upper or lower case.',
  })
  @OptionalCountry()
  countryCode?: string;

  @ApiPropertyOptional({ enum: STATES, description: 'CLOSED closes the cart for good.' })
  @OptionalField()
  @IsIn(STATES)
  status?: (typeof STATES)[number];

  @ApiPropertyOptional({
    type: UpdateMetadataDto,
    description: 'Version that you read, and the schemas of the mixins.',
  })
  @OptionalField()
  @Nested(() => UpdateMetadataDto)
  metadata?: UpdateMetadataDto;
}

export const toCartDraft = ({ metadata, ...dto }: CreateCartDto): CartDraft => ({
  ...dto,
  ...fieldsOf(dto, metadata),
});

export const toCartChanges = ({ metadata, ...dto }: UpdateCartDto): CartChanges => ({
  ...dto,
  ...fieldsOf(dto, metadata),
  version: metadata?.version,
});

function fieldsOf({ channel, addresses }: CartFieldsDto, metadata: MixinSchemasDto | undefined) {
  return {
    channel: channel && { ...channel },
    addresses: toAddresses(addresses),
    mixinSchemas: metadata?.mixins,
  };
}
