import { DomainError } from '../../shared/domain-error.js';

/** No job of this tenant has the id, or it was done more than a week ago. */
export class JobNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(id: string) {
    super(`Job ${id} not found`);
  }
}
