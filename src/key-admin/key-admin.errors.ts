import { DomainError } from '../shared/domain-error.js';

export class SigningKeyNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(kid: string) {
    super(`There is no signing key '${kid}'`);
  }
}
