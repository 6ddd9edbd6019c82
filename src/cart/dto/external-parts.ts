import { isJsonObject, type JsonObject } from '../../shared/json.js';
import { isAmount, isText } from './fields.decorator.js';

const DISCOUNT_TYPES: readonly unknown[] = ['PERCENT', 'ABSOLUTE'];
const FEE_TYPES: readonly unknown[] = ['PERCENT', 'ABSOLUTE', 'ABSOLUTE_MULTIPLY_ITEMQUANTITY'];

/** Returns what is wrong with a discount that a backend puts on a line; undefined if nothing is. */
export function externalDiscountProblem({ id, discountType, value }: JsonObject): string | undefined {
  if (!isText(id)) return 'must each have id, a text';
  if (!DISCOUNT_TYPES.includes(discountType))
    return `must each have discountType, one of ${DISCOUNT_TYPES.join(', ')}`;
  const fits = isAmount(value) && (discountType !== 'PERCENT' || Number(value) <= 100);
  return fits ? undefined : 'must each have value, a number of at least 0, and at most 100 for a percentage';
}

/** Returns what is wrong with a fee that a backend puts on a line; undefined if nothing is. */
export function externalFeeProblem({ feeType, feePercentage, feeAbsolute }: JsonObject): string | undefined {
  if (!FEE_TYPES.includes(feeType)) return `must each have feeType, one of ${FEE_TYPES.join(', ')}`;
  if (feeType === 'PERCENT') {
    return isAmount(feePercentage)
      ? undefined
      : 'must have feePercentage, a number of at least 0, if feeType is PERCENT';
  }
  const given =
    isJsonObject(feeAbsolute) && isText(feeAbsolute['currency']) && isAmount(feeAbsolute['amount']);
  return given ? undefined : 'must have feeAbsolute with currency and amount, unless feeType is PERCENT';
}
