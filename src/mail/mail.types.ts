/** Mails with a token. */
export const TOKEN_MAILS = ['opt-in', 'password-reset', 'email-change', 'email-changed'] as const;

/** Mails that inform about what happened. */
export const NOTICES = [
  'password-changed',
  'password-removed',
  'email-change-undone',
  'already-registered',
  'password-expires',
  'password-expired',
] as const;

export type TokenMailKind = (typeof TOKEN_MAILS)[number];
export type NoticeKind = (typeof NOTICES)[number];
export type MailKind = TokenMailKind | NoticeKind;

/**
 * What a mail should be about. It has no token, because that is created when the mail is written, just before
 * sending.
 */
export interface MailRequest {
  readonly tenant: string;
  readonly kind: MailKind;
  readonly customerId?: string;
  /**
   * Without `customerId`: the e-mail address of somebody who may be a customer, which is checked only when the mail is
   * written. With `customerId`: the address that the mail goes to, even if the customer's has changed by then. Or, for
   * `password-reset`, the address that the customer must have.
   */
  readonly email?: string;
  /** Code of the site that the request came from, as the caller named it. */
  readonly site?: string;
  /** The new address, for `email-change`. */
  readonly newEmail?: string;
  readonly syncContactEmail?: boolean;
  /** For `email-change`: the session whose tokens stay valid, because the change was requested in it. */
  readonly kept?: { readonly sessionId: string; readonly grant?: string };
  /**
   * Identifies the customer's credentials at the time of the request. The mail is void once they have changed.
   * Absent: it is void once they have changed since `OutboxMail.createdAt`.
   */
  readonly credentials?: string;
  /** The change that the mail reports. If the change was not stored, the mail is dropped. */
  readonly about?: string;
}

/** A mail in plain text, as it is sent. */
export interface Letter {
  /** E-mail address. */
  readonly to: string;
  /** E-mail address of the sender. Absent: the configured one. */
  readonly from?: string;
  readonly subject: string;
  /** May contain a live token. */
  readonly text: string;
}

/**
 * - `waiting`: to be sent, or being sent
 * - `kept`: written and stored to be read, in development, where nothing is sent
 * - `dropped`: there is nobody to write to, or no longer a reason to
 * - `given-up`: refused for good, or tried too often
 */
export type MailState = 'waiting' | 'sent' | 'kept' | 'dropped' | 'given-up';

export interface OutboxMail extends MailRequest {
  readonly id: string;
  readonly state: MailState;
  readonly attempts: number;
  /** While the mail is waiting: the time from which an instance may take it. */
  readonly dueAt?: Date;
  /** Identifies the instance that has taken the mail. */
  readonly claim?: string;
  /** The address that the mail was sent to. */
  readonly to?: string;
  /** Only present if the mail is `kept`. No other state stores a token. */
  readonly letter?: Letter;
  /** An error code, such as `ECONNREFUSED`. */
  readonly lastError?: string;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly erasedAt: Date;
}

/** The outcome of an attempt. */
export type Outcome =
  | { readonly kind: 'sent'; readonly to: string }
  | { readonly kind: 'kept'; readonly letter: Letter }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'failed'; readonly error: string; readonly forGood: boolean };
