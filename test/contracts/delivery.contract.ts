import { expect, it } from 'vitest';
import { newId } from '../../src/shared/ids.js';
import type { DeliveryRepository } from '../../src/webhook/delivery.repository.js';
import type { Delivery } from '../../src/webhook/webhook.types.js';
import { aDelivery, at } from '../support/events/webhooks.js';

/** What every adapter promises for deliveries. */
export function deliveryContract(deliveries: () => DeliveryRepository): void {
  const added = async (webhookId: string, ...parts: readonly Partial<Delivery>[]) => {
    const all = parts.map((part) => aDelivery({ webhookId, ...part }));
    await deliveries().add(all);
    return all;
  };
  const settled = ({ dueAt: _none, ...rest }: Delivery): Delivery => ({ ...rest, state: 'delivered' });

  it('adds each once: one that is made again changes nothing [D-45]', async () => {
    const [one] = await added(newId(), {
      state: 'failed',
      attempts: 3,
      lastStatus: 503,
      lastError: 'status',
    });
    await deliveries().add([aDelivery({ ...one, attempts: 0, state: 'pending' })]);
    expect(await deliveries().find('acme', one?.id ?? '')).toEqual(one);
    expect(await deliveries().find('globex', one?.id ?? '')).toBeUndefined();
  });

  it('finds what is due of one webhook, longest waiting first, then in order of the log [D-45]', async () => {
    const webhookId = newId();
    const [late, second, first, future] = await added(
      webhookId,
      { dueAt: at(20), position: '0001' },
      { dueAt: at(10), position: '0003' },
      { dueAt: at(10), position: '0002' },
      { dueAt: at(99), position: '0004' },
    );
    await added(newId(), { dueAt: at(1) });
    await deliveries().add([settled(aDelivery({ webhookId }))]);
    const due = async (limit: number) => deliveries().due('acme', webhookId, at(20), limit);
    expect(await due(10)).toEqual([first, second, late]);
    expect(await due(1)).toEqual([first]);
    expect(await deliveries().nextDue('acme', webhookId)).toEqual(first);
    expect(await deliveries().countOpen('acme', webhookId, 10)).toBe(4);
    expect(await deliveries().countOpen('acme', webhookId, 2)).toBe(2);
    for (const one of [late, second, first]) await deliveries().change('acme', one?.id ?? '', settled);
    expect(await due(10)).toEqual([]);
    expect(await deliveries().nextDue('acme', webhookId)).toEqual(future);
  });

  it('finds the open delivery of a subject that comes first in the log [D-45]', async () => {
    const webhookId = newId();
    const [second, first] = await added(
      webhookId,
      { subject: 's1', position: '0002', dueAt: at(0) },
      { subject: 's1', position: '0001', dueAt: at(60) },
      { subject: 's2', position: '0000' },
    );
    expect(await deliveries().firstOpen('acme', webhookId, 's1')).toEqual(first);
    await deliveries().change('acme', first?.id ?? '', settled);
    expect(await deliveries().firstOpen('acme', webhookId, 's1')).toEqual(second);
    await deliveries().change('acme', second?.id ?? '', settled);
    expect(await deliveries().firstOpen('acme', webhookId, 's1')).toBeUndefined();
  });

  it('keeps every one of twenty changes that come at once', async () => {
    const [one] = await added(newId(), { attempts: 0 });
    const id = one?.id ?? '';
    const count = () =>
      deliveries().change('acme', id, (current) => ({ ...current, attempts: current.attempts + 1 }));
    await Promise.all(Array.from({ length: 20 }, count));
    expect((await deliveries().find('acme', id))?.attempts).toBe(20);
    expect(await deliveries().change('globex', id, () => expect.unreachable('not theirs'))).toBeUndefined();
  });

  it('lists those of a webhook in pages, by state, with a total on request', async () => {
    const webhookId = newId();
    const [old, newest, middle] = await added(
      webhookId,
      { state: 'failed', createdAt: at(1) },
      { state: 'failed', createdAt: at(3) },
      { state: 'failed', createdAt: at(2) },
      { state: 'pending', createdAt: at(4) },
    );
    await added(newId(), { state: 'failed' });
    const page = (skip: number, counted: boolean) =>
      deliveries().list('acme', webhookId, {
        filter: [{ op: 'eq', path: 'state', value: 'failed' }],
        order: { path: 'createdAt', descending: true },
        skip,
        limit: 2,
        counted,
      });
    expect(await page(0, true)).toEqual({ rows: [newest, middle], total: 3 });
    expect(await page(2, false)).toEqual({ rows: [old] });
  });

  it('pages through those of one webhook by id, also when one of them is gone', async () => {
    const webhookId = newId();
    const all = await added(webhookId, {}, {}, {}, {});
    await added(newId(), {});
    const ids = all.map(({ id }) => id).toSorted();
    const page = async (limit: number, after?: string) =>
      (await deliveries().byId('acme', webhookId, limit, after)).map(({ id }) => id);
    expect(await page(3)).toEqual(ids.slice(0, 3));
    expect(await page(3, ids[2])).toEqual(ids.slice(3));
    expect(await deliveries().byId('globex', webhookId, 3)).toEqual([]);
    expect(await deliveries().removeOf('acme', webhookId, 2)).toBe(2);
    expect(await page(3, ids[0])).toEqual(ids.slice(2));
  });

  it('removes those of one webhook, open or not', async () => {
    const [webhookId, other] = [newId(), newId()];
    const theirs = await added(webhookId, {}, {}, {});
    const [kept] = await added(other, {});
    expect(await deliveries().removeOf('acme', webhookId, 2)).toBe(2);
    expect(await deliveries().removeOf('acme', webhookId, 2)).toBe(1);
    expect(await deliveries().removeOf('acme', webhookId, 2)).toBe(0);
    for (const { id } of theirs) expect(await deliveries().find('acme', id)).toBeUndefined();
    expect(await deliveries().nextDue('acme', webhookId)).toBeUndefined();
    expect(await deliveries().find('acme', kept?.id ?? '')).toEqual(kept);
  });
}
