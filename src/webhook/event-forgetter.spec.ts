import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { anEvent } from '../../test/support/events/memory-events.js';
import { aDelivery, aWebhook } from '../../test/support/events/webhooks.js';
import { EmbeddedStorage } from '../storage/embedded/embedded-storage.js';
import { EventForgetter } from './event-forgetter.js';
import type { Delivery } from './webhook.types.js';

let folder: string;
let storage: EmbeddedStorage;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'event-forgetter-'));
  storage = await EmbeddedStorage.open(folder);
});
afterEach(async () => {
  await storage.close();
  await rm(folder, { recursive: true });
});

it('Events that wait to be sent lose the attributes of an erased customer, also from before the login [D-43]', async () => {
  const { events, webhooks, deliveries } = storage;
  const data = { changes: [{ field: 'context.color', to: 'red' }] };
  const about = (subject: string, person?: string): Delivery => {
    const event = anEvent({ subject, data, ...(person !== undefined && { person }) });
    return aDelivery({ webhookId: 'w1', subject, event });
  };
  const waiting = [
    about('s1'),
    ...Array.from({ length: 250 }, () => about('s2', 'ben')),
    about('s1', 'anna'),
  ];
  await webhooks.change('acme', () => ({ tenant: 'acme', webhooks: [aWebhook({ id: 'w1' })] }));
  await deliveries.add(waiting);
  await new EventForgetter(events, webhooks, deliveries).forget('acme', 'anna');
  const left = await Promise.all(waiting.map(({ id }) => deliveries.find('acme', id)));
  const red = left.filter((one) => JSON.stringify(one).includes('red')).map((one) => one?.subject);
  expect(new Set(red)).toEqual(new Set(['s2']));
  expect(red).toHaveLength(250);
});

it('Events lose them although others are erased meanwhile', async () => {
  const { events, webhooks, deliveries } = storage;
  const data = { changes: [{ field: 'context.color', to: 'red' }] };
  const waiting = Array.from({ length: 250 }, () =>
    aDelivery({ webhookId: 'w1', subject: 's1', event: anEvent({ subject: 's1', data, person: 'anna' }) }),
  );
  await webhooks.change('acme', () => ({ tenant: 'acme', webhooks: [aWebhook({ id: 'w1' })] }));
  await deliveries.add(waiting);
  const change = deliveries.change.bind(deliveries);
  vi.spyOn(deliveries, 'change').mockImplementationOnce(async (...parts) => {
    await deliveries.removeOf('acme', 'w1', 60);
    return change(...parts);
  });
  await new EventForgetter(events, webhooks, deliveries).forget('acme', 'anna');
  const left = await deliveries.byId('acme', 'w1', 250);
  expect(left).toHaveLength(190);
  const red = left.filter((one) => JSON.stringify(one).includes('red'));
  expect(red.map(({ id }) => id)).toEqual([]);
});
