import { Webhook as StandardWebhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seal } from '../../../src/auth/index.js';
import { readConfig } from '../../../src/config/config.schema.js';
import { Ctl } from '../../support/programs/ctl.js';
import { openShop, OPERATOR_SECRET, type Shop } from '../../support/shop.js';
import { WebhookTarget } from '../../support/events/webhook-target.js';
import { aWebhook } from '../../support/events/webhooks.js';

const WEBHOOKS = '/admin/acme/webhooks';
const REENCRYPTION = '/admin/stored-secrets/re-encryption';
const OLD = 'the old secret of this test';
const NEW = 'the new secret of this test';
const PRIVATE_TARGETS = { SESSION_APPS_PRIVATE_ADDRESSES: 'allow' };

describe('The operator replaces KEYS_SECRET, under which the secrets of webhooks are stored', () => {
  let before: Shop;
  let target: WebhookTarget;
  let id: string;
  let secrets: readonly string[];
  beforeAll(async () => {
    before = await openShop({ env: { KEYS_SECRET: OLD, ...PRIVATE_TARGETS } });
    target = await WebhookTarget.open();
    const employee = await before.service();
    const fields = { url: target.url, types: ['*'], enabled: false };
    const { body: made } = await employee.post(WEBHOOKS, fields).expect(201);
    id = made.id;
    const { body: renewed } = await employee.post(`${WEBHOOKS}/${id}/secret`, { overlapSeconds: 3_600 });
    secrets = [made.secret, renewed.secret];
  });
  afterAll(async () => {
    target.close();
    await before.close();
  });

  const startedWith = async (list: string): Promise<Shop> =>
    openShop({
      clock: before.clock,
      opened: await before.again(),
      env: { KEYS_SECRET: list, ...PRIVATE_TARGETS },
    });
  const reencrypted = async (shop: Shop) =>
    (await (await shop.operator()).post(REENCRYPTION).expect(200)).body.webhookSecrets;

  it('and has them encrypted with the new one: each that still signs, and once [X-20, D-45]', async () => {
    const shop = await startedWith(`${NEW},${OLD}`);
    const [shown] = (await before.storage.webhooks.find('acme'))?.webhooks ?? [];
    expect(await reencrypted(shop)).toEqual({ reencrypted: 2, unchanged: 0, unreadable: [] });
    expect(await reencrypted(shop)).toEqual({ reencrypted: 0, unchanged: 2, unreadable: [] });
    const [now] = (await before.storage.webhooks.find('acme'))?.webhooks ?? [];
    expect({ ...now, secrets: [] }).toEqual({ ...shown, secrets: [] });
    await shop.close();
  });

  it('and is told of a webhook whose secret no secret of the list opens, which stays as it is', async () => {
    const sealed = await seal('whsec_bG9zdA==', readConfig({ KEYS_SECRET: 'a secret that was lost' }));
    const lost = { tenant: 'globex', webhooks: [aWebhook({ enabled: false, secrets: [{ sealed }] })] };
    await before.storage.webhooks.change('globex', () => lost);
    const shop = await startedWith(`${NEW},${OLD}`);
    expect(await reencrypted(shop)).toEqual({
      reencrypted: 0,
      unchanged: 2,
      unreadable: [{ tenant: 'globex', webhookId: lost.webhooks[0]?.id }],
    });
    expect(await before.storage.webhooks.find('globex')).toEqual(lost);
    const ctl = Ctl.build({ ONESESSION_URL: shop.url, OPERATOR_SECRET });
    const told = await ctl.fails(['secrets', 'rotate'], 1);
    expect(told).toContain(`opens those of the webhooks globex/${lost.webhooks[0]?.id}`);
    ctl.remove();
    await shop.close();
  });

  it('and takes the old one out: receivers verify with the secrets that they have [X-20, D-45]', async () => {
    const shop = await startedWith(NEW);
    const employee = await shop.service();
    await employee.post(`${WEBHOOKS}/${id}/test`).expect(200, { delivered: true, status: 204 });
    const { body, headers } = target.received.at(-1) ?? expect.unreachable();
    for (const secret of secrets) {
      expect(new StandardWebhook(secret).verify(body, headers)).toBeDefined();
    }
    await shop.close();
  });
});
