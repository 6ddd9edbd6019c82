import { InvalidInput } from '../shared/domain-error.js';
import type { DiscountCode, DiscountDraft } from './discount.types.js';

/** Returns the form in which codes are stored and compared. Shoppers may type them in upper or lower case. */
export const canonicalCode = (code: string): string => code.toUpperCase();

/** @throws InvalidInput - fields of the draft contradict each other, or one that is required is missing */
export function declaredCode(tenant: string, code: string, draft: DiscountDraft): DiscountCode {
  const { percent, amount, currency, stackable = true, ...terms } = draft;
  const { from, to, minimumOrderValue } = terms;
  if (from && to && from >= to) throw InvalidInput.of('to', 'must be later than from');
  if (minimumOrderValue !== undefined && currency === undefined) {
    throw InvalidInput.of('currency', 'is required: it is the currency of minimumOrderValue');
  }
  const declared = { ...given(terms), tenant, code: canonicalCode(code), stackable };
  if (percent !== undefined && amount === undefined) {
    return { ...declared, percent, ...(currency !== undefined && { currency }) };
  }
  if (amount === undefined || percent !== undefined) {
    throw InvalidInput.of('percent', 'must be sent, or else amount, but not both');
  }
  if (currency === undefined) throw InvalidInput.of('currency', 'is required: it is the currency of amount');
  return { ...declared, amount, currency };
}

const given = (terms: Omit<DiscountDraft, 'percent' | 'amount' | 'currency' | 'stackable'>): typeof terms =>
  Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
