import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { Visitor } from '../../support/people/http-user.js';
import { sessionAppServer } from '../../support/programs/session-app.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';
const LOGIN = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
/** JSON of every kind, under names of every kind. */
const PICKUP = JSON.parse(
  '{"id":"store-7","isActive":true,"hours":[{"day":1,"open":"08:00"},[]],' +
    '"address":{"geoCoordinates":[-46.63330000000001,-23.5],"complement":null,"__proto__":{"a.b":"$x"}}}',
);
const ANY: readonly (readonly [string, unknown])[] = [
  ['an object', PICKUP],
  ['an empty object', {}],
  ['a list', [1, 'two', null, { three: [] }]],
  ['an empty list', []],
  ['a number', 1.5],
  ['zero', 0],
  ['a truth value', true],
  ['a false one', false],
  ['a text', 'text'],
  ['an empty text', ''],
  ['a text that looks like JSON', '{"a":1}'],
  ['a text that looks like a number', '1'],
];

describe('A value of public', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ env: { SESSION_APPS_PRIVATE_ADDRESSES: 'allow' } });
  });
  afterAll(() => shop.close());

  const setting = (value: unknown, key = 'x') => ({ public: { [key]: { value } } });
  const begun = async (body: object = {}, query = ''): Promise<Device> => {
    const device = new Device(shop.url);
    await device.send('post', `/api/sessions${query}`, body).expect(201);
    return device;
  };
  const valueOf = async (device: Device, key = 'x'): Promise<unknown> =>
    (await device.read(`public.${key}`).expect(200)).body.namespaces.public?.[key]?.value;
  /** Returns the device's anonymous shopper in the other dialect, who has a first cart. */
  const visitorOf = async (device: Device): Promise<Visitor> => {
    const { body } = await device.send('get', LOGIN).expect(200);
    const visitor = new Visitor(shop.url, 'acme', 'acme-storefront', body);
    await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    return visitor;
  };

  it.each(ANY)('may be %s, and every answer returns it as it was sent [F-54, M-09]', async (_what, value) => {
    const device = new Device(shop.url);
    const { body } = await device.send('post', '/api/sessions?items=public.x', setting(value)).expect(201);
    expect(body.namespaces).toEqual({ public: { x: { value } } });
    expect(await valueOf(device)).toStrictEqual(value);
    await device.send('patch', '/api/sessions', setting('other')).expect(200);
    await device.send('patch', '/api/sessions', setting(value)).expect(200);
    expect(await valueOf(device)).toStrictEqual(value);
  });

  it('is the same attribute in both dialects, before the first cart and after it [F-54, D-22, E-46]', async () => {
    const device = await begun({ public: Object.fromEntries(ANY.map(([key, value]) => [key, { value }])) });
    const visitor = await visitorOf(device);
    expect((await visitor.get(mine).expect(200)).body.context).toStrictEqual(Object.fromEntries(ANY));
    await device.send('patch', '/api/sessions', setting(PICKUP)).expect(200);
    expect((await visitor.get(mine).expect(200)).body.context.x).toStrictEqual(PICKUP);
    for (const [, value] of ANY) {
      await visitor.post(`${mine}/attributes`, { key: 'x', value }).expect(201);
      expect(await valueOf(device)).toStrictEqual(value);
    }
  });

  it('has changed even if only its type has [F-54]', async () => {
    const device = await begun(setting('1'));
    for (const value of [1, '1', [1], '[1]', true, 'true']) {
      await device.send('patch', '/api/sessions', setting(value)).expect(200);
      expect(await valueOf(device)).toStrictEqual(value);
    }
  });

  it('is removed by null, whatever it was, and stays otherwise [F-54, D-11]', async () => {
    const device = await begun(setting(PICKUP));
    await device.send('patch', '/api/sessions', setting('y', 'y')).expect(200);
    expect(await valueOf(device)).toStrictEqual(PICKUP);
    const visitor = await visitorOf(device);
    const staff = await shop.service();
    const path = `/session-context/acme/context/${visitor.sessionId}`;
    for (const value of [PICKUP, null]) {
      const { metadata } = (await visitor.get(mine).expect(200)).body;
      await staff.put(path, { context: { x: value, y: 'y' }, metadata }).expect(204);
      expect(await valueOf(device)).toStrictEqual(value);
      await device.send('patch', '/api/sessions', setting(null)).expect(200);
      expect((await device.read('public').expect(200)).body.namespaces).toEqual({
        public: { y: { value: 'y' } },
      });
    }
  });

  it('increases the version of the context only if it has changed [F-54, M-15]', async () => {
    const device = await begun(setting(PICKUP));
    const visitor = await visitorOf(device);
    const versionOf = async () => (await visitor.get(mine).expect(200)).body.metadata.version;
    const before = await versionOf();
    await device.send('patch', '/api/sessions', setting(PICKUP)).expect(200);
    expect(await versionOf()).toBe(before);
    await device.send('patch', '/api/sessions', setting({ ...PICKUP, isActive: false })).expect(200);
    expect(await versionOf()).toBe(before + 1);
  });

  it('in a query stays a string, whatever it looks like [F-54, W-65]', async () => {
    const query = `?a=1&b=true&c=${encodeURIComponent('{"a":1}')}&d=null`;
    const device = await begun({}, query);
    expect(await device.values('public')).toEqual({
      'public.a': '1',
      'public.b': 'true',
      'public.c': '{"a":1}',
      'public.d': 'null',
    });
  });

  it('is read as text by the built-in apps [F-54]', async () => {
    const device = await begun({ public: { country: { value: 'USA' }, postalCode: { value: 10001 } } });
    expect(await device.values('checkout.regionId')).toEqual({ 'checkout.regionId': 'usa' });
  });

  it('is passed to a tenant’s app as a string: anything else as its JSON [F-54, W-78]', async () => {
    const staff = await shop.service();
    const app = await sessionAppServer(() => ({}));
    const declared = { input: { public: ['a', 'b', 'c', 'd', 'e'] }, output: { own: ['x'] } };
    await staff.put('/admin/acme/session-apps/reader', { url: app.url, ...declared }).expect(200);
    try {
      const values = { a: 'text', b: { deep: [1] }, c: 1.5, d: false, e: null };
      const device = await begun({
        public: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }])),
      });
      const texts = { a: 'text', b: '{"deep":[1]}', c: '1.5', d: 'false' };
      const told = Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, { value }]));
      expect(app.calls).toEqual([{ public: told }]);
      await device.send('patch', '/api/sessions', setting({ deep: [1] }, 'b')).expect(200);
      expect(app.calls).toHaveLength(1);
      await device.send('patch', '/api/sessions', setting({ deep: [2] }, 'b')).expect(200);
      expect(app.calls.at(-1)).toMatchObject({ public: { b: { value: '{"deep":[2]}' } } });
    } finally {
      await staff.delete('/admin/acme/session-apps/reader').expect(204);
      app.close();
    }
  });

  it('is shown to an employee as it is, with where it came from [F-54]', async () => {
    const device = await begun(setting(PICKUP));
    const { id } = (await device.read().expect(200)).body;
    const { body } = await (await shop.service()).get(`/admin/acme/sessions/${id}/explain`).expect(200);
    const found = body.values.find(({ name }: { name: string }) => name === 'public.x');
    expect(found).toMatchObject({ contextName: 'context.x', value: PICKUP, source: 'shopper' });
  });

  it('may be 32 levels deep and 64 KiB large, like an attribute; anything beyond is refused [F-54, D-14]', async () => {
    const device = await begun(setting('before'));
    const deep = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels));
    const large = (bytes: number) => ({ text: 'x'.repeat(bytes) });
    for (const value of [deep(32), large(65_000)]) {
      await device.send('patch', '/api/sessions', setting(value)).expect(200);
      expect(await valueOf(device)).toStrictEqual(value);
    }
    for (const [status, value] of [
      [400, deep(33)],
      [413, large(66_000)],
    ]) {
      const { body } = await device.send('patch', '/api/sessions', setting(value)).expect(Number(status));
      expect(body).toMatchObject({ code: status, message: expect.any(String) });
    }
    expect(await valueOf(device)).toStrictEqual(large(65_000));
  });
});
