import { Module } from '@nestjs/common';
import { TargetAddresses } from '../http/upstream/target-addresses.js';
import { DeliveriesController } from './deliveries.controller.js';
import { EventForgetter } from './event-forgetter.js';
import { DeliveryService } from './delivery.service.js';
import { WebhookDispatcher } from './webhook-dispatcher.js';
import { WebhookHttp } from './webhook-http.js';
import { WebhookLease } from './webhook-lease.js';
import { WebhookReader } from './webhook-reader.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { WebhookSender } from './webhook-sender.js';
import { WebhookSigner } from './webhook-signer.js';
import { WebhookSwitch } from './webhook-switch.js';
import { WebhookService } from './webhook.service.js';
import { WebhooksController } from './webhooks.controller.js';

@Module({
  controllers: [WebhooksController, DeliveriesController],
  providers: [
    WebhookService,
    DeliveryService,
    WebhookDispatcher,
    WebhookReader,
    WebhookSender,
    WebhookLease,
    WebhookHttp,
    WebhookSigner,
    WebhookSecrets,
    WebhookSwitch,
    TargetAddresses,
    EventForgetter,
  ],
  exports: [EventForgetter, WebhookSecrets],
})
export class WebhookModule {}
