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
  @ApiPropertyOptional({ example: 'storefront' })
  @OptionalText(200)
  name?: string;

  @ApiPropertyOptional({ example: 'https://shop.example/' })
  @OptionalText(2048)
  source?: string;
}

class CartFieldsDto {
  @ApiPropertyOptional({ maxLength: 200 })
  @OptionalText(200)
  customerId?: string;

  @ApiPropertyOptional({ maxLength: 64, example: 'shopping', description: 'none is a type of its own' })
  @OptionalText(64)
  type?: string;

  @ApiPropertyOptional({ maxLength: 200 })
  @OptionalText(200)
  legalEntityId?: string;

  @ApiPropertyOptional({ type: ChannelDto })
  @OptionalField()
  @Nested(() => ChannelDto)
  channel?: ChannelDto;

  @ApiPropertyOptional({ type: [CartAddressDto], description: 'one BILLING, one SHIPPING; all are replaced' })
  @OptionalField()
  @NestedList(() => CartAddressDto, { max: 20 })
  addresses?: CartAddressDto[];

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @JsonData()
  mixins?: JsonObject;
}

/** POST /carts */
export class CreateCartDto extends CartFieldsDto {
  @ApiPropertyOptional({ example: 'main', description: 'left out: the default site of the tenant' })
  @OptionalText(64)
  siteCode?: string;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217; one that the site sells in' })
  @IsCurrency()
  currency!: string;

  @ApiPropertyOptional({ description: 'an anonymous cart then answers only to calls with its session id' })
  @OptionalField()
  @IsBoolean()
  sessionValidated?: boolean;

  @ApiPropertyOptional({ type: MixinSchemasDto })
  @OptionalField()
  @Nested(() => MixinSchemasDto)
  metadata?: MixinSchemasDto;
}

/** PUT /carts/{cartId}: fields that are absent stay as they are. */
export class UpdateCartDto extends CartFieldsDto {
  @ApiPropertyOptional({
    example: 'EUR',
    description: 'ISO 4217; one that the site sells in. It changes only while the cart is empty',
  })
  @OptionalField()
  @IsCurrency()
  currency?: string;

  @ApiPropertyOptional({ maxLength: 9 })
  @OptionalText(9)
  zipCode?: string;

  @ApiPropertyOptional({ example: 'DE', description: 'ISO 3166-1 alpha-2, in either case' })
  @OptionalCountry()
  countryCode?: string;

  @ApiPropertyOptional({ enum: STATES })
  @OptionalField()
  @IsIn(STATES)
  status?: (typeof STATES)[number];

  @ApiPropertyOptional({ type: UpdateMetadataDto })
  @OptionalField()
  @Nested(() => UpdateMetadataDto)
  metadata?: UpdateMetadataDto;
}

export const toCartWish = ({ metadata, ...dto }: CreateCartDto): CartDraft => ({
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
