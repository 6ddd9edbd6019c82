import { Conflict, DomainError } from '../shared/domain-error.js';

export class TenantNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(name: string) {
    super(`There is no tenant '${name}'`);
  }
}

export class TenantExists extends Conflict {
  constructor(name: string) {
    super(`name: there is a tenant '${name}' already; change it with PATCH, or choose another name`);
  }
}

export class TenantIsBeingDeleted extends Conflict {
  constructor(name: string, job: string) {
    super(`Tenant '${name}' is being deleted; wait until job ${job} is done`);
  }
}

export class DeletionJobNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(job: string) {
    super(`There is no job '${job}'`);
  }
}
