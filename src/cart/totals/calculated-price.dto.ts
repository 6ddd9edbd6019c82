import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonObject } from '../../shared/json.js';
import type { LineTotals } from './cart-totals.types.js';

export class TaxedAmountDto {
  @ApiProperty({ example: 16.72, description: 'Amount without tax.' })
  netValue!: number;

  @ApiProperty({ example: 19.9, description: 'Amount with tax.' })
  grossValue!: number;

  @ApiProperty({ example: 3.18, description: 'Amount of tax.' })
  taxValue!: number;

  @ApiPropertyOptional({
    example: 'STANDARD',
    description: 'Tax code. Only present if all parts have the same one.',
  })
  taxCode?: string;

  @ApiPropertyOptional({
    example: 19,
    description: 'Tax rate in percent. Only present if it is known and the same for all parts.',
  })
  taxRate?: number;
}

class AppliedDiscountDto {
  @ApiProperty({ example: 'WELCOME10', description: 'Discount code, or the id that a backend sent.' })
  id!: string;

  @ApiProperty({
    example: 1.99,
    description:
      'What the discount takes off: from the gross amount if the site’s prices include tax, else from the ' +
      'net amount.',
  })
  value!: number;

  @ApiProperty({ type: TaxedAmountDto, description: 'What the discount takes off, net and gross.' })
  price!: TaxedAmountDto;

  @ApiProperty({
    enum: ['PERCENT', 'ABSOLUTE'],
    description: 'Whether the discount is a percentage or a fixed amount.',
  })
  discountType!: string;

  @ApiProperty({
    enum: ['INTERNAL', 'EXTERNAL'],
    description: 'INTERNAL for a discount code of the tenant, EXTERNAL for a discount that a backend sent.',
  })
  origin!: string;
}

class DiscountedAmountDto extends TaxedAmountDto {
  @ApiProperty({ type: [AppliedDiscountDto] })
  appliedDiscounts!: readonly AppliedDiscountDto[];
}

class TotalDiscountDto {
  @ApiProperty({
    enum: ['ApplyDiscountBeforeTax', 'ApplyDiscountAfterTax'],
    description: 'Whether discounts are taken from gross amounts (after tax) or net amounts (before tax).',
  })
  calculationType!: string;

  @ApiProperty({
    example: 1.99,
    description: 'Sum of all discounts, on the basis that `calculationType` names.',
  })
  value!: number;

  @ApiProperty({ type: TaxedAmountDto, description: 'Sum of all discounts, net and gross.' })
  price!: TaxedAmountDto;

  @ApiProperty({ type: [AppliedDiscountDto], description: 'What each discount takes off.' })
  appliedDiscounts!: readonly AppliedDiscountDto[];
}

class LinePriceDto extends TaxedAmountDto {
  @ApiProperty({
    enum: ['INTERNAL', 'EXTERNAL'],
    description: 'INTERNAL if the price was calculated here, EXTERNAL if a backend sent it.',
  })
  calculated!: string;
}

class CalculatedFeeDto {
  @ApiPropertyOptional({ description: 'Id of the fee.' })
  id?: string;

  @ApiPropertyOptional({ description: 'URN of the fee.' })
  yrn?: string;

  @ApiProperty({
    enum: ['EXTERNAL'],
    description: 'Where the fee comes from. Always EXTERNAL: a backend sent it.',
  })
  origin!: string;

  @ApiProperty({
    example: 'ABSOLUTE',
    description: 'How the fee is calculated: PERCENT, ABSOLUTE or ABSOLUTE_MULTIPLY_ITEMQUANTITY.',
  })
  type!: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'Name of the fee by language.',
  })
  name?: JsonObject;

  @ApiProperty({ type: TaxedAmountDto, description: 'The fee before discounts.' })
  price!: TaxedAmountDto;

  @ApiPropertyOptional({
    type: DiscountedAmountDto,
    description: 'The fee after discounts. Only present if there is a discount.',
  })
  discountedPrice?: DiscountedAmountDto;
}

export class ItemCalculatedPriceDto {
  @ApiProperty({ type: LinePriceDto, description: 'Price of the line before discounts.' })
  price!: LinePriceDto;

  @ApiPropertyOptional({
    type: DiscountedAmountDto,
    description: 'Price of the line after discounts. Only present if there is a discount.',
  })
  discountedPrice?: DiscountedAmountDto;

  @ApiPropertyOptional({
    type: [CalculatedFeeDto],
    description: 'Fees of the line. Only present if there are any.',
  })
  fees?: readonly CalculatedFeeDto[];

  @ApiPropertyOptional({
    type: DiscountedAmountDto,
    description: 'Sum of the fees after discounts. Only present if there are fees.',
  })
  totalFee?: DiscountedAmountDto;

  @ApiProperty({ type: TotalDiscountDto, description: 'All discounts on the line and its fees.' })
  totalDiscount!: TotalDiscountDto;

  @ApiProperty({
    type: TaxedAmountDto,
    description: 'Amount to pay for the line, with fees and after discounts.',
  })
  finalPrice!: TaxedAmountDto;
}

class TaxAggregateDto {
  @ApiProperty({ type: [TaxedAmountDto], description: 'One amount per tax code and rate.' })
  lines!: readonly TaxedAmountDto[];
}

class FinalPriceDto extends TaxedAmountDto {
  @ApiProperty({ type: TaxAggregateDto, description: 'The amount to pay, by tax.' })
  taxAggregate!: TaxAggregateDto;
}

export class CartCalculatedPriceDto {
  @ApiProperty({ type: TaxedAmountDto, description: 'Price of the products before discounts.' })
  price!: TaxedAmountDto;

  @ApiPropertyOptional({
    type: DiscountedAmountDto,
    description: 'Price of the products after discounts. Only present if there is a discount.',
  })
  discountedPrice?: DiscountedAmountDto;

  @ApiProperty({ type: TaxedAmountDto, description: 'Sum of the fees before discounts.' })
  fees!: TaxedAmountDto;

  @ApiProperty({ type: DiscountedAmountDto, description: 'Sum of the fees after discounts.' })
  totalFee!: DiscountedAmountDto;

  @ApiProperty({ type: TotalDiscountDto, description: 'All discounts on the products and fees.' })
  totalDiscount!: TotalDiscountDto;

  @ApiProperty({ type: FinalPriceDto, description: 'Amount to pay, with fees and after discounts.' })
  finalPrice!: FinalPriceDto;
}

/** Leaves out what the wire format does not have, and the fee fields of a line without fees. */
export const toItemCalculatedPrice = ({
  item: _told,
  unitPrice: _beside,
  fees,
  totalFee,
  ...amounts
}: LineTotals): ItemCalculatedPriceDto => ({ ...amounts, ...(fees.length > 0 && { fees, totalFee }) });
