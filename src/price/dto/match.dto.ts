import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsDefined, IsIn, IsObject, ValidateNested } from 'class-validator';
import { IsCurrency, OptionalField } from '../../http/fields.decorator.js';
import { MAX_AMOUNT } from '../../shared/money.js';
import type { WantedItem } from '../match.types.js';
import type { MatchRequest } from '../price.service.js';
import { IsAmount, IsId, IsText, MAX_ID_LENGTH } from './fields.decorator.js';
import { ITEM_TYPES, LocationDto, PrincipalDto } from './price-parts.dto.js';
import { MAX_UNIT_LENGTH } from './price-model.dto.js';

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
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => WantedIdDto)
  itemId!: WantedIdDto;

  @ApiProperty({ type: WantedQuantityDto })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => WantedQuantityDto)
  quantity!: WantedQuantityDto;
}

class OwnWantedItemDto extends OmitType(WantedItemDto, ['quantity']) {
  @ApiPropertyOptional({ type: WantedQuantityDto, description: 'not sent: 1' })
  @OptionalField()
  @IsObject()
  @ValidateNested()
  @Type(() => WantedQuantityDto)
  quantity?: WantedQuantityDto;
}

/** Site, currency and country are those of the session; nothing that is sent of them is looked at. */
export class MatchByContextDto {
  @ApiProperty({ type: [OwnWantedItemDto], maxItems: MAX_MATCHED_ITEMS })
  @IsArray()
  @ArrayMaxSize(MAX_MATCHED_ITEMS)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => OwnWantedItemDto)
  items!: OwnWantedItemDto[];
}

export class MatchDto {
  @ApiProperty({ type: [WantedItemDto], maxItems: MAX_MATCHED_ITEMS })
  @IsArray()
  @ArrayMaxSize(MAX_MATCHED_ITEMS)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => WantedItemDto)
  items!: WantedItemDto[];

  @ApiProperty({ example: 'EUR', description: 'ISO 4217' })
  @IsCurrency()
  targetCurrency!: string;

  @ApiProperty({ example: 'main', minLength: 1, maxLength: MAX_ID_LENGTH })
  @IsId()
  siteCode!: string;

  @ApiProperty({ type: LocationDto })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => LocationDto)
  targetLocation!: LocationDto;

  @ApiPropertyOptional({ type: PrincipalDto, description: 'not sent: prices for everybody' })
  @OptionalField()
  @IsObject()
  @ValidateNested()
  @Type(() => PrincipalDto)
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
