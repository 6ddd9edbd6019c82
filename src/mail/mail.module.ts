import { Module } from '@nestjs/common';
import { MailTransport } from './mail-transport.js';
import { OutboxController } from './outbox.controller.js';
import { OutboxService } from './outbox.service.js';
import { OutboxWorker } from './outbox.worker.js';

/** `MailWriter` and `MailCounter` come from features that stand behind this one. */
@Module({
  controllers: [OutboxController],
  providers: [OutboxService, OutboxWorker, MailTransport],
  exports: [OutboxService],
})
export class MailModule {}
