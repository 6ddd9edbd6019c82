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
  /** Credentials of their own, instead of those at the top. */
  readonly signup?: { readonly email?: string | null; readonly password?: string | null } | null;
}

/** What the customer will log in with. */
export function credentialsOf({ email, password, signup }: SignupRequest): {
  email: string;
  password: string;
} {
  return { email: loginEmail(signup?.email ?? email), password: signup?.password ?? password };
}

/**
 * All at once, but for those that only the store can tell.
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
 * Version 1 of a customer.
 * @param ids fresh ones, for the customer and for the first address
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

/** A new customer has no contact e-mail to remove. */
function detailsOf({ customerDetails }: SignupRequest): ProfileChanges {
  const { contactEmail, ...details } = customerDetails ?? {};
  return { ...details, ...(typeof contactEmail === 'string' && { contactEmail }) };
}

/** The wire's rule: both are the same address. */
function contactProblems(request: SignupRequest): Problem[] {
  const { contactEmail = request.email } = detailsOf(request);
  if (contactEmail !== null && loginEmail(contactEmail) === loginEmail(request.email)) return [];
  return [{ field: 'customerDetails.contactEmail', message: 'must be the same as email, or be left out' }];
}
