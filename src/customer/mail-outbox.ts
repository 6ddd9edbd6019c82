export interface Mail {
  readonly tenant: string;
  /** E-mail address. */
  readonly to: string;
  readonly kind: 'password-reset';
  /** A credential: whoever holds it can set the password. */
  readonly token: string;
  /** Code of the site that the customer asked from, as the caller named it. */
  readonly site?: string;
}

/** Hands mails to whoever delivers them. */
export abstract class MailOutbox {
  abstract send(mail: Mail): Promise<void>;
}
