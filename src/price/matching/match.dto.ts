import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsBoolean, IsDefined, IsIn } from 'class-validator';
import { IsCurrency, OptionalField } from '../../http/input/fields.decorator.js';
import { Nested, NestedList } from '../../http/input/nested.decorator.js';
import { MAX_AMOUNT } from '../../shared/money.js';
import { IsAmount, IsId, IsText, MAX_ID_LENGTH } from '../dto/fields.decorator.js';
import { ITEM_TYPES, LocationDto, PrincipalDto } from '../dto/price-parts.dto.js';
import { MAX_UNIT_LENGTH } from '../models/price-model.dto.js';
import type { WantedItem } from './match.types.js';
import type { MatchRequest } from './price-match.service.js';

const WANTED_TYPES: readonly WantedItem['itemId']['itemType'][] = [...ITEM_TYPES, 'PRICE'];

/** Limit per request; no catalogue page shows more. */
const MAX_MATCHED_ITEMS = 500;

class WantedIdDto {
  @ApiProperty({
    enum: WANTED_TYPES,
    description: 'Type of the item. With PRICE, `id` is that of a price, and only this price is matched.',
  })
  @IsIn(WANTED_TYPES)
  itemType!: WantedItem['itemId']['itemType'];

  @ApiProperty({
    example: 'umbrella',
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'Id of the product, SKU or price.',
  })
  @IsId()
  id!: string;
}

class WantedQuantityDto {
  @ApiProperty({ example: 1, minimum: 0, maximum: MAX_AMOUNT, description: 'Number of units.' })
  @IsDefined()
  @IsAmount()
  quantity!: number;

  @ApiPropertyOptional({
    example: 'pc',
    minLength: 1,
    maxLength: MAX_UNIT_LENGTH,
    description: 'Unit of the quantity. Defaults to the unit of the price model.',
  })
  @OptionalField()
  @IsText(MAX_UNIT_LENGTH)
  unitCode?: string;
}

class WantedItemDto {
  @ApiProperty({ type: WantedIdDto, description: 'The item to find a price for.' })
  @Nested(() => WantedIdDto)
  itemId!: WantedIdDto;

  @ApiProperty({ type: WantedQuantityDto, description: 'The quantity to find a price for.' })
  @Nested(() => WantedQuantityDto)
  quantity!: WantedQuantityDto;
}

class OwnWantedItemDto extends OmitType(WantedItemDto, ['quantity']) {
  @ApiPropertyOptional({
    type: WantedQuantityDto,
    description: 'The quantity to find a price for. Defaults to 1.',
  })
  @OptionalField()
  @Nested(() => WantedQuantityDto)
  quantity?: WantedQuantityDto;
}

/** Site, currency and country are those of the session. Values in the body are ignored. */
export class MatchByContextDto {
  @ApiProperty({
    type: [OwnWantedItemDto],
    maxItems: MAX_MATCHED_ITEMS,
    description: 'Items to find prices for.',
  })
  @NestedList(() => OwnWantedItemDto, { max: MAX_MATCHED_ITEMS })
  items!: OwnWantedItemDto[];
}

export class MatchDto {
  @ApiProperty({
    type: [WantedItemDto],
    maxItems: MAX_MATCHED_ITEMS,
    description: 'Items to find prices for.',
  })
  @NestedList(() => WantedItemDto, { max: MAX_MATCHED_ITEMS })
  items!: WantedItemDto[];

  @ApiProperty({ example: 'EUR', description: 'ISO 4217 code of the currency of the prices.' })
  @IsCurrency()
  targetCurrency!: string;

  @ApiProperty({
    example: 'main',
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'Code of an active site.',
  })
  @IsId()
  siteCode!: string;

  @ApiProperty({ type: LocationDto, description: 'The country to ship to.' })
  @Nested(() => LocationDto)
  targetLocation!: LocationDto;

  @ApiPropertyOptional({
    type: PrincipalDto,
    description: 'The customer or group who buys. Left out: only prices for everybody match.',
  })
  @OptionalField()
  @Nested(() => PrincipalDto)
  principal?: PrincipalDto;

  @ApiPropertyOptional({
    default: false,
    description: 'Whether an item without a price at the site gets its price at the default site.',
  })
  @OptionalField()
  @IsBoolean()
  useFallback?: boolean;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: MAX_ID_LENGTH,
    description: 'Id of the legal entity whose price lists, and those of the ones above it, match too.',
  })
  @OptionalField()
  @IsId()
  legalEntityId?: string;
}

export const toWanted = ({ items }: MatchByContextDto | MatchDto): readonly WantedItem[] =>
  items.map(({ itemId, quantity: { quantity, unitCode } = { quantity: 1 } }) => ({
    itemId: { itemType: itemId.itemType, id: itemId.id },
    quantity: { quantity, ...(unitCode !== undefined && { unitCode }) },
  }));

export const toRequest = (tenant: string, body: MatchDto): MatchRequest => ({
  tenant,
  siteCode: body.siteCode,
  currency: body.targetCurrency,
  targetLocation: body.targetLocation.countryCode,
  useFallback: body.useFallback ?? false,
  ...(body.legalEntityId !== undefined && { legalEntityId: body.legalEntityId }),
  ...(body.principal && { principal: { type: body.principal.type, id: body.principal.id } }),
});
