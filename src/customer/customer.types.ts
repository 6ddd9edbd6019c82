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
  /** `SHIPPING`, `BILLING`, or a tag of the tenant's own. */
  readonly tags: readonly string[];
  /** Whether this is the default among the addresses that share a tag with it. */
  readonly isDefault: boolean;
  readonly mixins: JsonObject;
  /** URLs of the mixins' schemas. */
  readonly mixinSchemas?: JsonObject;
}

/** A token that was mailed. It is valid once, until it expires. */
export interface MailedToken {
  /** SHA-256 of the token's secret, base64url */
  readonly hash: string;
  readonly expiresAt: Date;
}

/** Tokens that stay valid when a change of credentials ends all others of the customer. */
export interface KeptTokens {
  readonly sessionId: string;
  /** The grant of the token that asked for the change. Absent if that token dates from before there were grants. */
  readonly grant?: string;
}

/** An e-mail address that the customer will log in with, once its owner has used the token. */
export interface EmailChange extends MailedToken {
  /** As `loginEmail` spells it. */
  readonly newEmail: string;
  readonly syncContactEmail: boolean;
  /** Tokens of the session that asked for the change with the password. */
  readonly kept?: KeptTokens;
}

/** An e-mail address that the customer logged in with before. Its owner can take the account back. */
export interface EmailUndo {
  /** Id of the change that replaced the address. */
  readonly change: string;
  readonly email: string;
  /** Until this time no other customer gets the address. */
  readonly reservedUntil: Date;
  /** Absent until the mail to the address is written. */
  readonly token?: MailedToken;
}

/** One change of a customer's credentials. */
export interface CredentialChange {
  /** A new id, by which mails and undo tokens name the change that they are about. */
  readonly id: string;
  readonly at: Date;
  /** The tokens that stay valid. Absent means that no session outlives the change. */
  readonly kept?: KeptTokens;
}

/** A change of credentials whose sessions still have to end. After a crash, another instance finishes it. */
export interface EndingSessions {
  /** Id of the change. */
  readonly change: string;
  readonly since: Date;
  readonly kept?: KeptTokens;
  /** The account was blocked. Absent means that the customer changed a credential. */
  readonly blocked?: true;
}

/** Changes of the password or the e-mail address. Requests made before the newest change are void. */
export interface CredentialChanges {
  /** Ids of changes, newest first. */
  readonly ids: readonly string[];
  /** When the newest change was made. */
  readonly newestAt: Date;
}

/** A customer's profile, together with the account that logs in. */
export interface Customer {
  readonly tenant: string;
  readonly id: string;
  /** What the customer logs in with, as `loginEmail` spells it. Unique in the tenant. */
  readonly email: string;
  /**
   * When the owner of the e-mail address first proved that it is theirs. Absent means that anybody may have typed it
   * (X-06).
   */
  readonly emailConfirmedAt?: Date;
  /**
   * Argon2id, PHC string; or what `recipeOf` reads, if it was brought in from elsewhere and nobody has logged in with it
   * yet. Absent if the customer logs in only through an identity provider.
   */
  readonly passwordHash?: string;
  /** A backend of the tenant chose the password. */
  readonly initialPassword?: true;
  /**
   * The password came from another system, for a time that the tenant has set; and whether the customer was asked to log
   * in once. Outdated as soon as `passwordHash` is one of ours: see `hasLegacyPassword`.
   */
  readonly legacyPassword?: 'waiting' | 'reminded';
  /** The tenant has switched the account off, or put it on hold. With either, nobody may log in. See `isBlocked`. */
  readonly inactive?: true;
  readonly onHold?: true;
  /** The customer signed up with double opt-in and has not followed the link yet, so may not log in. */
  readonly unconfirmed?: true;
  /** Each of these is the token of the newest mail of its kind. */
  readonly optIn?: MailedToken;
  readonly passwordReset?: MailedToken;
  readonly emailChange?: EmailChange;
  /** Oldest first. */
  readonly emailUndos?: readonly EmailUndo[];
  /** Absent until the first change. */
  readonly credentialChanges?: CredentialChanges;
  readonly endingSessions?: EndingSessions;
  /**
   * The last mail that told the customer about a sign-up with their address: the id with which that sign-up was
   * answered.
   */
  readonly signUpTold?: { readonly signUp: string; readonly at: Date };
  readonly contactEmail?: string;
  readonly title?: string;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly lastName?: string;
  readonly contactPhone?: string;
  readonly company?: string;
  /** BCP 47; Emporix writes `en_US`. */
  readonly preferredLanguage?: string;
  /** ISO 4217 */
  readonly preferredCurrency?: string;
  /** Code of a site. */
  readonly preferredSite?: string;
  readonly companyRegistrationId?: string;
  /** `CUSTOMER` or `CONTACT`. Kept for the tenant's backends; it decides nothing here. */
  readonly type?: string;
  readonly photoUrl?: string;
  /** Kept for the tenant's backends; it restricts nothing here. */
  readonly restriction?: string;
  readonly groups: readonly string[];
  readonly addresses: readonly Address[];
  readonly mixins: JsonObject;
  /** URLs of the mixins' schemas. */
  readonly mixinSchemas?: JsonObject;
  readonly createdAt: Date;
  readonly lastLogin?: Date;
  /**
   * `metadata.version`. It grows with each change of the profile or of an address, not with a login or a new password.
   */
  readonly version: number;
}
