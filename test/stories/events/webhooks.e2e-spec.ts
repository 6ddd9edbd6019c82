import { Webhook as StandardWebhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebhookDispatcher } from '../../../src/webhook/webhook-dispatcher.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';
import { WebhookTarget } from '../../support/events/webhook-target.js';

const WEBHOOKS = '/admin/acme/webhooks';
const MINE = '/session-context/acme/me/context';
const ON_MAIN = { siteCode: 'main', currency: 'EUR' };
const PATIENCE = { timeout: 15_000, interval: 20 };

describe('A webhook', () => {
  let shop: Shop;
  let employee: ServiceUser;
  const targets: WebhookTarget[] = [];
  const made: string[] = [];

  beforeAll(async () => {
    shop = await openShop({ env: { SESSION_APPS_PRIVATE_ADDRESSES: 'allow' } });
    employee = await shop.service();
  });
  afterEach(async () => {
    for (const id of made.splice(0)) await employee.delete(`${WEBHOOKS}/${id}`);
    for (const target of targets.splice(0)) target.close();
  });
  afterAll(() => shop.close());

  const target = async (...answer: Parameters<typeof WebhookTarget.open>): Promise<WebhookTarget> => {
    const one = await WebhookTarget.open(...answer);
    targets.push(one);
    return one;
  };
  const webhook = async (fields: object) => {
    const { body } = await employee.post(WEBHOOKS, { types: ['*'], ...fields }).expect(201);
    made.push(body.id);
    return body;
  };
  const deliveriesOf = async (id: string, query = '') =>
    (await employee.get(`${WEBHOOKS}/${id}/deliveries${query}`).expect(200)).body;
  /** Lets time pass, and has what is due by then sent. */
  const after = async (seconds: number): Promise<void> => {
    shop.clock.advanceSeconds(seconds);
    employee = await shop.service();
    await shop.app.get(WebhookDispatcher).wake();
  };

  it('is posted the events of its types as CloudEvents, signed by Standard Webhooks [D-45]', async () => {
    const receiver = await target();
    const { secret } = await webhook({ url: receiver.url, types: ['onesession.context.*'] });
    const shopper = await shop.visitor();
    await shopper.post('/cart/acme/carts', ON_MAIN).expect(201);
    await shopper.patch(MINE, { language: 'de', metadata: { version: 1 } }).expect(204);
    const received = await receiver.awaited(2, shopper.sessionId);
    expect(received.map(({ event }) => event['type'])).toEqual([
      'onesession.context.created',
      'onesession.context.changed',
    ]);
    const [{ headers, body, event } = expect.unreachable()] = received;
    expect(headers['content-type']).toMatch(/^application\/cloudevents\+json/);
    expect(event).toMatchObject({
      specversion: '1.0',
      id: headers['webhook-id'],
      source: '/tenants/acme',
      subject: shopper.sessionId,
      datacontenttype: 'application/json',
      sequence: expect.stringMatching(/^\d{12,}$/),
      time: expect.stringMatching(/Z$/),
      data: expect.objectContaining({ version: 1, siteCode: 'main' }),
    });
    expect(new StandardWebhook(secret).verify(body, headers)).toEqual(event);
  });

  it('shows its secret once, and signs with the earlier one, too, for as long as that was asked [D-45]', async () => {
    const receiver = await target();
    const { id, secret: first } = await webhook({ url: receiver.url });
    const renewed = await employee.post(`${WEBHOOKS}/${id}/secret`, { overlapSeconds: 60 }).expect(200);
    const { body: shown } = await employee.get(`${WEBHOOKS}/${id}`).expect(200);
    expect(shown.earlierSecretsEndAt).toHaveLength(1);
    expect(JSON.stringify([shown, (await employee.get(WEBHOOKS)).body])).not.toContain('whsec_');
    const test = async () => {
      await employee.post(`${WEBHOOKS}/${id}/test`).expect(200, { delivered: true, status: 204 });
      const { body, headers } = receiver.received.at(-1) ?? expect.unreachable();
      const fits = (secret: string): boolean => {
        try {
          return new StandardWebhook(secret).verify(body, headers) !== undefined;
        } catch {
          return false;
        }
      };
      return [first, renewed.body.secret].map(fits);
    };
    expect(await test()).toEqual([true, true]);
    await after(61);
    expect(await test()).toEqual([false, true]);
  });

  it('gets what failed again, with the same id, before later events of that session, while others go on [D-45]', async () => {
    const receiver = await target();
    const { id } = await webhook({ url: receiver.url });
    const [stuck, other] = [await shop.visitor(), await shop.visitor()];
    await receiver.awaited(1, stuck.sessionId);
    await receiver.awaited(1, other.sessionId);
    receiver.answerWith(({ event }, response) =>
      response.writeHead(event['subject'] === stuck.sessionId ? 503 : 204).end(),
    );
    for (const one of [stuck, other]) {
      await one.post('/cart/acme/carts', ON_MAIN).expect(201);
      await one.patch(MINE, { language: 'de', metadata: { version: 1 } }).expect(204);
    }
    await receiver.awaited(3, other.sessionId);
    await receiver.awaited(2, stuck.sessionId);
    const ofStuck = async (state: string) =>
      (await deliveriesOf(id, `?state=${state}`)).filter(
        (one: { subject: string }) => one.subject === stuck.sessionId,
      );
    await vi.waitFor(async () => expect(await ofStuck('failed')).toHaveLength(1), PATIENCE);
    expect((await ofStuck('failed'))[0]).toMatchObject({
      type: 'onesession.context.created',
      attempts: 1,
      lastStatus: 503,
      lastError: 'status',
      nextAttemptAt: expect.any(String),
    });
    expect(await ofStuck('pending')).toHaveLength(1);
    receiver.answerWith(204);
    await after(7);
    const received = await receiver.awaited(4, stuck.sessionId);
    expect(received.map(({ event }) => String(event['type']).replace('onesession.', ''))).toEqual([
      'session.began',
      'context.created',
      'context.created',
      'context.changed',
    ]);
    expect(received[2]?.headers['webhook-id']).toBe(received[1]?.headers['webhook-id']);
    await vi.waitFor(async () => expect(await ofStuck('delivered')).toHaveLength(3), PATIENCE);
  });

  it('is given up after nine attempts, and then goes on; a retry by hand sends it at once [D-45]', async () => {
    const receiver = await target((_, response) => response.writeHead(500).end());
    const { id } = await webhook({ url: receiver.url, types: ['onesession.session.began'] });
    const shopper = await shop.visitor();
    const failed = async () => (await deliveriesOf(id, '?state=failed'))[0];
    for (const [i, seconds] of [0, 7, 73, 361, 2161, 8641, 25_921, 51_841, 103_681].entries()) {
      await after(seconds);
      await vi.waitFor(async () => expect((await failed())?.attempts).toBe(i + 1), PATIENCE);
    }
    expect(await failed()).not.toHaveProperty('nextAttemptAt');
    receiver.answerWith(204);
    const { id: delivery } = await failed();
    await employee.post(`${WEBHOOKS}/deliveries/${delivery}/retry`).expect(202);
    await vi.waitFor(async () => {
      expect((await deliveriesOf(id))[0]).toMatchObject({ id: delivery, state: 'delivered' });
    }, PATIENCE);
    expect(receiver.about(shopper.sessionId)).toHaveLength(10);
    await employee.post(`${WEBHOOKS}/${id}/deliveries/${delivery}/retry`).expect(409);
    await employee.post(`${WEBHOOKS}/${id}/deliveries/${id}-none/retry`).expect(404);
  });

  it('waits as long as Retry-After asks [D-45]', async () => {
    const receiver = await target((_, response) => response.writeHead(429, { 'retry-after': '600' }).end());
    const { id } = await webhook({ url: receiver.url });
    await shop.visitor();
    await vi.waitFor(async () => expect(await deliveriesOf(id, '?state=failed')).toHaveLength(1), PATIENCE);
    const [{ lastAttemptAt, nextAttemptAt }] = await deliveriesOf(id);
    expect(Date.parse(nextAttemptAt) - Date.parse(lastAttemptAt)).toBe(600_000);
  });

  it('is switched off by 410, and once it is on again gets the events from then on [D-46]', async () => {
    const receiver = await target((_, response) => response.writeHead(410).end());
    const other = await target();
    const { id } = await webhook({ url: receiver.url, types: ['onesession.session.began'] });
    await webhook({ url: other.url, types: ['onesession.session.began'] });
    await shop.visitor();
    await vi.waitFor(async () => {
      const { body } = await employee.get(`${WEBHOOKS}/${id}`).expect(200);
      expect(body).toMatchObject({ enabled: false, switchedOff: 'gone' });
    }, PATIENCE);
    receiver.answerWith(204);
    const missed = await shop.visitor();
    // Then the event is in the log, and behind the place from which the webhook goes on.
    await other.awaited(1, missed.sessionId);
    const { body } = await employee.patch(`${WEBHOOKS}/${id}`, { enabled: true }).expect(200);
    expect(body).not.toHaveProperty('switchedOff');
    const seen = await shop.visitor();
    await receiver.awaited(1, seen.sessionId);
    expect(receiver.about(missed.sessionId)).toEqual([]);
  });

  it('is not delayed by a dead target of the same tenant [D-46]', async () => {
    const dead = await target(() => undefined);
    const alive = await target();
    await webhook({ url: dead.url, types: ['onesession.session.began'] });
    await webhook({ url: alive.url, types: ['onesession.session.began'] });
    const lags: number[] = [];
    for (let i = 0; i < 10; i += 1) {
      const shopper = await shop.visitor();
      const since = performance.now();
      await alive.awaited(1, shopper.sessionId);
      lags.push(performance.now() - since);
    }
    console.log(`beside a dead target, events arrive after at most ${Math.max(...lags).toFixed(0)} ms`);
    expect(alive.received).toHaveLength(10);
    expect(dead.received.length).toBeGreaterThan(0);
  });

  it('can be sent a test, which tells what the target answered [D-45]', async () => {
    const receiver = await target();
    const { id } = await webhook({ url: receiver.url, types: ['onesession.cart.*'], enabled: false });
    const test = async () => (await employee.post(`${WEBHOOKS}/${id}/test`).expect(200)).body;
    expect(await test()).toEqual({ delivered: true, status: 204 });
    expect(receiver.received[0]?.event).toMatchObject({ type: 'onesession.webhook.test', subject: id });
    receiver.answerWith((_, response) => response.writeHead(302, { location: receiver.url }).end());
    expect(await test()).toEqual({ delivered: false, status: 302, error: 'status' });
    expect(receiver.received).toHaveLength(2);
    receiver.close();
    expect(await test()).toEqual({ delivered: false, error: 'unreachable' });
    expect(await deliveriesOf(id)).toEqual([]);
  });

  it('is listed, read, changed by its version, and removed with its deliveries', async () => {
    const receiver = await target();
    const { id, secret: _secret, ...shown } = await webhook({ url: receiver.url, description: 'orders' });
    expect((await employee.get(WEBHOOKS).expect(200)).body).toEqual([{ id, ...shown }]);
    await employee.patch(`${WEBHOOKS}/${id}`, { enabled: false, metadata: { version: 7 } }).expect(409);
    const changes = { enabled: false, types: ['onesession.cart.closed'], metadata: { version: 1 } };
    const { body: changed } = await employee.patch(`${WEBHOOKS}/${id}`, changes).expect(200);
    expect(changed).toMatchObject({
      enabled: false,
      types: ['onesession.cart.closed'],
      description: 'orders',
    });
    await employee.delete(`${WEBHOOKS}/${id}`).expect(204);
    await employee.get(`${WEBHOOKS}/${id}`).expect(404);
    await employee.get(`${WEBHOOKS}/${id}/deliveries`).expect(404);
    await employee.delete(`${WEBHOOKS}/${id}`).expect(404);
  });

  it.each([
    [{ types: ['onesession.context.moved'] }, 'types'],
    [{ types: ['onesession.nothing.*'] }, 'types'],
    [{ types: ['onesession.*x'] }, 'types'],
    [{ url: 'ftp://hooks.acme.test/' }, 'url'],
    [{ url: 'https://user:password@hooks.acme.test/' }, 'url'],
  ])('is refused with %j, which names the field', async (wrong, field) => {
    const { body } = await employee
      .post(WEBHOOKS, { url: 'https://hooks.acme.test/', types: ['*'], ...wrong })
      .expect(400);
    expect(JSON.stringify(body)).toContain(field);
  });

  it('belongs to one tenant, which has at most twenty', async () => {
    const { id } = await webhook({ url: 'https://hooks.acme.test/', enabled: false });
    const stranger = await shop.service('globex-backend');
    await stranger.get(`/admin/globex/webhooks/${id}`).expect(404);
    await stranger.get(`${WEBHOOKS}/${id}`).expect(403);
    for (let i = 1; i < 20; i += 1) await webhook({ url: 'https://hooks.acme.test/', enabled: false });
    const { body } = await employee
      .post(WEBHOOKS, { url: 'https://hooks.acme.test/', types: ['*'] })
      .expect(400);
    expect(JSON.stringify(body)).toContain('20 webhooks');
  });
});

describe('Where private addresses are refused', () => {
  it('a webhook is at a public address, and stays unsent at any other [P-52]', async () => {
    const shop = await openShop();
    try {
      const employee = await shop.service();
      const create = (url: string) => employee.post(WEBHOOKS, { url, types: ['*'], enabled: false });
      for (const host of ['127.0.0.1', '[::1]', '169.254.169.254', '10.0.0.1']) {
        await create(`http://${host}:9999/`).expect(400);
      }
      const { body } = await create('http://localhost:9999/').expect(201);
      const test = await employee.post(`${WEBHOOKS}/${body.id}/test`).expect(200);
      expect(test.body).toEqual({ delivered: false, error: 'private-address' });
    } finally {
      await shop.close();
    }
  });
});
