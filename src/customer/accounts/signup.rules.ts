import type { Problem } from '../../shared/domain-error.js';
import { loginEmail } from '../../shared/email.js';
import { passwordProblem } from '../passwords/password.rules.js';
import { checkedMixins } from '../patch.rules.js';
import { type AddressChanges, addressProblems, withAddress } from '../profile/address.rules.js';
import {
  changedProfile,
  type NewCustomer,
  type ProfileChanges,
  profileProblems,
} from '../profile/profile.rules.js';

export interface SignupRequest {
  readonly email: string;
  readonly password: string;
  readonly customerDetails?: ProfileChanges | null;
  readonly customerAddress?: AddressChanges | null;
  /** Separate credentials, used instead of the top-level ones. */
  readonly signup?: { readonly email?: string | null; readonly password?: string | null } | null;
}

/** Returns what the customer will log in with. */
export function credentialsOf({ email, password, signup }: SignupRequest): {
  email: string;
  password: string;
} {
  return { email: loginEmail(signup?.email ?? email), password: signup?.password ?? password };
}

/**
 * Returns all problems at once, except those that only the store can find.
 * @param common passwords in lower case
 */
export function signupProblems(request: SignupRequest, common: ReadonlySet<string>): Problem[] {
  const { email, password } = credentialsOf(request);
  const weak = passwordProblem(password, email, common);
  const field = typeof request.signup?.password === 'string' ? 'signup.password' : 'password';
  return [
    ...(weak === undefined ? [] : [{ field, message: weak }]),
    ...contactProblems(request),
    ...profileProblems(detailsOf(request), 'customerDetails.'),
    ...addressProblems(request.customerAddress ?? {}, 'customerAddress.'),
  ];
}

/**
 * Returns version 1 of a customer.
 * @param ids new ids for the customer and for the first address
 * @throws InvalidInput | TooLarge
 */
export function newCustomer(
  tenant: string,
  ids: { readonly customer: string; readonly address: string },
  request: SignupRequest,
  now: Date,
): NewCustomer {
  const { mixins, metadata, ...details } = detailsOf(request);
  const blank: NewCustomer = {
    tenant,
    id: ids.customer,
    email: credentialsOf(request).email,
    groups: [],
    addresses: request.customerAddress ? withAddress([], ids.address, request.customerAddress) : [],
    mixins: checkedMixins(mixins ?? {}, 'customerDetails.mixins'),
    createdAt: now,
    version: 0,
  };
  return changedProfile(blank, {
    ...details,
    contactEmail: request.email.trim(),
    ...(metadata?.mixins && { metadata: { mixins: metadata.mixins } }),
  });
}

/** A null contact e-mail is dropped: a new customer has none to remove. */
function detailsOf({ customerDetails }: SignupRequest): ProfileChanges {
  const { contactEmail, ...details } = customerDetails ?? {};
  return { ...details, ...(typeof contactEmail === 'string' && { contactEmail }) };
}

/** Emporix requires both to be the same address. */
function contactProblems(request: SignupRequest): Problem[] {
  const { contactEmail = request.email } = detailsOf(request);
  if (contactEmail !== null && loginEmail(contactEmail) === loginEmail(request.email)) return [];
  return [{ field: 'customerDetails.contactEmail', message: 'must be the same as email, or be left out' }];
}
