import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../support/shop.js';
import { expectValid, lines, ShoppingAgent } from '../../ucp/agent.js';

const AGENT = { 'ucp-agent': 'profile="https://agent.example/profile"' };
const ONE = lines(['umbrella', 1]);

describe('A shopping agent is refused', () => {
  let shop: Shop;
  let agent: ShoppingAgent;
  let cartId: string;
  beforeAll(async () => {
    shop = await openShop();
    agent = new ShoppingAgent(await shop.service('acme-agent'));
    const { body } = await agent.create(ONE).expect(201);
    cartId = body.id;
  });
  afterAll(() => shop.close());

  const codesIn = (body: { messages: { code: string; path?: string }[] }) =>
    body.messages.map(({ code, path }) => (path === undefined ? code : `${code} ${path}`));

  it.each([
    [undefined, 400, 'invalid_profile_url'],
    ['agent.example', 400, 'invalid_profile_url'],
    ['profile="http://agent.example/profile"', 400, 'invalid_profile_url'],
    ['profile="https://me:secret@agent.example/"', 400, 'invalid_profile_url'],
    [`profile="https://agent.example/${'x'.repeat(200)}"`, 400, 'invalid_profile_url'],
    ['profile=1', 400, 'invalid_profile_url'],
    ['profile=("https://agent.example/")', 400, 'invalid_profile_url'],
    ['profile="https://agent.example/";version="2026-01-11"', 422, 'version_unsupported'],
    ['profile="https://agent.example/", version="2027-01-01"', 422, 'version_unsupported'],
  ])('if its header UCP-Agent is %s', async (header, status, code) => {
    const requests = [
      agent.user.post('/ucp/acme/carts', ONE),
      agent.user.get(`/ucp/acme/carts/${cartId}`),
      agent.user.put(`/ucp/acme/carts/${cartId}`, ONE),
      agent.user.post(`/ucp/acme/carts/${cartId}/cancel`),
    ];
    for (const request of requests) {
      void (header === undefined ? request.unset('ucp-agent') : request.set('ucp-agent', header));
      const { body } = await request.expect(status);
      expectValid('answer', body);
      expect(codesIn(body)).toEqual([code]);
    }
  });

  it.each(['profile="https://agent.example/"', 'a, profile="https://agent.example/";version="2026-08-25"'])(
    'but not if it is %s',
    async (header) => {
      await agent.user.get(`/ucp/acme/carts/${cartId}`).set('ucp-agent', header).expect(200);
    },
  );

  it.each([
    [{}, ['invalid_request $.line_items']],
    [{ line_items: 'umbrella' }, ['invalid_request $.line_items']],
    [{ line_items: [{ item: {}, quantity: 1 }] }, ['invalid_request $.line_items[0].item.id']],
    [{ line_items: [{ item: { id: 'umbrella' } }] }, ['invalid_request $.line_items[0].quantity']],
    [
      { line_items: [{ item: { id: 'umbrella' }, quantity: 0.5 }] },
      ['invalid_request $.line_items[0].quantity'],
    ],
    [{ ...ONE, context: { postal_code: 1 } }, ['invalid_request $.context.postal_code']],
  ])('if its body is %j', async (body, codes) => {
    for (const request of [
      agent.user.post('/ucp/acme/carts', body),
      agent.user.put(`/ucp/acme/carts/${cartId}`, body),
    ]) {
      const answer = await request.set(AGENT).expect(400);
      expectValid('answer', answer.body);
      expect([...new Set(codesIn(answer.body))]).toEqual(codes);
    }
  });

  it('in the protocol’s own words, whatever refuses it', async () => {
    const visitor = await shop.visitor();
    const readonly = await shop.service('acme-readonly');
    const globex = await shop.service('globex-backend');
    const path = '/ucp/acme/carts';
    const answers = [
      [await shop.http.post(path, ONE).set(AGENT), 401, 'unauthorized'],
      [await shop.as('nonsense').post(path, ONE).set(AGENT), 401, 'unauthorized'],
      [await visitor.post(path, ONE).set(AGENT), 403, 'insufficient_scope'],
      [await readonly.post(path, ONE).set(AGENT), 403, 'insufficient_scope'],
      [await globex.post(path, ONE).set(AGENT), 403, 'insufficient_scope'],
      [await agent.user.post('/ucp/acme/nothing', ONE).set(AGENT), 404, 'not_found'],
      [await agent.user.delete(`${path}/${cartId}`).set(AGENT), 405, 'method_not_allowed'],
      [await agent.user.post(path).type('text').send('x').set(AGENT), 415, 'unsupported_media_type'],
      [
        await agent.user.post(path, { ...ONE, more: 'x'.repeat(2_000_000) }).set(AGENT),
        413,
        'payload_too_large',
      ],
    ] as const;
    for (const [{ body, status, headers }, expected, code] of answers) {
      expect([status, body.messages?.[0]?.code]).toEqual([expected, code]);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
      expectValid('answer', body);
    }
    expect(answers[0][0].headers['www-authenticate']).toContain('Bearer');
  });

  it('with 429 if it calls too often', async () => {
    const limited = await openShop({ env: { RATE_LIMITS: 'on' } });
    try {
      const hasty = new ShoppingAgent(await limited.service('acme-agent'));
      const statuses: number[] = [];
      for (let round = 0; round < 61 && !statuses.includes(429); round += 1) {
        const calls = Array.from({ length: 20 }, () => hasty.get('none'));
        statuses.push(...(await Promise.all(calls)).map(({ status }) => status));
      }
      expect(statuses.filter((status) => status === 200)).toHaveLength(1200);
      const { body, headers } = await hasty.get('none').expect(429);
      expect(codesIn(body)).toEqual(['rate_limited']);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      for (const call of [hasty.create(ONE), hasty.update('none', ONE), hasty.cancel('none')])
        await call.expect(429);
    } finally {
      await limited.close();
    }
  });

  it('what another client began, with the answer for a cart that never was [P-30, P-31]', async () => {
    const other = new ShoppingAgent(await shop.service('acme-backend'));
    const globex = new ShoppingAgent(await shop.service('globex-backend'), 'globex');
    const none = await agent.get('65f1c0ffee65f1c0ffee65f1').expect(200);
    for (const stranger of [other, globex]) {
      for (const sent of [stranger.get(cartId), stranger.update(cartId, ONE), stranger.cancel(cartId)]) {
        expect((await sent.expect(200)).body).toEqual(none.body);
      }
    }
    expect((await agent.get(cartId).expect(200)).body).toMatchObject({ id: cartId });
  });

  it('the cart of a shopper who came by another way [P-31]', async () => {
    const visitor = await shop.visitor();
    const { body } = await visitor
      .post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' })
      .expect(201);
    for (const sent of [agent.get(body.cartId), agent.update(body.cartId, ONE), agent.cancel(body.cartId)]) {
      expect((await sent.expect(200)).body).toMatchObject({ messages: [{ code: 'not_found' }] });
    }
    await visitor.get(`/cart/acme/carts/${body.cartId}`).expect(200);
  });

  it('nothing of what it repeats with the same Idempotency-Key, but another request with it', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = await agent.create(ONE, headers).expect(201);
    const again = await agent.create(ONE, headers).expect(201);
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const { body } = await agent.create(lines(['umbrella', 2]), headers).expect(409);
    expect(codesIn(body)).toEqual(['conflict']);
    const unnamed = agent.user.post('/ucp/acme/carts', ONE).set({ ...headers, 'ucp-agent': '' });
    expect(codesIn((await unnamed.expect(400)).body)).toEqual(['invalid_profile_url']);
  });

  it('what only shoppers and employees may do with its token', async () => {
    await agent.user.get('/admin/acme/sessions').expect(403);
    await agent.user.get(`/cart/acme/carts/${cartId}`).expect(403);
    await agent.user.get('/session-context/acme/me/context').expect(403);
  });
});
