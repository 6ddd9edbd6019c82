import type { Problem } from '../../shared/domain-error.js';
import { loginEmail } from '../../shared/email.js';
import { type Standing, withStanding } from '../credentials/credentials.rules.js';
import type { CredentialChange, Customer } from '../customer.types.js';
import { passwordProblem } from '../passwords/password.rules.js';
import { applyTexts, checkedMixins, type TextChanges } from '../patch.rules.js';
import { changedProfile, type ProfileChanges, profileProblems } from '../profile/profile.rules.js';

/** What only the tenant may write. */
const TEXTS = ['type', 'photoUrl', 'restriction'] as const satisfies readonly (keyof Customer)[];

/** What a tenant's backend may change in a profile. An absent field stays, and null empties one. */
export interface ManagedChanges extends ProfileChanges, TextChanges<(typeof TEXTS)[number]>, Standing {}

/** @throws VersionConflict | InvalidInput | TooLarge */
export function changedCustomer(
  current: Customer,
  changes: ManagedChanges,
  change: CredentialChange,
): Customer {
  const next = { ...changedProfile(current, changes) };
  applyTexts(next, changes, TEXTS);
  return withStanding(next, changes, change);
}

/** Who a new customer is, apart from the profile. */
export interface NewKey {
  readonly tenant: string;
  readonly id: string;
  /** Address to log in with. */
  readonly email: string;
}

/** Returns version 1 of a customer. @throws InvalidInput | TooLarge */
export function newManagedCustomer(key: NewKey, changes: ManagedChanges, now: Date): Customer {
  const { mixins, metadata, contactEmail, ...rest } = changes;
  const blank: Customer = {
    ...key,
    email: loginEmail(key.email),
    groups: [],
    addresses: [],
    mixins: checkedMixins(mixins ?? {}),
    createdAt: now,
    version: 0,
  };
  const schemas = metadata?.mixins && { metadata: { mixins: metadata.mixins } };
  const given = { ...rest, contactEmail: contactEmail ?? key.email.trim(), ...schemas };
  const next = { ...changedProfile(blank, given) };
  applyTexts(next, given, TEXTS);
  const { active, onHold } = changes;
  return { ...next, ...(active === false && { inactive: true }), ...(onHold && { onHold: true }) };
}

/** @param common passwords in lower case */
export function newCustomerProblems(
  email: string | null | undefined,
  password: string | undefined,
  changes: ManagedChanges,
  common: ReadonlySet<string>,
): Problem[] {
  const { contactEmail: _checked, ...others } = changes;
  const missing = { field: 'contactEmail', message: 'is missing: the customer logs in with it' };
  const weak = password === undefined ? undefined : passwordProblem(password, email ?? '', common);
  return [
    ...(email ? [] : [missing]),
    ...(weak === undefined ? [] : [{ field: 'password', message: weak }]),
    ...profileProblems(others),
  ];
}
