import { DomainError } from '../shared/domain-error.js';

export class DiscountCodeNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(code: string) {
    super(`Discount code ${code} not found.`);
  }
}
