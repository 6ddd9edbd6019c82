import { InvalidInput, type Problem, VersionConflict } from '../../shared/domain-error.js';
import { isCurrency, isLanguage } from '../../shared/iso/codes.js';
import type { JsonObject } from '../../shared/json.js';
import type { Customer } from '../customer.types.js';
import { applyTexts, mergedMixins, type TextChanges } from '../patch.rules.js';

/** The text fields that a client may set. */
export const PROFILE_TEXTS = [
  'title',
  'firstName',
  'middleName',
  'lastName',
  'contactEmail',
  'contactPhone',
  'company',
  'preferredLanguage',
  'preferredCurrency',
  'preferredSite',
] as const satisfies readonly (keyof Customer)[];

/** What a client may change in a profile. An absent field stays, and null empties one. */
export interface ProfileChanges extends TextChanges<(typeof PROFILE_TEXTS)[number]> {
  readonly b2b?: { readonly companyRegistrationId?: string | null } | null;
  readonly mixins?: JsonObject | null;
  readonly metadata?: { readonly version?: number | null; readonly mixins?: JsonObject | null } | null;
}

/** A customer before the first password is hashed. */
export type NewCustomer = Omit<Customer, 'passwordHash'>;

/** @param prefix of the field names in the caller's body */
export function profileProblems(changes: ProfileChanges, prefix = ''): Problem[] {
  const problems: Problem[] = [];
  const { preferredCurrency: currency, preferredLanguage: language, contactEmail } = changes;
  const refuse = (field: string, message: string) => problems.push({ field: `${prefix}${field}`, message });
  if (contactEmail === null) refuse('contactEmail', "can't be removed: send another address");
  if (currency !== undefined && currency !== null && !isCurrency(currency)) {
    refuse('preferredCurrency', 'must be an ISO 4217 code such as EUR');
  }
  if (language !== undefined && language !== null && !isLanguage(language)) {
    refuse('preferredLanguage', 'must be a BCP 47 tag such as en or en-US');
  }
  return problems;
}

/**
 * Returns the next version of a profile. `ProfileChanges` contains only what the caller may change.
 * @throws VersionConflict | InvalidInput | TooLarge
 */
export function changedProfile<C extends NewCustomer>(current: C, changes: ProfileChanges): C {
  const { metadata, mixins } = changes;
  const expected = metadata?.version ?? current.version;
  if (expected !== current.version) throw new VersionConflict(expected, current.version);
  const next = {
    ...current,
    ...(metadata?.mixins !== undefined && {
      mixinSchemas: mergedMixins(current.mixinSchemas ?? {}, metadata.mixins, 'metadata.mixins'),
    }),
    mixins: mergedMixins(current.mixins, mixins),
    version: current.version + 1,
  };
  applyTexts<(typeof PROFILE_TEXTS)[number] | 'companyRegistrationId'>(
    next,
    { ...changes, ...(changes.b2b !== undefined && companyOf(changes.b2b)) },
    [...PROFILE_TEXTS, 'companyRegistrationId'],
  );
  refuseNamelessCompany(next);
  return next;
}

const companyOf = (b2b: Exclude<ProfileChanges['b2b'], undefined>) =>
  b2b === null ? { companyRegistrationId: null } : b2b;

/** A customer of a registered company must have a name, and so must the company (Emporix schema `B2BCreate`). */
function refuseNamelessCompany(customer: NewCustomer): void {
  if (!customer.companyRegistrationId) return;
  const missing = (['firstName', 'lastName', 'company'] as const).filter((field) => !customer[field]);
  if (missing.length === 0) return;
  throw new InvalidInput(
    missing.map((field) => ({ field, message: 'is required with b2b.companyRegistrationId' })),
  );
}
