import { Conflict, DomainError } from '../shared/domain-error.js';

/** The tenant has no such client; of another tenant's nothing is told. */
export class ClientNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(clientId: string) {
    super(`Client '${clientId}' not found`);
  }
}

/** Behaviour C-03: the id alone tells the tenant. */
export class ClientIdTaken extends Conflict {
  constructor(clientId: string) {
    super(`clientId: '${clientId}' is taken; ids are unique over all tenants, so choose another one`);
  }
}
