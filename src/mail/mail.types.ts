export type MailKind = 'opt-in' | 'password-reset' | 'email-change';

/** What a mail is to be about. It names no token: one is made when the mail is written, just before it is sent. */
export interface MailRequest {
  readonly tenant: string;
  readonly kind: MailKind;
  /** The customer, or the e-mail of whoever may be one: whether there is one is not looked at before. */
  readonly customerId?: string;
  readonly email?: string;
  /** Code of the site that was asked from, as the caller named it. */
  readonly site?: string;
  /** Of `email-change`. */
  readonly newEmail?: string;
  readonly syncContactEmail?: boolean;
}

/** A mail as it is sent: plain text. */
export interface Letter {
  /** E-mail address. */
  readonly to: string;
  /** E-mail address of the sender; the configured one if it is left out. */
  readonly from?: string;
  readonly subject: string;
  /** May hold a live token. */
  readonly text: string;
}

/**
 * - `waiting`: to be sent, or being sent
 * - `kept`: written, and kept to be read: nothing sends mails in development
 * - `dropped`: nobody to write to
 * - `given-up`: refused for good, or tried too often
 */
export type MailState = 'waiting' | 'sent' | 'kept' | 'dropped' | 'given-up';

export interface OutboxMail extends MailRequest {
  readonly id: string;
  readonly state: MailState;
  readonly attempts: number;
  /** While waiting: when it may be taken, by the first instance that does. */
  readonly dueAt?: Date;
  /** Of the instance that has taken it. */
  readonly claim?: string;
  /** Whom it was sent to. */
  readonly to?: string;
  /** Only when it is `kept`: nothing else stores a token. */
  readonly letter?: Letter;
  /** A code, such as `ECONNREFUSED`. */
  readonly lastError?: string;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly erasedAt: Date;
}

/** What came of an attempt. */
export type Outcome =
  | { readonly kind: 'sent'; readonly to: string }
  | { readonly kind: 'kept'; readonly letter: Letter }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'failed'; readonly error: string; readonly forGood: boolean };
