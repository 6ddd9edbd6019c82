import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { CustomerUser, HttpUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';
const login = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';

describe('One session in both dialects, in turns', () => {
  let shop: Shop;
  let device: Device;
  let visitor: Visitor;
  beforeAll(async () => {
    shop = await openShop();
    device = new Device(shop.url);
  });
  afterAll(() => shop.close());

  it('begins by cookie, and an anonymous login with that cookie continues it [D-22]', async () => {
    await device.begin({ utm_source: 'google', sc: 'us' }).expect(201);
    const { id } = (await device.read().expect(200)).body;
    const { body } = await device.send('get', login).expect(200);
    expect(body.sessionId).toBe(id);
    visitor = new Visitor(shop.url, 'acme', 'acme-storefront', body);
    await visitor.get(mine).expect(404);
  });

  it('gets a context with the first cart from what was chosen by cookie, and public values become attributes [D-22, E-08, M-09, M-51, S-07]', async () => {
    const { body: cart } = await visitor
      .post('/cart/acme/carts', { siteCode: 'us', currency: 'USD' })
      .expect(201);
    const { body } = await visitor.get(mine).expect(200);
    expect(body).toMatchObject({
      siteCode: 'us',
      currency: 'USD',
      targetLocation: 'US',
      cartId: cart.cartId,
      context: { utm_source: 'google', sc: 'us' },
      metadata: { version: 1 },
    });
    expect(await device.values('store.channel,store.currencyCode,checkout.cartId')).toEqual({
      'store.channel': 'us',
      'store.currencyCode': 'USD',
      'checkout.cartId': cart.cartId,
    });
  });

  it('shows the changes of one dialect in the other, and tells apps about them [D-22, M-13]', async () => {
    await visitor.post(`${mine}/attributes`, { key: 'utm_campaign', value: 'black friday' }).expect(201);
    await visitor.post(`${mine}/attributes`, { key: 'address', value: { city: 'Berlin' } }).expect(201);
    expect(await device.values('public.utm_campaign,rnb.campaigns,public.address')).toEqual({
      'public.utm_campaign': 'black friday',
      'public.address': { city: 'Berlin' },
      'rnb.campaigns': 'vip',
    });
    await device.change({ country: 'USA', postalCode: '05408000' }).expect(200);
    const { body } = await visitor.get(mine).expect(200);
    expect(body.context).toMatchObject({ country: 'USA', address: { city: 'Berlin' }, utm_source: 'google' });
    await visitor.patch(mine, { siteCode: 'main', metadata: { version: body.metadata.version } }).expect(204);
    const { version } = (await visitor.get(mine).expect(200)).body.metadata;
    await visitor.patch(mine, { currency: 'GBP', metadata: { version } }).expect(204);
    expect(await device.values('store.channel,store.currencyCode,store.currencySymbol')).toEqual({
      'store.channel': 'main',
      'store.currencyCode': 'GBP',
      'store.currencySymbol': '£',
    });
  });

  it('shows a login of one dialect in the other, and the context stays as it is [D-13, D-22, M-43]', async () => {
    const credentials = { email: 'anna@acme.test', password: 'demo-Anna-2026' };
    const { body: tokens } = await device
      .send('post', '/customer/acme/login', credentials, visitor.accessToken)
      .expect(200);
    const customer = new CustomerUser(shop.url, 'acme', tokens);
    expect(await device.values('profile.email,profile.priceTables,store.channel,store.currencyCode')).toEqual(
      {
        'profile.email': 'anna@acme.test',
        'profile.priceTables': 'gold',
        'store.channel': 'main',
        'store.currencyCode': 'GBP',
      },
    );
    await device.change({ sc: 'b2b' }).expect(200);
    const { body } = await customer.get(mine).expect(200);
    expect(body).toMatchObject({ siteCode: 'b2b', currency: 'EUR', customerId: expect.any(String) });
    const { body: other } = await device.send('get', login).expect(200);
    expect(other.sessionId).not.toBe(body.sessionId);
    await customer.logOut().expect(204);
    await device.read().expect(401);
  });

  it('begins by a login, and goes on by cookie under the same id [D-22, M-06]', async () => {
    const first = await shop.visitor({ siteCode: 'us' });
    const storefront = new HttpUser(shop.url, first.accessToken);
    const { headers } = await storefront
      .post('/api/sessions?an=acme', { public: { a: { value: '1' } } })
      .expect(201);
    const browser = new Device(shop.url);
    const [, token = ''] = /vtex_session=([^;]+)/.exec(String(headers['set-cookie'])) ?? [];
    browser.cookies.set('vtex_session', token);
    expect((await browser.read().expect(200)).body).toMatchObject({
      id: first.sessionId,
      namespaces: { store: { channel: { value: 'us' } }, public: { a: { value: '1' } } },
    });
    await first.get(mine).expect(404);
    await first.refreshed();
  });

  it('accepts no token of another account, of a backend, or one that has ended [W-77, P-24]', async () => {
    const call = (token: string | undefined) =>
      new HttpUser(shop.url, token).post('/api/sessions?an=acme', {});
    await call((await shop.visitor({ tenant: 'globex' })).accessToken).expect(403);
    await call((await shop.service()).accessToken).expect(403);
    await call('nonsense').expect(401);
  });

  it('loses none of twenty simultaneous changes by cookie [M-23]', async () => {
    const many = new Device(shop.url);
    await many.begin().expect(201);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => many.change({ [`n${i}`]: String(i) }).expect(200)),
    );
    expect(Object.keys(await many.values()).filter((name) => /^public\.n\d+$/.test(name))).toHaveLength(20);
  });
});

describe('Reads and changes with an access token', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ env: { CUSTOMER_TOKEN_SECONDS: '3600' } })));
  afterAll(() => shop.close());

  it('are accepted until it expires, even if the customer’s session goes on [W-77, P-17]', async () => {
    const hers = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    const asked = ['/api/sessions?an=acme&items=*', '/api/segments?an=acme'];
    for (const path of asked) await hers.get(path).expect(200);
    shop.clock.advanceSeconds(3600);
    for (const path of asked) await hers.get(path).expect(401);
    await hers.post('/api/sessions?an=acme', {}).expect(401);
    const refresh = `/customer/acme/refreshauthtoken?refreshToken=${hers.refreshToken}`;
    const { body } = await (await shop.visitor()).get(refresh).expect(200);
    for (const path of asked) await shop.as(body.access_token).get(path).expect(200);
  });
});
