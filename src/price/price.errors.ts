import { Conflict, DomainError, InvalidInput } from '../shared/domain-error.js';

/** There is none, or it is not for this shopper: one answer. */
export class PriceNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(id: string) {
    super(`There is no price with the id ${id}`);
  }
}

export class PriceExists extends Conflict {
  constructor(id: string) {
    super(`id: there is a price ${id} already; change that one by PUT, or choose another id`);
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
    super(`id: there is a price model ${id} already; change that one by PUT, or choose another id`);
  }
}

export class PriceModelInUse extends InvalidInput {
  constructor(id: string) {
    super([
      {
        field: 'forceDelete',
        message: `must be true to delete ${id}: there are prices of it, which would be deleted too`,
      },
    ]);
  }
}

/** Prices are matched for a site that is there and active. */
export class SiteNotOpen extends DomainError {
  override readonly kind = 'not-found';

  constructor(code: string) {
    super(`siteCode: there is no active site with the code ${code}`);
  }
}
