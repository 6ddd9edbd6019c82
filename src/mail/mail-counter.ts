import type { MailKind } from './mail.types.js';

/** The port through which attempts to send a mail are counted; `observability/`, which stands behind, fulfils it. */
export abstract class MailCounter {
  abstract count(kind: MailKind, outcome: 'sent' | 'kept' | 'failed' | 'given-up'): void;
}
