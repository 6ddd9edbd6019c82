import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ctl } from '../../support/programs/ctl.js';
import { openShop, type Shop } from '../../support/shop.js';
import { WebhookTarget } from '../../support/events/webhook-target.js';

describe('A tenant looks after its webhooks at the command line', () => {
  let shop: Shop;
  let ctl: Ctl;
  let target: WebhookTarget;
  let id: string;

  beforeAll(async () => {
    shop = await openShop({ env: { SESSION_APPS_PRIVATE_ADDRESSES: 'allow' } });
    target = await WebhookTarget.open();
    ctl = Ctl.ofBackend(shop.url);
  });
  afterAll(async () => {
    ctl.remove();
    target.close();
    await shop.close();
  });

  it('and creates them: the secret is shown once', async () => {
    const words = [
      'webhooks',
      'create',
      target.url,
      '--type',
      'onesession.context.*',
      '--description',
      'CRM',
    ];
    const created = await ctl.json([...words, '--reason', 'for the CRM'], 'WebhookWithSecretDto');
    expect(created).toMatchObject({ types: ['onesession.context.*'], description: 'CRM', enabled: true });
    expect(created.secret).toMatch(/^whsec_/);
    ({ id } = created);
    const { lines } = await shop.storage.audit.list('acme', { action: 'webhook.create', limit: 1 });
    expect(lines).toMatchObject([{ reason: 'for the CRM' }]);
    const off = await ctl.json(['webhooks', 'create', target.url, '--off'], 'WebhookWithSecretDto');
    expect(off).toMatchObject({ types: ['*'], enabled: false });
  });

  it('and lists and shows them', async () => {
    const { items } = await ctl.json(['webhooks', 'list']);
    expect(items.map(({ enabled }: { enabled: boolean }) => enabled)).toEqual([true, false]);
    expect(await ctl.prints(['webhooks', 'list'])).toMatch(
      new RegExp(`^${id} +yes +${target.url} +onesession\\.context\\.\\*$`, 'm'),
    );
    expect(await ctl.json(['webhooks', 'show', id], 'WebhookDto')).toEqual(items[0]);
    const shown = await ctl.prints(['webhooks', 'show', id]);
    expect(shown).toMatch(/^Description +CRM$/m);
    expect(shown).not.toContain('Secret');
  });

  it('and tests them', async () => {
    expect(await ctl.json(['webhooks', 'test', id], 'WebhookTestDto')).toEqual({
      delivered: true,
      status: 204,
    });
    expect(target.received.at(-1)?.event).toMatchObject({ type: 'onesession.webhook.test' });
    target.answerWith(503);
    expect(await ctl.fails(['webhooks', 'test', id], 1)).toContain('it answered 503');
    target.answerWith(204);
  });

  it('and sees what was sent', async () => {
    const shopper = await shop.visitor();
    await shopper.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    await target.awaited(1, shopper.sessionId);
    const sent = { eventId: expect.any(String), subject: shopper.sessionId, attempts: 1 };
    await expect
      .poll(() => ctl.json(['webhooks', 'deliveries', id, '--state', 'delivered']), { timeout: 15_000 })
      .toMatchObject({ items: [{ ...sent, type: 'onesession.context.created', state: 'delivered' }] });
    expect(await ctl.prints(['webhooks', 'deliveries', id, '--limit', '1'])).toContain(shopper.sessionId);
    expect(await ctl.json(['webhooks', 'deliveries', id, '--state', 'failed'])).toEqual({ items: [] });
  });

  it('and switches them off and on again, also after the target said that it is gone', async () => {
    const off = await ctl.json(['webhooks', 'off', id, '--reason', 'maintenance'], 'WebhookDto');
    expect(off).toMatchObject({ id, enabled: false });
    const { lines } = await shop.storage.audit.list('acme', { action: 'webhook.change', limit: 1 });
    expect(lines[0]).toMatchObject({ reason: 'maintenance' });
    expect(await ctl.prints(['webhooks', 'on', id])).toMatch(/^Switched on +yes$/m);
    target.answerWith(410);
    await shop.visitor().then((one) => one.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }));
    const isOn = async (): Promise<boolean> => (await ctl.json(['webhooks', 'show', id])).enabled;
    await expect.poll(isOn, { timeout: 15_000 }).toBe(false);
    target.answerWith(204);
    expect(await ctl.json(['webhooks', 'on', id])).toMatchObject({ enabled: true });
    expect(await ctl.prints(['webhooks', 'show', id])).not.toContain('Switched off because');
    await ctl.fails(['webhooks', 'on', 'nothing'], 5);
  });

  it('and deletes them, asking first', async () => {
    expect(await ctl.fails(['webhooks', 'delete', id], 6)).toContain('Add --yes');
    expect(await ctl.json(['webhooks', 'delete', id, '--yes'])).toEqual({ deleted: id });
    await ctl.fails(['webhooks', 'show', id], 5);
    await ctl.fails(['webhooks', 'test', id], 5);
    await ctl.fails(['webhooks', 'deliveries', id], 5);
    await ctl.fails(['webhooks', 'delete', id, '--yes'], 5);
  });

  it('and is told what was wrong', async () => {
    expect(await ctl.fails(['webhooks', 'create', 'ftp://hooks.acme.test/'], 1)).toContain('url');
    expect(await ctl.fails(['webhooks', 'create', target.url, '--type', 'nothing.of.it'], 1)).toContain(
      'types',
    );
    const reader = {
      ONESESSION_CLIENT_ID: 'acme-readonly',
      ONESESSION_CLIENT_SECRET: 'acme-readonly-secret',
    };
    expect(await ctl.with(reader).fails(['webhooks', 'list'], 4)).toContain('event.webhook_manage');
  });
});
