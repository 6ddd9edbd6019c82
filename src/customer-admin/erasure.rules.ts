import type { Customer } from '../customer/customer.types.js';
import type { Impersonation } from '../vtex/impersonation/impersonation.types.js';
import { type ErasedCounts, type Erasure, NOTHING_ERASED } from './erasure.types.js';

/** Longer than any request takes that began before the customer was gone. */
const SETTLES_AFTER_MS = 60_000;

/** What stands in an audit in the place of a person. */
export const ERASED = 'erased';

export function begun({ tenant, id, addresses, ...customer }: Customer, now: Date): Erasure {
  const emails = [customer.email, customer.contactEmail, customer.emailChange?.newEmail];
  return {
    tenant,
    customerId: id,
    emails: [...new Set(emails.filter((email) => email !== undefined))],
    begunAt: now,
    erased: { ...NOTHING_ERASED, customers: 1, addresses: addresses.length },
  };
}

/** Adds what a pass has erased. */
export function counted(erasure: Erasure, more: Partial<ErasedCounts>): Erasure {
  const { erased } = erasure;
  return {
    ...erasure,
    erased: {
      ...erased,
      sessions: erased.sessions + (more.sessions ?? 0),
      carts: erased.carts + (more.carts ?? 0),
      mails: erased.mails + (more.mails ?? 0),
      auditAnonymised: erased.auditAnonymised + (more.auditAnonymised ?? 0),
    },
  };
}

/** Nothing of the person is left but the id that nobody has any more. */
export const settled = (erasure: Erasure, now: Date): Erasure => ({
  ...erasure,
  emails: [],
  settlesAt: erasure.settlesAt ?? new Date(now.getTime() + SETTLES_AFTER_MS),
});

/** An employee's free words may name the person as well. */
export const forgotten = (line: Impersonation): Impersonation => ({
  ...line,
  customerId: ERASED,
  customerEmail: ERASED,
  reason: ERASED,
});
