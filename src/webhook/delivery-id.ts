import { createHash } from 'node:crypto';

/** Returns the id of the one delivery of an event to a webhook. It begins with the webhook's id. */
export const deliveryId = (webhookId: string, eventId: string): string =>
  `${webhookId}-${createHash('sha256').update(eventId).digest('hex').slice(0, 24)}`;
