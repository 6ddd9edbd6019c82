import { Module } from '@nestjs/common';
import { MailTransport } from './mail-transport.js';
import { OutboxController } from './outbox.controller.js';
import { OutboxService } from './outbox.service.js';
import { OutboxWorker } from './outbox.worker.js';

/** Features that follow this one in the import order provide `MailWriter` and `MailCounter`. */
@Module({
  controllers: [OutboxController],
  providers: [OutboxService, OutboxWorker, MailTransport],
  exports: [OutboxService],
})
export class MailModule {}
