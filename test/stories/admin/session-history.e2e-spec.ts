import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bodyOf, Device } from '../../support/people/device.js';
import type { ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const MINE = '/session-context/acme/me/context';
const CARTS = '/cart/acme/carts';
const ON_MAIN = { siteCode: 'main', currency: 'EUR' };

describe('Support sees how a session came to be what it is', () => {
  let shop: Shop;
  let support: ServiceUser;
  let backend: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    support = await shop.service('acme-support');
    backend = await shop.service();
  });
  afterAll(() => shop.close());

  const pathOf = ({ sessionId }: { readonly sessionId: string }) =>
    `/admin/acme/sessions/${sessionId}/history`;
  const entries = async (session: { readonly sessionId: string }) =>
    (await support.get(pathOf(session)).expect(200)).body.items;
  const shopper = async (): Promise<Visitor> => {
    const visitor = await shop.visitor({ currency: 'USD' });
    await visitor.post(CARTS, { siteCode: 'main', currency: 'USD' }).expect(201);
    return visitor;
  };

  const vtex = (visitor: Visitor, values: Record<string, string>) =>
    new Device(shop.url)
      .send('post', '/api/sessions?items=*', bodyOf(values), visitor.accessToken)
      .expect((response) => expect(response.status).toBeLessThan(300));

  it('from its first cart on, with the source of each first value', async () => {
    const visitor = await shop.visitor({ currency: 'USD' });
    expect(await entries(visitor)).toEqual([]);
    const { body: cart } = await visitor.post(CARTS, { siteCode: 'main', currency: 'USD' }).expect(201);
    const made = { at: shop.clock.now().toISOString(), version: 1, by: { kind: 'cart', id: cart.cartId } };
    expect(await entries(visitor)).toEqual([
      { ...made, source: 'cart', changes: [{ field: 'cartId', to: cart.cartId }] },
      { ...made, source: 'login-query', changes: [{ field: 'currency', to: 'USD' }] },
      {
        ...made,
        source: 'site',
        changes: [
          { field: 'siteCode', to: 'main' },
          { field: 'targetLocation', to: 'DE' },
          { field: 'language', to: 'en' },
        ],
      },
    ]);
  });

  it('with every change of the shopper, of employees, of carts and of the login', async () => {
    const visitor = await shopper();
    await visitor.patch(MINE, { language: 'de', metadata: { version: 1 } }).expect(204);
    await visitor.post(`${MINE}/attributes`, { key: 'colour', value: 'red' }).expect(201);
    const byId = `/session-context/acme/context/${visitor.sessionId}`;
    await backend.post(`${byId}/attributes`, { key: 'colour', value: { hex: '#00f' } }).expect(204);
    await backend.put(byId, { targetLocation: 'FR', metadata: { version: 4 } }).expect(204);
    await visitor.delete(`${MINE}/attributes/colour`).expect(204);
    const { body: context } = await visitor.get(MINE).expect(200);
    await visitor.post(`${CARTS}/${context.cartId}/changeCurrency`, { currency: 'EUR' }).expect(200);
    const ben = await visitor.logIn('ben@acme.test', 'demo-Ben-2026');
    const { body: me } = await ben.get('/customer/acme/me').expect(200);
    await ben.patch(MINE, { language: 'en', metadata: { version: 8 } }).expect(204);
    const employee = { kind: 'employee', id: 'acme-backend' };
    const found = (await entries(ben)).slice(0, -3);
    expect(found).toMatchObject([
      {
        version: 9,
        by: { kind: 'shopper', id: me.id },
        changes: [{ field: 'language', from: 'de', to: 'en' }],
      },
      {
        version: 8,
        by: { kind: 'login', id: me.id },
        source: 'login',
        changes: [{ field: 'customerId', to: me.id }],
      },
      {
        version: 7,
        by: { kind: 'cart', id: context.cartId },
        source: 'cart',
        changes: [{ field: 'currency', from: 'USD', to: 'EUR' }],
      },
      {
        version: 6,
        by: { kind: 'shopper' },
        source: 'shopper',
        changes: [{ field: 'context.colour', from: { hex: '#00f' } }],
      },
      {
        version: 5,
        by: employee,
        source: 'employee',
        changes: [{ field: 'targetLocation', from: 'DE', to: 'FR' }],
      },
      {
        version: 4,
        by: employee,
        changes: [{ field: 'context.colour', from: 'red', to: { hex: '#00f' } }],
      },
      { version: 3, by: { kind: 'shopper' }, changes: [{ field: 'context.colour', to: 'red' }] },
      { version: 2, by: { kind: 'shopper' }, changes: [{ field: 'language', from: 'en', to: 'de' }] },
    ]);
    expect(found).toHaveLength(8);
  });

  it('with the changes of the VTEX dialect, apart for the shopper and each app', async () => {
    const visitor = await shopper();
    await vtex(visitor, { country: 'USA', colour: 'green' });
    const found = await entries(visitor);
    expect(found.slice(0, 2)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          by: { kind: 'shopper' },
          source: 'shopper',
          changes: expect.arrayContaining([{ field: 'context.country', to: 'USA' }]),
        }),
      ]),
    );
  });

  it('also of a context that a backend made', async () => {
    const key = { sessionId: 'kiosk-18' };
    await backend
      .put(`/session-context/acme/context/${key.sessionId}?upsert=true`, {
        metadata: { version: 0 },
        language: 'de',
      })
      .expect(204);
    const found = await entries(key);
    expect(found.map(({ by, version }: { by: unknown; version: number }) => [by, version])).toEqual(
      Array.from({ length: 2 }, () => [{ kind: 'employee', id: 'acme-backend' }, 1]),
    );
  });

  it('but not a change that changes nothing', async () => {
    const visitor = await shopper();
    const before = await entries(visitor);
    await visitor.patch(MINE, { language: 'en', metadata: { version: 1 } }).expect(204);
    expect(await entries(visitor)).toEqual(before);
  });

  it('page by page, newest first, unmoved by what is written meanwhile', async () => {
    const visitor = await shopper();
    const set = (value: number) => visitor.post(`${MINE}/attributes`, { key: 'n', value }).expect(201);
    for (let i = 1; i <= 4; i += 1) await set(i);
    const all = await entries(visitor);
    const { body: first } = await support.get(`${pathOf(visitor)}?limit=3`).expect(200);
    await set(5);
    const { body: second } = await support
      .get(`${pathOf(visitor)}?limit=200&cursor=${first.next}`)
      .expect(200);
    expect([...first.items, ...second.items]).toEqual(all);
    expect(second).not.toHaveProperty('next');
  });

  it('only with the scope, of their own tenant, and while the session lives', async () => {
    const visitor = await shopper();
    const path = pathOf(visitor);
    await support.get(path).expect(200).expect('cache-control', 'no-store');
    const reader = await shop.service('acme-readonly');
    const { body } = await reader.get(path).expect(403);
    expect(body).toMatchObject({
      title: 'Forbidden',
      status: 403,
      errors: ['missing scope: session.session_read'],
    });
    await visitor.get(path).expect(403);
    await shop.http.get(path).expect(401);
    await (await shop.service('globex-backend')).get(path.replace('acme', 'globex')).expect(404);
    for (const wrong of ['limit=0', 'limit=201', 'cursor=x', 'order=asc'])
      await support
        .get(`${path}?${wrong}`)
        .expect(400)
        .expect('content-type', /problem\+json/);
    await support.delete(`/admin/acme/sessions/${visitor.sessionId}`).expect(204);
    await support.get(path).expect(404);
  });

  it('and shoppers see nothing of it', async () => {
    const visitor = await shopper();
    await visitor.post(`${MINE}/attributes`, { key: 'colour', value: 'red' }).expect(201);
    const own = await visitor.get(MINE).expect(200);
    const other = await vtex(visitor, {});
    for (const { text } of [own, other]) expect(text).not.toMatch(/history|kept|valuesOmitted/);
  });
});

describe('A tenant that keeps no values of attributes in histories', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ settings: { historyOmitsAttributeValues: true } });
  });
  afterAll(() => shop.close());

  it('has attributes named only, and other values as usual', async () => {
    const visitor = await shop.visitor();
    await visitor.post(CARTS, ON_MAIN).expect(201);
    await visitor.post(`${MINE}/attributes`, { key: 'diet', value: 'a marked value' }).expect(201);
    const support = await shop.service('acme-support');
    const { body } = await support.get(`/admin/acme/sessions/${visitor.sessionId}/history`).expect(200);
    expect(body.items[0].changes).toEqual([{ field: 'context.diet', valuesOmitted: true }]);
    expect(body.items[1].changes).toMatchObject([{ field: 'cartId', to: expect.any(String) }]);
    const stored = await shop.storage.sessions.find(
      { tenant: 'acme', sessionId: visitor.sessionId },
      shop.clock.now(),
    );
    expect(stored?.history?.lines).not.toContain('a marked value');
  });
});
