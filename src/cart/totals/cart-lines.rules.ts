import { isJsonObject, type Json, type JsonObject } from '../../shared/json.js';
import { percentOf, productOf, quotient } from '../../shared/money.js';
import type { CartItem } from '../cart.types.js';
import { asGiven, fromGross, fromNet, type Tax, taxed } from './cart-amounts.rules.js';
import { discountableAmount, type DiscountableAmount, discounted } from './cart-proration.rules.js';
import type { CalculatedFee, Calculation, TaxedAmount } from './cart-totals.types.js';

type FeeInfo = Omit<CalculatedFee, 'price' | 'discountedPrice'>;

/** A line while its discounts are being calculated. */
export interface Line {
  readonly item: CartItem;
  readonly unitPrice: TaxedAmount;
  /** Whether the price was calculated here or came from outside. */
  readonly calculated: 'INTERNAL' | 'EXTERNAL';
  readonly part: DiscountableAmount;
  readonly fees: readonly { readonly info: FeeInfo; readonly part: DiscountableAmount }[];
}

/** Calculates a line with the discounts that a backend put on it, lowest sequence first. */
export function lineOf(item: CartItem, calculation: Calculation): Line {
  const tax = taxOf(item);
  const unitPrice = unitPriceOf(item, tax, calculation);
  const given = givenPriceOf(item, tax, calculation);
  const price = given ?? ownPriceOf(item, tax, calculation);
  const fees = objectsIn(item.extra['externalFees']).flatMap((fee) => feeOf(fee, item, price, calculation));
  const line: Line = {
    item,
    unitPrice,
    calculated: given ? 'EXTERNAL' : 'INTERNAL',
    part: discountableAmount(price, tax, calculation),
    fees,
  };
  return objectsIn(item.extra['externalDiscounts'])
    .toSorted((a, b) => (numberIn(a, 'sequence') ?? 0) - (numberIn(b, 'sequence') ?? 0))
    .reduce((current, discount) => withExternalDiscount(current, discount, calculation), line);
}

function taxOf({ extra }: CartItem): Tax {
  const [tax, lineTax] = [objectIn(extra, 'tax'), objectIn(extra, 'lineTax')];
  const taxCode = textIn(extra, 'taxCode') ?? textIn(tax, 'name') ?? textIn(lineTax, 'name');
  const taxRate = numberIn(lineTax, 'rate') ?? numberIn(tax, 'rate');
  return { ...(taxCode !== undefined && { taxCode }), ...(taxRate !== undefined && { taxRate }) };
}

const unitPriceOf = (item: CartItem, tax: Tax, calculation: Calculation): TaxedAmount =>
  priced(item, perUnit(item), tax, calculation);

const ownPriceOf = (item: CartItem, tax: Tax, calculation: Calculation): TaxedAmount =>
  priced(
    item,
    quotient(productOf(item.price.effectiveAmount, item.quantity), unitsOf(item)),
    tax,
    calculation,
  );

/** Returns the number of units that a price is for: 100 for a price of 4.99 per 100 g. */
const unitsOf = ({ price: { measurementUnit } }: CartItem): number =>
  numberIn(measurementUnit, 'quantity') || 1;

const perUnit = (item: CartItem): number => quotient(item.price.effectiveAmount, unitsOf(item));

/**
 * If the unit tax that a backend sent matches the price, it decides whether the price is gross or net; else the site
 * does.
 */
function priced(item: CartItem, amount: number, tax: Tax, calculation: Calculation): TaxedAmount {
  const given = objectIn(item.extra, 'tax');
  const { effectiveAmount } = item.price;
  if (numberIn(given, 'grossValue') === effectiveAmount) return fromGross(amount, tax, calculation);
  if (numberIn(given, 'netValue') === effectiveAmount) return fromNet(amount, tax, calculation);
  return taxed(amount, tax, calculation);
}

/** Returns the price of the whole line that came from outside. It is valid only for the quantity it was given for. */
function givenPriceOf(item: CartItem, tax: Tax, calculation: Calculation): TaxedAmount | undefined {
  const [price, lineTax] = ['linePrice', 'lineTax'].map((field) => {
    const given = objectIn(item.extra, field);
    return given && numberIn(given, 'quantity') === item.quantity ? given : undefined;
  });
  const [net, gross] = [numberIn(lineTax, 'netValue'), numberIn(lineTax, 'grossValue')];
  if (net !== undefined && gross !== undefined) return asGiven(net, gross, tax, calculation);
  const amount = numberIn(price, 'effectiveAmount');
  return amount === undefined ? undefined : taxed(amount, tax, calculation);
}

/** Leaves out a fee in another currency, because it can't be added to the cart's amounts. */
function feeOf(fee: JsonObject, item: CartItem, line: TaxedAmount, calculation: Calculation): Line['fees'] {
  const net = netFeeOf(fee, item, line, calculation);
  if (net === undefined) return [];
  const tax = fee['taxable'] === true ? feeTaxOf(fee) : {};
  return [
    { info: feeInfoOf(fee), part: discountableAmount(fromNet(net, tax, calculation), tax, calculation) },
  ];
}

function netFeeOf(
  fee: JsonObject,
  { quantity }: CartItem,
  line: TaxedAmount,
  { currency }: Calculation,
): number | undefined {
  if (fee['feeType'] === 'PERCENT') return percentOf(numberIn(fee, 'feePercentage') ?? 0, line.netValue);
  const absolute = objectIn(fee, 'feeAbsolute');
  const amount = textIn(absolute, 'currency') === currency ? numberIn(absolute, 'amount') : undefined;
  if (amount === undefined) return undefined;
  return fee['feeType'] === 'ABSOLUTE_MULTIPLY_ITEMQUANTITY' ? productOf(amount, quantity) : amount;
}

function feeTaxOf(fee: JsonObject): Tax {
  const taxCode = textIn(fee, 'taxCode');
  const taxRate = numberIn(objectsIn(fee['taxValues'])[0], 'rate');
  return { ...(taxCode !== undefined && { taxCode }), ...(taxRate !== undefined && { taxRate }) };
}

function feeInfoOf(fee: JsonObject): FeeInfo {
  const [id, yrn, name] = [textIn(fee, 'id'), textIn(fee, 'yrn'), objectIn(fee, 'name')];
  return {
    ...(id !== undefined && { id }),
    ...(yrn !== undefined && { yrn }),
    origin: 'EXTERNAL',
    type: textIn(fee, 'feeType') ?? 'ABSOLUTE',
    ...(name && { name }),
  };
}

function withExternalDiscount(line: Line, discount: JsonObject, calculation: Calculation): Line {
  const covered =
    discount['includeFees'] === true ? [line.part, ...line.fees.map(({ part }) => part)] : [line.part];
  const [part = line.part, ...feeParts] = discounted(
    covered,
    {
      id: textIn(discount, 'id') ?? '',
      discountType: discount['discountType'] === 'PERCENT' ? 'PERCENT' : 'ABSOLUTE',
      origin: 'EXTERNAL',
      value: numberIn(discount, 'value') ?? 0,
    },
    calculation,
  );
  return {
    ...line,
    part,
    fees: line.fees.map((fee, index) => ({ ...fee, part: feeParts[index] ?? fee.part })),
  };
}

const objectIn = (from: JsonObject | undefined, field: string): JsonObject | undefined => {
  const value = from?.[field];
  return isJsonObject(value) ? value : undefined;
};

const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

const numberIn = (from: JsonObject | undefined, field: string): number | undefined => {
  const value = from?.[field];
  return typeof value === 'number' ? value : undefined;
};

const textIn = (from: JsonObject | undefined, field: string): string | undefined => {
  const value = from?.[field];
  return typeof value === 'string' ? value : undefined;
};
