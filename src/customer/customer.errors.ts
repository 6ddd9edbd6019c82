import { Conflict, DomainError, InvalidInput } from '../shared/domain-error.js';

export class CustomerNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(id: string) {
    super(`Customer ${id} not found.`);
  }
}

export class AddressNotFound extends DomainError {
  override readonly kind = 'not-found';

  constructor(addressId: string, customerId: string) {
    super(`Address ${addressId} of customer ${customerId} not found.`);
  }
}

/** Behaviour W-13. */
export class DuplicateAccount extends Conflict {
  constructor(email: string, tenant: string) {
    super(`Duplicate account '${email}' for tenant '${tenant}'.`);
  }
}

/** Another account used this e-mail address until recently, and its owner can still undo the change. */
export class EmailReserved extends Conflict {
  constructor() {
    super(
      'subjectAccessToken: your account has changed from this e-mail address to another one. Log in with the new one, or use the link ' +
        'that was mailed to you to undo the change',
    );
  }
}

/** More passwords are waiting than this machine can check in time. */
export class PasswordsBusy extends DomainError {
  override readonly kind = 'rate-limited';
  override readonly headers = { 'retry-after': '1' };

  constructor() {
    super('busy: too many passwords are being checked at the moment; try again');
  }
}

/** The fields in which requests carry the password that confirms a change. */
export type ConfirmingField = 'currentPassword' | 'password';

/** Not 401, because clients would then log in again (C-13). */
export const wrongPassword = (field: ConfirmingField): InvalidInput =>
  InvalidInput.of(field, 'is not the password of this account');
