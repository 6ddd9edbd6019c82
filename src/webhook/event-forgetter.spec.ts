import { expect, it } from 'vitest';
import { anEvent, MemoryEvents } from '../../test/support/memory-events.js';
import { aDelivery, aWebhook } from '../../test/support/webhooks.js';
import type { Listing } from '../shared/filter/filter.types.js';
import type { DeliveryRepository } from './delivery.repository.js';
import { EventForgetter } from './event-forgetter.js';
import type { WebhookRepository } from './webhook.repository.js';
import type { Delivery } from './webhook.types.js';

it('Events that wait to be sent lose the attributes of an erased customer, also from before the login [D-43]', async () => {
  const data = { changes: [{ field: 'context.color', to: 'red' }] };
  const about = (subject: string, person?: string): Delivery => {
    const event = anEvent({ subject, data, ...(person !== undefined && { person }) });
    return aDelivery({ webhookId: 'w1', subject, event });
  };
  const stored = [about('s1'), ...Array.from({ length: 250 }, () => about('s2', 'ben')), about('s1', 'anna')];
  const webhooks = {
    find: async () => ({ tenant: 'acme', webhooks: [aWebhook({ id: 'w1' })] }),
  } as unknown as WebhookRepository;
  const deliveries = {
    list: async (_tenant: string, _id: string, { skip, limit }: Listing) => ({
      rows: stored.slice(skip, skip + limit),
    }),
    change: async (_tenant: string, id: string, decide: (one: Delivery) => Delivery) => {
      const i = stored.findIndex((one) => one.id === id);
      const current = stored[i];
      if (current) stored[i] = decide(current);
    },
  } as unknown as DeliveryRepository;
  await new EventForgetter(new MemoryEvents(), webhooks, deliveries).forget('acme', 'anna');
  const red = stored.filter((one) => JSON.stringify(one).includes('red')).map(({ subject }) => subject);
  expect(new Set(red)).toEqual(new Set(['s2']));
  expect(red).toHaveLength(250);
});
