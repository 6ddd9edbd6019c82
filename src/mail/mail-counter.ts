import type { MailKind } from './mail.types.js';

/** Counts attempts to send a mail. `observability/`, which can't be imported here, implements it. */
export abstract class MailCounter {
  abstract count(kind: MailKind, outcome: 'sent' | 'kept' | 'failed' | 'given-up'): void;
}
