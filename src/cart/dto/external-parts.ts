import { isJsonObject, type JsonObject } from '../../shared/json.js';
import { isAmount, isText } from './fields.decorator.js';

const DISCOUNT_TYPES: readonly unknown[] = ['PERCENT', 'ABSOLUTE'];
const FEE_TYPES: readonly unknown[] = ['PERCENT', 'ABSOLUTE', 'ABSOLUTE_MULTIPLY_ITEMQUANTITY'];

/** What is wrong with a discount that a backend puts on a line. */
export function externalDiscountProblem({ id, discountType, value }: JsonObject): string | undefined {
  if (!isText(id)) return 'must each have id as a text';
  if (!DISCOUNT_TYPES.includes(discountType))
    return `must each have discountType, of ${DISCOUNT_TYPES.join(', ')}`;
  const fits = isAmount(value) && (discountType !== 'PERCENT' || Number(value) <= 100);
  return fits ? undefined : 'must each have value as a number from 0, a percentage to 100';
}

/** What is wrong with a fee that a backend puts on a line. */
export function externalFeeProblem({ feeType, feePercentage, feeAbsolute }: JsonObject): string | undefined {
  if (!FEE_TYPES.includes(feeType)) return `must each have feeType, of ${FEE_TYPES.join(', ')}`;
  if (feeType === 'PERCENT') {
    return isAmount(feePercentage)
      ? undefined
      : 'must have feePercentage as a number from 0, if feeType is PERCENT';
  }
  const given =
    isJsonObject(feeAbsolute) && isText(feeAbsolute['currency']) && isAmount(feeAbsolute['amount']);
  return given ? undefined : 'must have feeAbsolute with currency and amount, unless feeType is PERCENT';
}
