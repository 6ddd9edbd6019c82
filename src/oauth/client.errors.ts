import { Conflict, DomainError } from '../shared/domain-error.js';

/** The tenant has no such client. The answer is the same for a client of another tenant. */
export class ClientNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(clientId: string) {
    super(`Client '${clientId}' not found`);
  }
}

/** The id is taken. Ids are unique across tenants, because the id alone identifies the tenant (behaviour C-03). */
export class ClientIdTaken extends Conflict {
  constructor(clientId: string) {
    super(`clientId: '${clientId}' is taken; ids are unique across all tenants, so choose another one`);
  }
}
