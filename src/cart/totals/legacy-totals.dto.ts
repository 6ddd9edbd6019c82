import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { difference, rounded } from '../../shared/money.js';
import { amountOf } from './cart-amounts.rules.js';
import type { CalculatedCart, Calculation, LineTotals, TaxedAmount } from './cart-totals.types.js';

/** Totals for clients written before `calculatedPrice`. All amounts are rounded to the digits of the currency. */

class MoneyDto {
  @ApiProperty({ example: 19.9, description: 'Amount in major units, such as euros.' })
  amount!: number;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217 currency code.' })
  currency!: string;
}

class TotalDto {
  @ApiProperty({ description: 'Net sum of the fees before discounts.' })
  subTotal!: number;

  @ApiProperty({ description: 'Tax on the fees after discounts.' })
  totalTax!: number;

  @ApiProperty({ description: 'Gross sum of the fees after discounts.' })
  total!: number;

  @ApiProperty({ description: 'Net amount that discounts take off the fees.' })
  discount!: number;
}

class TaxLineDto {
  @ApiPropertyOptional({ example: 'STANDARD', description: 'Tax code.' })
  name?: string;

  @ApiProperty({ example: 3.18, description: 'Amount of tax.' })
  amount!: number;

  @ApiPropertyOptional({ example: 19, description: 'Tax rate in percent.' })
  rate?: number;

  @ApiProperty({
    example: 19.9,
    description: 'Amount that is taxed: gross if the site’s prices include tax, else net.',
  })
  taxable!: number;
}

class TaxLinesDto {
  @ApiProperty({ type: [TaxLineDto], description: 'One line per tax code and rate.' })
  lines!: readonly TaxLineDto[];
}

class SubtotalDto {
  @ApiProperty({ example: 'EUR', description: 'ISO 4217 currency code.' })
  currency!: string;

  @ApiProperty({ description: 'Amount without tax, before discounts.' })
  netValue!: number;

  @ApiProperty({ description: 'Amount with tax, before discounts.' })
  grossValue!: number;

  @ApiProperty({ description: 'Amount of tax, before discounts.' })
  taxValue!: number;
}

class ItemTaxDto {
  @ApiPropertyOptional({ example: 'STANDARD', description: 'Tax code.' })
  name?: string;

  @ApiProperty({ type: MoneyDto, description: 'Amount of tax.' })
  value!: MoneyDto;

  @ApiPropertyOptional({ example: 19, description: 'Tax rate in percent.' })
  rate?: number;

  @ApiProperty({ description: 'Amount with tax.' })
  grossValue!: number;

  @ApiProperty({ description: 'Amount without tax.' })
  netValue!: number;
}

class CouponDiscountDto {
  @ApiProperty({ example: 'WELCOME10', description: 'Discount code.' })
  couponId!: string;

  @ApiProperty({ example: 1.99, description: 'What the code takes off.' })
  value!: number;
}

const AS_BEFORE = { deprecated: true, type: MoneyDto } as const;

export class LegacyItemTotalsDto {
  @ApiPropertyOptional({ ...AS_BEFORE, description: 'Price of the line before discounts.' })
  itemPrice?: MoneyDto;

  @ApiPropertyOptional({
    type: [ItemTaxDto],
    deprecated: true,
    description: 'Tax of the line before discounts. Empty if the rate is unknown.',
  })
  itemTaxInfo?: readonly ItemTaxDto[];

  @ApiPropertyOptional({ ...AS_BEFORE, description: 'Gross amount to pay for the line.' })
  authorizedAmount?: MoneyDto;

  @ApiPropertyOptional({ ...AS_BEFORE, description: 'Sum of all discounts on the line.' })
  totalDiscount?: MoneyDto;

  @ApiPropertyOptional({
    type: [CouponDiscountDto],
    deprecated: true,
    description: 'What each discount code takes off the line.',
  })
  couponDiscounts?: readonly CouponDiscountDto[];

  @ApiPropertyOptional({ example: 3.18, description: 'Tax included in the amount to pay for the line.' })
  totalTax?: number;
}

export class LegacyCartTotalsDto {
  @ApiPropertyOptional({ ...AS_BEFORE, description: 'Amount to pay.' })
  totalPrice?: MoneyDto;

  @ApiPropertyOptional({ ...AS_BEFORE, description: 'Price of the products before discounts.' })
  subTotalPrice?: MoneyDto;

  @ApiPropertyOptional({ ...AS_BEFORE, description: 'Sum of all discounts.' })
  totalDiscount?: MoneyDto;

  @ApiPropertyOptional({
    type: MoneyDto,
    description: 'Tax that is added to the prices: 0 if the prices include tax.',
  })
  totalTax?: MoneyDto;

  @ApiPropertyOptional({ type: TaxLinesDto, deprecated: true, description: 'The amount to pay, by tax.' })
  taxAggregate?: TaxLinesDto;

  @ApiPropertyOptional({
    type: SubtotalDto,
    deprecated: true,
    description: 'Price of the products before discounts, net and gross.',
  })
  subtotalAggregate?: SubtotalDto;

  @ApiPropertyOptional({ type: TotalDto, deprecated: true, description: 'Sum of the fees.' })
  itemFeesTotal?: TotalDto;

  @ApiPropertyOptional({ ...AS_BEFORE, description: 'Gross amount to pay.' })
  totalAuthorizedAmount?: MoneyDto;
}

export function toLegacyItemTotals(line: LineTotals, calculation: Calculation): LegacyItemTotalsDto {
  const { price, finalPrice, totalDiscount } = line;
  const { currency } = calculation;
  const coupons = totalDiscount.appliedDiscounts.filter(({ origin }) => origin === 'INTERNAL');
  return {
    itemPrice: money(amountOf(price, calculation), currency),
    itemTaxInfo: price.taxRate === undefined ? [] : [itemTax(price, currency)],
    authorizedAmount: money(finalPrice.grossValue, currency),
    totalDiscount: money(totalDiscount.value, currency),
    couponDiscounts: coupons.map(({ id, value }) => ({ couponId: id, value: rounded(value, currency) })),
    totalTax: rounded(finalPrice.taxValue, currency),
  };
}

export function toLegacyCartTotals({ totals, calculation }: CalculatedCart): LegacyCartTotalsDto {
  const { price, finalPrice, totalDiscount } = totals;
  const { currency, includesTax } = calculation;
  return {
    totalPrice: money(finalPrice.grossValue, currency),
    subTotalPrice: money(amountOf(price, calculation), currency),
    totalDiscount: money(totalDiscount.value, currency),
    totalTax: money(includesTax ? 0 : finalPrice.taxValue, currency),
    taxAggregate: { lines: taxLines(finalPrice.taxAggregate.lines, calculation) },
    subtotalAggregate: {
      currency,
      netValue: rounded(price.netValue, currency),
      grossValue: rounded(price.grossValue, currency),
      taxValue: rounded(price.taxValue, currency),
    },
    itemFeesTotal: feesTotal(totals, currency),
    totalAuthorizedAmount: money(finalPrice.grossValue, currency),
  };
}

const money = (amount: number, currency: string): MoneyDto => ({
  amount: rounded(amount, currency),
  currency,
});

const itemTax = (
  { netValue, grossValue, taxValue, taxCode, taxRate }: TaxedAmount,
  currency: string,
): ItemTaxDto => ({
  ...(taxCode !== undefined && { name: taxCode }),
  value: money(taxValue, currency),
  ...(taxRate !== undefined && { rate: taxRate }),
  grossValue: rounded(grossValue, currency),
  netValue: rounded(netValue, currency),
});

/** Leaves out amounts whose tax rate is unknown. */
const taxLines = (amounts: readonly TaxedAmount[], calculation: Calculation): TaxLineDto[] =>
  amounts
    .filter(({ taxRate }) => taxRate !== undefined)
    .map((amount) => ({
      ...(amount.taxCode !== undefined && { name: amount.taxCode }),
      amount: rounded(amount.taxValue, calculation.currency),
      ...(amount.taxRate !== undefined && { rate: amount.taxRate }),
      taxable: rounded(amountOf(amount, calculation), calculation.currency),
    }));

const feesTotal = ({ fees, totalFee }: CalculatedCart['totals'], currency: string): TotalDto => ({
  subTotal: rounded(fees.netValue, currency),
  totalTax: rounded(totalFee.taxValue, currency),
  total: rounded(totalFee.grossValue, currency),
  discount: rounded(difference(fees.netValue, totalFee.netValue), currency),
});
