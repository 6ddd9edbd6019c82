import { Conflict, DomainError, InvalidInput } from '../shared/domain-error.js';

/** The price does not exist or does not apply to this shopper. Both give the same answer. */
export class PriceNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(id: string) {
    super(`There is no price with the id ${id}`);
  }
}

export class PriceExists extends Conflict {
  constructor(id: string) {
    super(`id: there is already a price ${id}; change it with PUT, or choose another id`);
  }
}

export class PriceModelNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(id: string) {
    super(`There is no price model with the id ${id}`);
  }
}

export class PriceModelExists extends Conflict {
  constructor(id: string) {
    super(`id: there is already a price model ${id}; change it with PUT, or choose another id`);
  }
}

export class PriceModelInUse extends InvalidInput {
  constructor(id: string) {
    super([
      {
        field: 'forceDelete',
        message: `must be true to delete ${id}, because its prices would be deleted too`,
      },
    ]);
  }
}

/** Prices can only be matched for an active site. */
export class SiteNotOpen extends DomainError {
  override readonly kind = 'not-found';

  constructor(code: string) {
    super(`siteCode: there is no active site with the code ${code}`);
  }
}
