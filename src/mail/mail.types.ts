/** Mails with a token that does something. */
export const TOKEN_MAILS = ['opt-in', 'password-reset', 'email-change', 'email-changed'] as const;

/** Mails that tell what happened. */
export const NOTICES = [
  'password-changed',
  'password-removed',
  'email-change-undone',
  'already-registered',
] as const;

export type TokenMailKind = (typeof TOKEN_MAILS)[number];
export type NoticeKind = (typeof NOTICES)[number];
export type MailKind = TokenMailKind | NoticeKind;

/** What a mail is to be about. It names no token: one is made when the mail is written, just before it is sent. */
export interface MailRequest {
  readonly tenant: string;
  readonly kind: MailKind;
  readonly customerId?: string;
  /**
   * Without a customer, the e-mail of somebody who may be one: whether they are is not looked at before. With one, the
   * address that the mail goes to, whatever the customer's is by then.
   */
  readonly email?: string;
  /** Code of the site that was asked from, as the caller named it. */
  readonly site?: string;
  /** Of `email-change`. */
  readonly newEmail?: string;
  readonly syncContactEmail?: boolean;
  /** Of `email-change`: tokens of the session that asked for it. */
  readonly kept?: { readonly sessionId: string; readonly grant?: string };
  /**
   * Names the credentials that the customer had when it was asked for; it is void once they have changed. Absent: so it
   * is once they have changed since `OutboxMail.createdAt`.
   */
  readonly credentials?: string;
  /** The change that it tells of; without that, there is nothing to tell. */
  readonly about?: string;
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
