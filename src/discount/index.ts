export { DiscountCodeNotFound } from './discount.errors.js';
export { DiscountModule } from './discount.module.js';
export { DiscountRepository } from './discount.repository.js';
export { canonicalCode, declaredCode } from './discount.rules.js';
