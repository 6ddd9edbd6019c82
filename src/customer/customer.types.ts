import type { JsonObject } from '../shared/json.js';

export interface Address {
  readonly id: string;
  readonly contactName?: string;
  readonly companyName?: string;
  readonly street?: string;
  readonly streetNumber?: string;
  readonly streetAppendix?: string;
  readonly extraLine1?: string;
  readonly extraLine2?: string;
  readonly extraLine3?: string;
  readonly extraLine4?: string;
  readonly zipCode?: string;
  readonly city?: string;
  /** ISO 3166-1 alpha-2 */
  readonly country?: string;
  readonly state?: string;
  readonly contactPhone?: string;
  /** `SHIPPING`, `BILLING`, or the tenant's own */
  readonly tags: readonly string[];
  /** The default one among the addresses that share a tag with it. */
  readonly isDefault: boolean;
  readonly mixins: JsonObject;
  /** URLs of the mixins' schemas. */
  readonly mixinSchemas?: JsonObject;
}

/** A token that was mailed: it is good once, until its time is over. */
export interface MailedToken {
  /** SHA-256 of the token's secret, base64url */
  readonly hash: string;
  readonly expiresAt: Date;
}

/** An e-mail that the customer will log in with, once its owner has used the token. */
export interface EmailChange extends MailedToken {
  /** In lower case. */
  readonly newEmail: string;
  readonly syncContactEmail: boolean;
}

/** A customer's profile, with the account that logs in. */
export interface Customer {
  readonly tenant: string;
  readonly id: string;
  /** What the customer logs in with, in lower case; unique in the tenant. */
  readonly email: string;
  /** Argon2id, PHC string; absent for whoever logs in through an identity provider only. */
  readonly passwordHash?: string;
  /** Signed up where a double opt-in is asked for, and has not followed the link yet: can't log in. */
  readonly unconfirmed?: true;
  /** Tokens, each of the newest mail of its kind. */
  readonly optIn?: MailedToken;
  readonly passwordReset?: MailedToken;
  readonly emailChange?: EmailChange;
  readonly contactEmail?: string;
  readonly title?: string;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly lastName?: string;
  readonly contactPhone?: string;
  readonly company?: string;
  /** BCP 47; Emporix writes `en_US` */
  readonly preferredLanguage?: string;
  /** ISO 4217 */
  readonly preferredCurrency?: string;
  /** Code of a site. */
  readonly preferredSite?: string;
  readonly companyRegistrationId?: string;
  readonly groups: readonly string[];
  readonly addresses: readonly Address[];
  readonly mixins: JsonObject;
  /** URLs of the mixins' schemas. */
  readonly mixinSchemas?: JsonObject;
  readonly createdAt: Date;
  readonly lastLogin?: Date;
  /** `metadata.version`: grows with each change of the profile or of an address, not with a login or a password. */
  readonly version: number;
}
