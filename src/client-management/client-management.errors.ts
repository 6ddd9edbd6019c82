import { Conflict, DomainError } from '../shared/domain-error.js';

export type Kind = 'legal entity' | 'contact assignment' | 'location';

export class RecordNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(what: Kind, id: string) {
    super(`There is no ${what} with the id ${id}`);
  }
}

export class RecordExists extends Conflict {
  constructor(what: Kind, id: string) {
    super(`id: there is already a ${what} ${id}; change it with PUT, or choose another id`);
  }
}
