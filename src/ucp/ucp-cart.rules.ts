import { productOf } from '../cart/lines/cart-line-prices.rules.js';
import type {
  CalculatedCart,
  LineTotals,
  TaxedAmount,
  TotalDiscount,
} from '../cart/totals/cart-totals.types.js';
import { isJsonObject, type JsonObject } from '../shared/json.js';
import { digitsOf, productOf as product, roundedTo, sumOf } from '../shared/money.js';

/** Returns an amount in the minor unit of its currency, by ISO 4217. */
export const minorUnits = (amount: number, currency: string): number =>
  roundedTo(product(amount, 10 ** digitsOf(currency)), 0);

export interface UcpTotal {
  readonly type: 'subtotal' | 'discount' | 'fee' | 'tax' | 'total';
  readonly amount: number;
}

export interface UcpLine {
  readonly id: string;
  readonly item: {
    readonly id: string;
    readonly title: string;
    readonly price: number;
    readonly quantity_unit?: { readonly unit: string; readonly scale: number; readonly display_text: string };
  };
  readonly quantity: number;
  readonly totals: readonly UcpTotal[];
}

/** A cart, or a line of it, with what it costs. */
interface Priced {
  readonly price: TaxedAmount;
  readonly totalDiscount: TotalDiscount;
  readonly fees: TaxedAmount;
  readonly finalPrice: TaxedAmount;
}

interface Terms {
  readonly currency: string;
  readonly includesTax: boolean;
}

export const linesOf = ({ lines, cart, calculation }: CalculatedCart): readonly UcpLine[] => {
  const terms = { currency: cart.currency, includesTax: calculation.includesTax };
  return lines.map((line) => lineOf(line, terms));
};

export const totalsOf = ({ totals, cart, calculation }: CalculatedCart): readonly UcpTotal[] =>
  breakdown(totals, { currency: cart.currency, includesTax: calculation.includesTax });

function lineOf(line: LineTotals, terms: Terms): UcpLine {
  const { item, unitPrice } = line;
  const id = productOf(item) ?? item.id;
  const { quantity, ...unit } = countOf(item.quantity);
  const fees = line.fees.map(({ price }) => price);
  const price = minorUnits(shown(unitPrice, terms), terms.currency);
  return {
    id: item.id,
    item: { id, title: titleOf(item.extra) ?? id, price: Math.max(0, price), ...unit },
    quantity,
    totals: breakdown({ ...line, fees: added(fees) }, terms),
  };
}

/** In UCP, quantities are whole steps: half a piece is five steps of a tenth. */
function countOf(quantity: number): Pick<UcpLine, 'quantity'> & Pick<UcpLine['item'], 'quantity_unit'> {
  const scale = Math.min(String(quantity).split('.')[1]?.length ?? 0, 15);
  if (scale === 0) return { quantity: Math.max(1, Math.round(quantity)) };
  const steps = Math.max(1, roundedTo(product(quantity, 10 ** scale), 0));
  return { quantity: steps, quantity_unit: { unit: 'unit', scale, display_text: 'unit' } };
}

/** Carts of this service hold products of a catalog elsewhere. A name is known only if a client sent it along. */
function titleOf({ product: sent }: JsonObject): string | undefined {
  const name = isJsonObject(sent) ? sent['name'] : undefined;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

const shown = ({ grossValue, netValue }: TaxedAmount, { includesTax }: Terms): number =>
  includesTax ? grossValue : netValue;

const added = (amounts: readonly TaxedAmount[]): TaxedAmount => ({
  netValue: sumOf(amounts.map(({ netValue }) => netValue)),
  grossValue: sumOf(amounts.map(({ grossValue }) => grossValue)),
  taxValue: sumOf(amounts.map(({ taxValue }) => taxValue)),
});

/** Tax is an entry of its own where prices are net; otherwise the other entries contain it. */
function breakdown({ price, totalDiscount, fees, finalPrice }: Priced, terms: Terms): readonly UcpTotal[] {
  const inMinor = (amount: number): number => minorUnits(amount, terms.currency);
  const discount = inMinor(totalDiscount.value);
  const fee = inMinor(shown(fees, terms));
  const tax = terms.includesTax ? 0 : inMinor(finalPrice.taxValue);
  return [
    { type: 'subtotal', amount: inMinor(shown(price, terms)) },
    ...(discount > 0 ? [{ type: 'discount', amount: -discount } as const] : []),
    ...(fee > 0 ? [{ type: 'fee', amount: fee } as const] : []),
    ...(tax > 0 ? [{ type: 'tax', amount: tax } as const] : []),
    { type: 'total', amount: inMinor(finalPrice.grossValue) },
  ];
}
