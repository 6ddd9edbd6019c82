export { MailCounter } from './mail-counter.js';
export { MailModule } from './mail.module.js';
export type { Letter, MailKind, MailRequest, NoticeKind, TokenMailKind } from './mail.types.js';
export { MailWriter } from './mail-writer.js';
export { OutboxService } from './outbox.service.js';
