export { EventForgetter } from './event-forgetter.js';
export { DeliveryRepository } from './delivery.repository.js';
export { type ReencryptedWebhookSecrets, WebhookSecrets, type WebhookOfTenant } from './webhook-secrets.js';
export { WebhookModule } from './webhook.module.js';
export { WebhookRepository } from './webhook.repository.js';
