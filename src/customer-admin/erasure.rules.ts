import type { Customer } from '../customer/customer.types.js';
import type { Impersonation } from '../vtex/impersonation/impersonation.types.js';
import { type ErasedCounts, type Erasure, NOTHING_ERASED } from './erasure.types.js';

/** Exceeds the time of any request that began before the customer was gone. */
const SETTLES_AFTER_MS = 60_000;

/** Replaces a person in an audit entry. */
const ERASED = 'erased';

/** @param held e-mail addresses that are still reserved for the customer */
export function begun(customer: Customer, held: readonly string[], now: Date): Erasure {
  const { tenant, id, addresses, contactEmail, emailChange } = customer;
  const emails = [...held, contactEmail, emailChange?.newEmail];
  return {
    tenant,
    customerId: id,
    emails: [...new Set(emails.filter((email) => email !== undefined))],
    begunAt: now,
    erased: { ...NOTHING_ERASED, customers: 1, addresses: addresses.length },
  };
}

/** Adds the counts of a pass. */
export function counted(erasure: Erasure, more: Partial<ErasedCounts>): Erasure {
  // An erasure that an earlier version began lacks the newer counts.
  const erased = { ...NOTHING_ERASED, ...erasure.erased };
  return {
    ...erasure,
    erased: {
      ...erased,
      sessions: erased.sessions + (more.sessions ?? 0),
      carts: erased.carts + (more.carts ?? 0),
      mails: erased.mails + (more.mails ?? 0),
      history: erased.history + (more.history ?? 0),
      auditAnonymised: erased.auditAnonymised + (more.auditAnonymised ?? 0),
      contactAssignments: erased.contactAssignments + (more.contactAssignments ?? 0),
    },
  };
}

/** Ends the erasure. All that is left of the person is an id that nobody has any more. */
export const settled = (erasure: Erasure, now: Date): Erasure => ({
  ...erasure,
  emails: [],
  settlesAt: erasure.settlesAt ?? new Date(now.getTime() + SETTLES_AFTER_MS),
});

/** Removes the person from an audit entry, including the employee's own words, which may name the person. */
export const forgotten = (line: Impersonation): Impersonation => ({
  ...line,
  customerId: ERASED,
  customerEmail: ERASED,
  ...(line.reason !== undefined && { reason: ERASED }),
});
