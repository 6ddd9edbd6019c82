import { Conflict, DomainError, InvalidInput } from '../../shared/domain-error.js';

/** There is no such list or, if the caller named a version, none of this version: the wire answers both alike. */
export class PriceListNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly details: Readonly<Record<string, unknown>>;

  constructor(priceListId: string, version?: number) {
    super(`There is no price list with the id ${priceListId}${ofVersion(version)}`);
    this.details = { priceListId };
  }
}

export class PriceListExists extends Conflict {
  constructor(id: string) {
    super(`id: there is already a price list ${id}; change it with PUT, or choose another id`);
  }
}

/** There is no such price in the list, or none of the version that the caller named. */
export class ListPriceNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly details: Readonly<Record<string, unknown>>;

  constructor(priceId: string, version?: number) {
    super(`The price list has no price with the id ${priceId}${ofVersion(version)}`);
    this.details = { priceId };
  }
}

const ofVersion = (version: number | undefined): string =>
  version === undefined ? '' : ` and the version ${version}; read it again for the current version`;

export class ListPriceExists extends Conflict {
  constructor(id: string) {
    super(`id: the price list already has a price ${id}; change it with PUT, or choose another id`);
  }
}

const CODES: Readonly<Record<string, string>> = {
  priceListId: 'PRICE-LIST-PRICE-CREATION-1',
  priceModelId: 'PRICE-LIST-PRICE-CREATION-2',
  tierValues: 'PRICE-LIST-PRICE-CREATION-3',
};

/** A price that can't be added to a list, with the code that the wire has for the reason. */
export class ListPriceRefused extends InvalidInput {
  override readonly details: Readonly<Record<string, unknown>>;

  constructor({ problems }: InvalidInput) {
    super(problems);
    const errorCode = CODES[problems[0]?.field ?? ''];
    this.details = { details: problems, ...(errorCode !== undefined && { errorCode }) };
  }
}
