export { EventForgetter } from './event-forgetter.js';
export { type ReencryptedWebhookSecrets, WebhookSecrets, type WebhookOfTenant } from './webhook-secrets.js';
export { WebhookModule } from './webhook.module.js';
