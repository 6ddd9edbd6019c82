import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '../../shared/json.js';
import type { LineTotals } from './cart-totals.types.js';

export class TaxedAmountDto {
  @ApiProperty({ example: 16.72 })
  netValue!: number;

  @ApiProperty({ example: 19.9 })
  grossValue!: number;

  @ApiProperty({ example: 3.18 })
  taxValue!: number;

  @ApiPropertyOptional({ example: 'STANDARD', description: 'only where all parts have the same' })
  taxCode?: string;

  @ApiPropertyOptional({
    example: 19,
    description: 'percent; only where it is known, and the same for all parts',
  })
  taxRate?: number;
}

class AppliedDiscountDto {
  @ApiProperty({ example: 'WELCOME10' })
  id!: string;

  @ApiProperty({ example: 1.99, description: 'of the gross amount where the prices of the site include tax' })
  value!: number;

  @ApiProperty({ type: TaxedAmountDto })
  price!: TaxedAmountDto;

  @ApiProperty({ enum: ['PERCENT', 'ABSOLUTE'] })
  discountType!: string;

  @ApiProperty({
    enum: ['INTERNAL', 'EXTERNAL'],
    description: 'a code of the tenant, or what a backend sent',
  })
  origin!: string;
}

class DiscountedAmountDto extends TaxedAmountDto {
  @ApiProperty({ type: [AppliedDiscountDto] })
  appliedDiscounts!: readonly AppliedDiscountDto[];
}

class TotalDiscountDto {
  @ApiProperty({ enum: ['ApplyDiscountBeforeTax', 'ApplyDiscountAfterTax'] })
  calculationType!: string;

  @ApiProperty({ example: 1.99 })
  value!: number;

  @ApiProperty({ type: TaxedAmountDto })
  price!: TaxedAmountDto;

  @ApiProperty({ type: [AppliedDiscountDto] })
  appliedDiscounts!: readonly AppliedDiscountDto[];
}

class LinePriceDto extends TaxedAmountDto {
  @ApiProperty({ enum: ['INTERNAL', 'EXTERNAL'], description: 'worked out here, or sent by a backend' })
  calculated!: string;
}

class CalculatedFeeDto {
  @ApiPropertyOptional()
  id?: string;

  @ApiPropertyOptional()
  yrn?: string;

  @ApiProperty({ enum: ['EXTERNAL'] })
  origin!: string;

  @ApiProperty({ example: 'ABSOLUTE' })
  type!: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'by language' })
  name?: JsonObject;

  @ApiProperty({ type: TaxedAmountDto })
  price!: TaxedAmountDto;

  @ApiPropertyOptional({ type: DiscountedAmountDto })
  discountedPrice?: DiscountedAmountDto;
}

export class ItemCalculatedPriceDto {
  @ApiProperty({ type: LinePriceDto, description: 'before discounts' })
  price!: LinePriceDto;

  @ApiPropertyOptional({ type: DiscountedAmountDto, description: 'only if there is a discount' })
  discountedPrice?: DiscountedAmountDto;

  @ApiPropertyOptional({ type: [CalculatedFeeDto], description: 'only if there are fees' })
  fees?: readonly CalculatedFeeDto[];

  @ApiPropertyOptional({ type: DiscountedAmountDto, description: 'after discounts; only if there are fees' })
  totalFee?: DiscountedAmountDto;

  @ApiProperty({ type: TotalDiscountDto })
  totalDiscount!: TotalDiscountDto;

  @ApiProperty({ type: TaxedAmountDto, description: 'what has to be paid' })
  finalPrice!: TaxedAmountDto;
}

class TaxAggregateDto {
  @ApiProperty({ type: [TaxedAmountDto], description: 'one for each tax code and rate' })
  lines!: readonly TaxedAmountDto[];
}

class FinalPriceDto extends TaxedAmountDto {
  @ApiProperty({ type: TaxAggregateDto })
  taxAggregate!: TaxAggregateDto;
}

export class CartCalculatedPriceDto {
  @ApiProperty({ type: TaxedAmountDto, description: 'of the products before discounts' })
  price!: TaxedAmountDto;

  @ApiPropertyOptional({ type: DiscountedAmountDto, description: 'only if there is a discount' })
  discountedPrice?: DiscountedAmountDto;

  @ApiProperty({ type: TaxedAmountDto, description: 'before discounts' })
  fees!: TaxedAmountDto;

  @ApiProperty({ type: DiscountedAmountDto, description: 'after discounts' })
  totalFee!: DiscountedAmountDto;

  @ApiProperty({ type: TotalDiscountDto })
  totalDiscount!: TotalDiscountDto;

  @ApiProperty({ type: FinalPriceDto, description: 'what has to be paid' })
  finalPrice!: FinalPriceDto;
}

/** The rules speak of these amounts as the wire does: what is left out are parts that a line has not. */
export const toItemCalculatedPrice = ({
  item: _told,
  unitPrice: _beside,
  fees,
  totalFee,
  ...amounts
}: LineTotals): ItemCalculatedPriceDto => ({ ...amounts, ...(fees.length > 0 && { fees, totalFee }) });
