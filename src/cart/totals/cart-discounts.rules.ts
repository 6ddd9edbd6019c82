import type { DiscountCode } from '../../discount/discount.types.js';
import { InvalidInput } from '../../shared/domain-error.js';
import { DiscountConflict, DiscountNotFound } from '../cart.errors.js';
import type { Cart, CartDiscount } from '../cart.types.js';
import type { Discount } from './cart-proration.rules.js';
import { calculationOf, type CountingRules, linesOf, subtotalOf, totalsOf } from './cart-totals.rules.js';
import type { CalculatedCart, CalculatedDiscount } from './cart-totals.types.js';

/** What a calculation needs besides the cart. */
export interface CalculationInputs {
  /** Undefined when the site no longer exists. */
  readonly site: CountingRules | undefined;
  /** The codes that are declared now, among those of the cart. */
  readonly codes: readonly DiscountCode[];
  readonly now: Date;
}

/** Limit per cart, because each code is evaluated at every read. */
const MAX_DISCOUNTS = 10;

/** Calculates what a cart costs now. A code that is not valid at the moment takes nothing off, and says why. */
export function calculate(cart: Cart, { site, codes, now }: CalculationInputs): CalculatedCart {
  const calculation = calculationOf(cart, site);
  const lines = linesOf(cart, calculation);
  const order = { ...cart, subtotal: subtotalOf(lines, calculation) };
  const discounts = (cart.discounts ?? []).map((placed): CalculatedDiscount => {
    const code = codes.find((one) => one.code === placed.code);
    return countedDiscount(placed, code, code ? problemsOf(code, order, now) : ['is no longer declared']);
  });
  const counting = discounts.filter(({ problems }) => problems.length === 0);
  return { cart, calculation, discounts, ...totalsOf(lines, counting.map(toDiscount), calculation) };
}

/**
 * @returns the cart with the code as the last of its discounts
 * @throws DiscountConflict
 * @throws InvalidInput - the code is not valid for this cart now, or the cart has too many codes
 */
export function withDiscount(
  cart: Cart,
  code: DiscountCode,
  counting: Omit<CalculationInputs, 'codes'>,
): Cart {
  const refused = refusalOf(cart, code, counting);
  if (refused) throw refused;
  return withPlaced(cart, code);
}

/** Adds codes from another cart, one after the other, if they could be applied to this cart now. */
export const withThoseThatCount = (
  cart: Cart,
  coming: readonly CartDiscount[],
  counting: CalculationInputs,
): Cart =>
  coming.reduce<Cart>((current, { code }) => {
    const declared = counting.codes.find((one) => one.code === code);
    return !declared || refusalOf(current, declared, counting) ? current : withPlaced(current, declared);
  }, cart);

function withPlaced(cart: Cart, code: DiscountCode): Cart {
  const placed = cart.discounts ?? [];
  const id = Math.max(-1, ...placed.map((one) => Number(one.id))) + 1;
  const discount = { id: String(id), code: code.code, stackable: code.stackable };
  return { ...cart, discounts: [...placed, discount] };
}

/** @throws DiscountNotFound */
export function withoutDiscount(cart: Cart, index: number): Cart {
  const placed = cart.discounts ?? [];
  if (index >= placed.length) throw new DiscountNotFound(cart.id, index);
  return { ...cart, discounts: placed.toSpliced(index, 1) };
}

/** Returns the cart unchanged when it has none of these codes. @param codes in canonical form; absent: all */
export function withoutDiscounts(cart: Cart, codes?: readonly string[]): Cart {
  const placed = cart.discounts ?? [];
  const kept = codes ? placed.filter(({ code }) => !codes.includes(code)) : [];
  return kept.length === placed.length ? cart : { ...cart, discounts: kept };
}

/** Returns the reason why a code can't be applied to this cart now. */
function refusalOf(
  cart: Cart,
  code: DiscountCode,
  { site, now }: Omit<CalculationInputs, 'codes'>,
): DiscountConflict | InvalidInput | undefined {
  const placed = cart.discounts ?? [];
  const conflict = conflictOf(code, placed);
  if (conflict) return conflict;
  const calculation = calculationOf(cart, site);
  const order = { ...cart, subtotal: subtotalOf(linesOf(cart, calculation), calculation) };
  const problems = problemsOf(code, order, now);
  if (problems.length > 0) {
    return new InvalidInput(
      problems.map((problem) => ({ field: 'code', message: `${code.code} ${problem}` })),
    );
  }
  return placed.length < MAX_DISCOUNTS
    ? undefined
    : InvalidInput.of('code', `a cart holds at most ${MAX_DISCOUNTS} discounts`);
}

/** Returns the reasons why a code takes nothing off this order now. */
function problemsOf(
  code: DiscountCode,
  { siteCode, currency, subtotal }: Pick<Cart, 'siteCode' | 'currency'> & { readonly subtotal: number },
  now: Date,
): readonly string[] {
  const { siteCodes, from, to, minimumOrderValue = 0 } = code;
  return [
    ...(siteCodes && !siteCodes.includes(siteCode) ? [`is not for the site ${siteCode}`] : []),
    ...(code.currency !== undefined && code.currency !== currency
      ? [`is for carts in ${code.currency}, not in ${currency}`]
      : []),
    ...(from && now < from ? [`begins at ${from.toISOString()}`] : []),
    ...(to && now >= to ? [`ended at ${to.toISOString()}`] : []),
    ...(subtotal < minimumOrderValue
      ? [`asks for products of ${minimumOrderValue} ${currency} in all; these are ${subtotal}`]
      : []),
  ];
}

function conflictOf(
  { code, stackable }: DiscountCode,
  placed: readonly CartDiscount[],
): DiscountConflict | undefined {
  if (placed.some((other) => other.code === code)) {
    return new DiscountConflict(`Discount code ${code} already exists in cart.`);
  }
  const other = placed.find((one) => !stackable || !one.stackable);
  return (
    other &&
    new DiscountConflict(`Another discount already exists in cart. Discount code found: ${other.code}`)
  );
}

const countedDiscount = (
  { id, code }: CartDiscount,
  declared: DiscountCode | undefined,
  problems: readonly string[],
): CalculatedDiscount => ({
  id,
  code,
  ...(declared?.name !== undefined && { name: declared.name }),
  ...(declared && 'percent' in declared && { percent: declared.percent }),
  ...(declared && 'amount' in declared && { amount: declared.amount }),
  ...(declared?.currency !== undefined && { currency: declared.currency }),
  problems,
});

const toDiscount = ({ code, percent, amount }: CalculatedDiscount): Discount => ({
  id: code,
  discountType: percent === undefined ? 'ABSOLUTE' : 'PERCENT',
  origin: 'INTERNAL',
  value: percent ?? amount ?? 0,
});
