import { DomainError } from '../shared/domain-error.js';

/** No account matches the host or the query (D-19). */
export class UnknownAccount extends DomainError {
  override readonly kind = 'not-found';

  constructor() {
    super('an: there is no such account; name one by the host, or by the query parameter `an`');
  }
}
