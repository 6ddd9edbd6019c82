export { MailCounter } from './mail-counter.js';
export { MailModule } from './mail.module.js';
export type { Letter, MailKind, MailRequest, OutboxMail } from './mail.types.js';
export { MailWriter } from './mail-writer.js';
export { OutboxRepository } from './outbox.repository.js';
export { OutboxService } from './outbox.service.js';
