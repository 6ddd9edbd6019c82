import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { difference, rounded } from '../../shared/money.js';
import { amountOf } from './cart-amounts.rules.js';
import type { CalculatedCart, Calculation, LineTotals, TaxedAmount } from './cart-totals.types.js';

/** What clients read that were written before `calculatedPrice`. All of it is rounded by the currency's digits. */

class MoneyDto {
  @ApiProperty({ example: 19.9 })
  amount!: number;

  @ApiProperty({ example: 'EUR' })
  currency!: string;
}

class TotalDto {
  @ApiProperty()
  subTotal!: number;

  @ApiProperty()
  totalTax!: number;

  @ApiProperty()
  total!: number;

  @ApiProperty()
  discount!: number;
}

class TaxLineDto {
  @ApiPropertyOptional({ example: 'STANDARD' })
  name?: string;

  @ApiProperty({ example: 3.18 })
  amount!: number;

  @ApiPropertyOptional({ example: 19 })
  rate?: number;

  @ApiProperty({ example: 19.9, description: 'gross where the prices of the site include tax' })
  taxable!: number;
}

class TaxLinesDto {
  @ApiProperty({ type: [TaxLineDto] })
  lines!: readonly TaxLineDto[];
}

class SubtotalDto {
  @ApiProperty({ example: 'EUR' })
  currency!: string;

  @ApiProperty()
  netValue!: number;

  @ApiProperty()
  grossValue!: number;

  @ApiProperty()
  taxValue!: number;
}

class ItemTaxDto {
  @ApiPropertyOptional({ example: 'STANDARD' })
  name?: string;

  @ApiProperty({ type: MoneyDto })
  value!: MoneyDto;

  @ApiPropertyOptional({ example: 19 })
  rate?: number;

  @ApiProperty()
  grossValue!: number;

  @ApiProperty()
  netValue!: number;
}

class CouponDiscountDto {
  @ApiProperty({ example: 'WELCOME10' })
  couponId!: string;

  @ApiProperty({ example: 1.99 })
  value!: number;
}

const AS_BEFORE = { deprecated: true, type: MoneyDto } as const;

export class LegacyItemTotalsDto {
  @ApiPropertyOptional({ ...AS_BEFORE, description: 'of the line, before discounts' })
  itemPrice?: MoneyDto;

  @ApiPropertyOptional({ type: [ItemTaxDto], deprecated: true })
  itemTaxInfo?: readonly ItemTaxDto[];

  @ApiPropertyOptional({ ...AS_BEFORE })
  authorizedAmount?: MoneyDto;

  @ApiPropertyOptional({ ...AS_BEFORE })
  totalDiscount?: MoneyDto;

  @ApiPropertyOptional({ type: [CouponDiscountDto], deprecated: true })
  couponDiscounts?: readonly CouponDiscountDto[];

  @ApiPropertyOptional({ example: 3.18, description: 'of all that has to be paid for the line' })
  totalTax?: number;
}

export class LegacyCartTotalsDto {
  @ApiPropertyOptional({ ...AS_BEFORE, description: 'what has to be paid' })
  totalPrice?: MoneyDto;

  @ApiPropertyOptional({ ...AS_BEFORE, description: 'of the products before discounts' })
  subTotalPrice?: MoneyDto;

  @ApiPropertyOptional({ ...AS_BEFORE })
  totalDiscount?: MoneyDto;

  @ApiPropertyOptional({ type: MoneyDto, description: 'that comes on top: 0 where prices include it' })
  totalTax?: MoneyDto;

  @ApiPropertyOptional({ type: TaxLinesDto, deprecated: true })
  taxAggregate?: TaxLinesDto;

  @ApiPropertyOptional({ type: SubtotalDto, deprecated: true })
  subtotalAggregate?: SubtotalDto;

  @ApiPropertyOptional({ type: TotalDto, deprecated: true })
  itemFeesTotal?: TotalDto;

  @ApiPropertyOptional({ ...AS_BEFORE })
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

/** What no tax is known of is in no line. */
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
