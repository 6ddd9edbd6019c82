import { newId } from '../../../src/shared/ids.js';
import { deliveryId } from '../../../src/webhook/delivery-id.js';
import type { Delivery, Webhook } from '../../../src/webhook/webhook.types.js';
import { anEvent } from './memory-events.js';

export const at = (seconds: number): Date => new Date(Date.UTC(2026, 0, 15, 12, 0, seconds));

/** Later than MongoDB's own clock, which decides when expired records are deleted. */
const LATER = new Date(Date.now() + 30 * 86_400_000);

export const aWebhook = (parts: Partial<Webhook> = {}): Webhook => ({
  id: newId(),
  url: 'https://hooks.acme.test/',
  types: ['*'],
  enabled: true,
  secrets: [{ sealed: 'a JWE' }],
  createdAt: at(0),
  modifiedAt: at(0),
  version: 1,
  ...parts,
});

export function aDelivery(parts: Partial<Delivery> = {}): Delivery {
  const event = anEvent({ data: { 'odd.key': { $in: [1, null, 'ä'] } } });
  const { tenant, type, subject } = event;
  const webhookId = parts.webhookId ?? newId();
  return {
    tenant,
    id: deliveryId(webhookId, event.id),
    webhookId,
    eventId: event.id,
    type,
    subject,
    position: '0001',
    event,
    state: 'pending',
    attempts: 0,
    dueAt: at(0),
    createdAt: at(0),
    modifiedAt: at(0),
    erasedAt: LATER,
    ...parts,
  };
}
