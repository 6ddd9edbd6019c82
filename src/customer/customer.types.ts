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

/** Tokens that stay good when a change of credentials ends all others of the customer. */
export interface KeptTokens {
  readonly sessionId: string;
  /** Of the token that asked for the change; absent for one that was made before there were grants. */
  readonly grant?: string;
}

/** An e-mail that the customer will log in with, once its owner has used the token. */
export interface EmailChange extends MailedToken {
  /** As `loginEmail` spells it. */
  readonly newEmail: string;
  readonly syncContactEmail: boolean;
  /** Of the session that asked for it, with the password. */
  readonly kept?: KeptTokens;
}

/** An e-mail that the customer logged in with before. Its owner can take the account back. */
export interface EmailUndo {
  /** Id of the change that took the e-mail away. */
  readonly change: string;
  readonly email: string;
  /** Until then no other customer gets this e-mail. */
  readonly reservedUntil: Date;
  /** Absent until the mail to the e-mail is written. */
  readonly token?: MailedToken;
}

/** One change of a customer's credentials. */
export interface CredentialChange {
  /** A fresh id: mails and undo tokens name the change that they are about by it. */
  readonly id: string;
  readonly at: Date;
  /** Absent: no session outlives the change. */
  readonly kept?: KeptTokens;
}

/** A change of credentials whose sessions still have to end: after a crash, somebody else goes on with it. */
export interface EndingSessions {
  /** Id of the change. */
  readonly change: string;
  readonly since: Date;
  readonly kept?: KeptTokens;
}

/** Changes of credentials: of the password or of the e-mail. What was asked for before the newest is void. */
export interface CredentialChanges {
  /** Ids, the newest first. */
  readonly ids: readonly string[];
  /** When the newest was made. */
  readonly newestAt: Date;
}

/** A customer's profile, with the account that logs in. */
export interface Customer {
  readonly tenant: string;
  readonly id: string;
  /** What the customer logs in with, as `loginEmail` spells it; unique in the tenant. */
  readonly email: string;
  /** When its owner first showed that the e-mail is theirs. Absent: anybody may have typed it. */
  readonly emailConfirmedAt?: Date;
  /** Argon2id, PHC string; absent when the customer only logs in through an identity provider. */
  readonly passwordHash?: string;
  /** Signed up where a double opt-in is asked for, and has not followed the link yet: can't log in. */
  readonly unconfirmed?: true;
  /** Tokens, each of the newest mail of its kind. */
  readonly optIn?: MailedToken;
  readonly passwordReset?: MailedToken;
  readonly emailChange?: EmailChange;
  /** The oldest first. */
  readonly emailUndos?: readonly EmailUndo[];
  /** Absent until there is one. */
  readonly credentialChanges?: CredentialChanges;
  readonly endingSessions?: EndingSessions;
  /** The last time that the customer was mailed of a sign-up with their e-mail: the id that the sign-up was answered. */
  readonly signUpTold?: { readonly signUp: string; readonly at: Date };
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
