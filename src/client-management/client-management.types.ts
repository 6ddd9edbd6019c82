import type { JsonObject } from '../shared/json.js';

/** What companies, contacts and locations have in common. */
export interface ManagedRecord {
  readonly tenant: string;
  /** Unique within the tenant, among records of its kind. */
  readonly id: string;
  readonly mixins: JsonObject;
  /** URLs of the mixins' schemas. */
  readonly mixinSchemas: JsonObject;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** `metadata.version`: 1 at first, and one more with each change. */
  readonly version: number;
}

export type LegalEntityType = 'COMPANY' | 'SUBSIDIARY';

export interface CustomerGroup {
  readonly id: string;
  /** The name by language. */
  readonly name?: JsonObject;
  readonly role?: string;
}

export interface LegalInfo {
  readonly legalName?: string;
  readonly registrationDate?: string;
  readonly taxRegistrationNumber?: string;
  readonly registrationAgency?: string;
  readonly countryOfRegistration?: string;
  readonly registrationId?: string;
}

/** A company or a subsidiary that customers buy for. */
export interface LegalEntity extends ManagedRecord {
  readonly name: string;
  readonly type: LegalEntityType;
  readonly parentId?: string;
  readonly accountLimit?: { readonly currency?: string; readonly value?: number };
  readonly legalInfo?: LegalInfo;
  /** Prices for these groups apply to customers who buy for the company. */
  readonly customerGroups: readonly CustomerGroup[];
  /** Ids of locations. */
  readonly entitiesAddresses: readonly string[];
  /** Ids of contact assignments. */
  readonly approvalGroup: readonly string[];
  /** Kept and returned; they restrict nothing. */
  readonly restrictions?: readonly string[];
}

export type ContactType = 'PRIMARY' | 'BILLING' | 'LOGISTICS' | 'CONTACT';

/** Says that a customer may act for a legal entity. */
export interface ContactAssignment extends ManagedRecord {
  readonly legalEntityId: string;
  readonly customerId: string;
  readonly type: ContactType;
  readonly primary: boolean;
}

export type LocationType = 'HEADQUARTER' | 'WAREHOUSE' | 'OFFICE';

export interface ContactDetails {
  readonly emails?: readonly string[];
  readonly phones?: readonly string[];
  readonly addressLine1?: string;
  readonly addressLine2?: string;
  readonly city?: string;
  readonly state?: string;
  readonly postcode?: string;
  readonly countryCode?: string;
  readonly tags?: readonly string[];
}

export interface Location extends ManagedRecord {
  readonly name?: string;
  readonly type: LocationType;
  readonly contactDetails: ContactDetails;
}

/** The fields that a client sets. */
export type Draft<T extends ManagedRecord> = Omit<
  T,
  'tenant' | 'id' | 'createdAt' | 'modifiedAt' | 'version'
>;
