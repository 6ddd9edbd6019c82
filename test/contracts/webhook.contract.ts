import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { newId } from '../../src/shared/ids.js';
import type { WebhookRepository } from '../../src/webhook/webhook.repository.js';
import { aWebhook } from '../support/events/webhooks.js';

const newTenant = (): string => `t${randomBytes(6).toString('hex')}`;

/** What every adapter promises for webhooks, and for how far they have read. */
export function webhookContract(webhooks: () => WebhookRepository): void {
  it('finds the webhooks of a tenant as they were written, and none of another', async () => {
    const tenant = newTenant();
    const stored = {
      tenant,
      webhooks: [aWebhook({ description: 'ä', gone: true, enabled: false }), aWebhook()],
    };
    expect(await webhooks().find(tenant)).toBeUndefined();
    expect(await webhooks().change(tenant, () => stored)).toEqual(stored);
    expect(await webhooks().find(tenant)).toEqual(stored);
    expect(await webhooks().find(`${tenant}x`)).toBeUndefined();
  });

  it('lists the tenants that have an enabled webhook', async () => {
    const [on, off, switchedOff] = [newTenant(), newTenant(), newTenant()];
    await webhooks().change(on, () => ({ tenant: on, webhooks: [aWebhook({ enabled: false }), aWebhook()] }));
    await webhooks().change(off, () => ({ tenant: off, webhooks: [aWebhook({ enabled: false })] }));
    await webhooks().change(switchedOff, () => ({ tenant: switchedOff, webhooks: [aWebhook()] }));
    await webhooks().change(switchedOff, () => ({ tenant: switchedOff, webhooks: [] }));
    const ours = (await webhooks().enabled()).filter(({ tenant }) => [on, off, switchedOff].includes(tenant));
    expect(ours.map(({ tenant }) => tenant)).toEqual([on]);
    expect(ours[0]?.webhooks).toHaveLength(2);
  });

  it('keeps each of twenty webhooks that are added at once, and writes nothing when the decision throws', async () => {
    const tenant = newTenant();
    const add = () =>
      webhooks().change(tenant, (current = { tenant, webhooks: [] }) => ({
        ...current,
        webhooks: [...current.webhooks, aWebhook()],
      }));
    await Promise.all(Array.from({ length: 20 }, add));
    const refused = webhooks().change(tenant, () => {
      throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    expect((await webhooks().find(tenant))?.webhooks).toHaveLength(20);
  });

  it('keeps the place of each webhook, and lets one of twenty instances take it', async () => {
    const [tenant, webhookId] = [newTenant(), newId()];
    const claimedUntil = new Date(0);
    expect(
      await webhooks().changeCursor(tenant, webhookId, () => expect.unreachable('there is none')),
    ).toBeUndefined();
    await webhooks().saveCursor({ tenant, webhookId, position: '0001' });
    const take = (_: unknown, i: number) =>
      webhooks().changeCursor(tenant, webhookId, (current) =>
        current.claim === undefined ? { ...current, claim: `${i}`, claimedUntil } : current,
      );
    const seen = await Promise.all(Array.from({ length: 20 }, take));
    expect(new Set(seen.map((cursor) => cursor?.claim)).size).toBe(1);
    const claim = seen[0]?.claim;
    expect(await webhooks().findCursor(tenant, webhookId)).toEqual({
      tenant,
      webhookId,
      position: '0001',
      claim,
      claimedUntil,
    });
    await webhooks().removeCursor(tenant, webhookId);
    expect(await webhooks().findCursor(tenant, webhookId)).toBeUndefined();
  });
}
