import { Conflict, DomainError } from '../shared/domain-error.js';

/** The site does not exist, or this caller may not see it. */
export class SiteNotFound extends DomainError {
  override readonly kind = 'not-found';
  override readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string) {
    super('Site not found');
    this.details = { details: [{ message: `no site has the code '${code}'` }] };
  }
}

export class MixinNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(name: string) {
    super(`The site has no mixin '${name}'`);
  }
}

export class SiteAlreadyExists extends Conflict {
  constructor(code: string) {
    super(`code: there is already a site '${code}'; change it, or choose another code`);
  }
}

export class MixinAlreadyExists extends Conflict {
  constructor(name: string, code: string) {
    super(`The site '${code}' already has a mixin '${name}'; change it with PUT or PATCH`);
  }
}
