export { EventForgetter } from './event-forgetter.js';
export { DeliveryRepository } from './delivery.repository.js';
export { WebhookModule } from './webhook.module.js';
export { WebhookRepository } from './webhook.repository.js';
