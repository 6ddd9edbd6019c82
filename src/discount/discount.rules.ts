import { InvalidInput } from '../shared/domain-error.js';
import type { DiscountCode, DiscountDraft } from './discount.types.js';

/** Shoppers type codes in either case; they are kept and compared in this form. */
export const canonicalCode = (code: string): string => code.toUpperCase();

/** @throws InvalidInput - parts of the draft do not go together */
export function declaredCode(tenant: string, code: string, draft: DiscountDraft): DiscountCode {
  const { percent, amount, currency, stackable = true, ...terms } = draft;
  const { from, to, minimumOrderValue } = terms;
  if (from && to && from >= to) throw InvalidInput.of('to', 'must be later than from');
  if (minimumOrderValue !== undefined && currency === undefined) {
    throw InvalidInput.of('currency', 'is needed: it is that of minimumOrderValue');
  }
  const declared = { ...given(terms), tenant, code: canonicalCode(code), stackable };
  if (percent !== undefined && amount === undefined) {
    return { ...declared, percent, ...(currency !== undefined && { currency }) };
  }
  if (amount === undefined || percent !== undefined) {
    throw InvalidInput.of('percent', 'must be given, or amount; one of the two');
  }
  if (currency === undefined) throw InvalidInput.of('currency', 'is needed: it is that of amount');
  return { ...declared, amount, currency };
}

const given = (terms: Omit<DiscountDraft, 'percent' | 'amount' | 'currency' | 'stackable'>): typeof terms =>
  Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
