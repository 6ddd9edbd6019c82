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

/** More than any page of a catalogue shows. */
export const MAX_MATCHED_ITEMS = 500;

class WantedIdDto {
  @ApiProperty({ enum: WANTED_TYPES, description: 'PRICE: that price only, if it applies' })
  @IsIn(WANTED_TYPES)
  itemType!: WantedItem['itemId']['itemType'];

  @ApiProperty({ example: 'umbrella', minLength: 1, maxLength: MAX_ID_LENGTH })
  @IsId()
  id!: string;
}

class WantedQuantityDto {
  @ApiProperty({ example: 1, minimum: 0, maximum: MAX_AMOUNT })
  @IsDefined()
  @IsAmount()
  quantity!: number;

  @ApiPropertyOptional({
    example: 'pc',
    minLength: 1,
    maxLength: MAX_UNIT_LENGTH,
    description: 'not sent: that of the price model',
  })
  @OptionalField()
  @IsText(MAX_UNIT_LENGTH)
  unitCode?: string;
}

class WantedItemDto {
  @ApiProperty({ type: WantedIdDto })
  @Nested(() => WantedIdDto)
  itemId!: WantedIdDto;

  @ApiProperty({ type: WantedQuantityDto })
  @Nested(() => WantedQuantityDto)
  quantity!: WantedQuantityDto;
}

class OwnWantedItemDto extends OmitType(WantedItemDto, ['quantity']) {
  @ApiPropertyOptional({ type: WantedQuantityDto, description: 'not sent: 1' })
  @OptionalField()
  @Nested(() => WantedQuantityDto)
  quantity?: WantedQuantityDto;
}

/** Site, currency and country are those of the session; nothing that is sent of them is looked at. */
export class MatchByContextDto {
  @ApiProperty({ type: [OwnWantedItemDto], maxItems: MAX_MATCHED_ITEMS })
  @NestedList(() => OwnWantedItemDto, { max: MAX_MATCHED_ITEMS })
  items!: OwnWantedItemDto[];
}

export class MatchDto {
  @ApiProperty({ type: [WantedItemDto], maxItems: MAX_MATCHED_ITEMS })
  @NestedList(() => WantedItemDto, { max: MAX_MATCHED_ITEMS })
  items!: WantedItemDto[];

  @ApiProperty({ example: 'EUR', description: 'ISO 4217' })
  @IsCurrency()
  targetCurrency!: string;

  @ApiProperty({ example: 'main', minLength: 1, maxLength: MAX_ID_LENGTH })
  @IsId()
  siteCode!: string;

  @ApiProperty({ type: LocationDto })
  @Nested(() => LocationDto)
  targetLocation!: LocationDto;

  @ApiPropertyOptional({ type: PrincipalDto, description: 'not sent: prices for everybody' })
  @OptionalField()
  @Nested(() => PrincipalDto)
  principal?: PrincipalDto;

  @ApiPropertyOptional({
    default: false,
    description: 'what has no price at the site gets that of the default site',
  })
  @OptionalField()
  @IsBoolean()
  useFallback?: boolean;
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
  ...(body.principal && { principal: { type: body.principal.type, id: body.principal.id } }),
});
