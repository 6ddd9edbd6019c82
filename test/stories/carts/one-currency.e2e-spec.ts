import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import type { ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const carts = '/cart/acme/carts';
const mine = '/session-context/acme/me/context';
const login = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
const onMain = { siteCode: 'main', currency: 'EUR' };
const notSoldAtMain = 'JPY is not sold at the site main, which sells in EUR, USD, GBP';
const notSoldAtUs = 'EUR is not sold at the site us, which sells in USD';

/** Opens a shop whose site `euro` sells in EUR, but first in CHF. */
async function openShopWithEuro(): Promise<{ shop: Shop; staff: ServiceUser }> {
  const shop = await openShop();
  const staff = await shop.service();
  const site = {
    code: 'euro',
    name: 'Euro',
    active: true,
    defaultLanguage: 'en',
    languages: ['en'],
    currency: 'CHF',
    availableCurrencies: ['CHF', 'EUR'],
    homeBase: { address: { country: 'CH', zipCode: '8001' } },
    shipToCountries: ['CH'],
  };
  await staff.post('/site/acme/sites', site).expect(201);
  return { shop, staff };
}

describe('A currency that the site does not sell in is refused', () => {
  let shop: Shop;
  let staff: ServiceUser;
  beforeAll(async () => void ({ shop, staff } = await openShopWithEuro()));
  afterAll(() => shop.close());

  const refused = (message: string) => ({ details: [{ field: 'currency', message }] });
  const shopper = async (): Promise<Visitor> => {
    const visitor = await shop.visitor();
    await visitor.post(carts, onMain).expect(201);
    return visitor;
  };

  it.each([
    ['currency=JPY', notSoldAtMain],
    ['siteCode=main&currency=JPY', notSoldAtMain],
    ['siteCode=us&currency=EUR', notSoldAtUs],
    ['siteCode=euro&currency=USD', 'USD is not sold at the site euro, which sells in CHF, EUR'],
    // Another site sells in it.
    ['currency=CHF', 'CHF is not sold at the site main, which sells in EUR, USD, GBP'],
  ])('by an anonymous login with %s [F-03]', async (query, message) => {
    const { body } = await shop.http.get(`${login}&${query}`).expect(400);
    expect(body).toMatchObject(refused(message));
  });

  it('for a new cart, made by a shopper or by a backend [F-03]', async () => {
    const visitor = await shop.visitor();
    const wishes = [
      [{ siteCode: 'main', currency: 'JPY' }, notSoldAtMain],
      [{ currency: 'JPY' }, notSoldAtMain],
      [{ siteCode: 'us', currency: 'EUR' }, notSoldAtUs],
    ] as const;
    for (const [wish, message] of wishes) {
      expect((await visitor.post(carts, wish).expect(400)).body).toMatchObject(refused(message));
      const made = await staff.post(carts, { ...wish, customerId: 'somebody' }).expect(400);
      expect(made.body).toMatchObject(refused(message));
    }
    await visitor.get(mine).expect(404);
  });

  it('for a change of an empty cart, and by changeCurrency [F-03]', async () => {
    const visitor = await shopper();
    const { cartId } = (await visitor.get(mine).expect(200)).body;
    for (const user of [visitor, staff]) {
      const put = await user.put(`${carts}/${cartId}`, { currency: 'JPY' }).expect(400);
      expect(put.body).toMatchObject(refused(notSoldAtMain));
      const changed = await user.post(`${carts}/${cartId}/changeCurrency`, { currency: 'JPY' }).expect(400);
      expect(changed.body).toMatchObject(refused(notSoldAtMain));
    }
    await visitor.put(`${carts}/${cartId}`, { currency: 'GBP' }).expect(204);
  });

  it('in a shopper’s change of the context, with or without its site; nothing changes [F-03]', async () => {
    const visitor = await shopper();
    const { body: before } = await visitor.get(mine).expect(200);
    const { metadata } = before;
    const changes = [
      [{ currency: 'JPY' }, notSoldAtMain],
      [{ siteCode: 'us', currency: 'EUR' }, notSoldAtUs],
    ] as const;
    for (const [change, message] of changes) {
      const { body } = await visitor.patch(mine, { ...change, metadata }).expect(400);
      expect(body).toMatchObject(refused(message));
    }
    expect((await visitor.get(mine).expect(200)).body).toEqual(before);
    await visitor.patch(mine, { siteCode: 'us', currency: 'USD', metadata }).expect(204);
    const { body } = await visitor.patch(mine, { currency: 'EUR', metadata: { version: 2 } }).expect(400);
    expect(body).toMatchObject(refused(notSoldAtUs));
  });

  it('in an employee’s change, whether or not there is a context [F-03]', async () => {
    const visitor = await shopper();
    const path = `/session-context/acme/context/${visitor.sessionId}`;
    const metadata = { version: 1 };
    const { body } = await staff.put(path, { currency: 'JPY', metadata }).expect(400);
    expect(body).toMatchObject(refused(notSoldAtMain));
    const both = await staff.put(path, { siteCode: 'us', currency: 'EUR', metadata }).expect(400);
    expect(both.body).toMatchObject(refused(notSoldAtUs));
    const unmade = (await shop.visitor()).sessionId;
    for (const id of [unmade, 'an-id-of-a-backend']) {
      const made = await staff
        .put(`/session-context/acme/context/${id}?upsert=true`, { siteCode: 'us', currency: 'EUR', metadata })
        .expect(400);
      expect(made.body).toMatchObject(refused(notSoldAtUs));
      await staff.get(`/session-context/acme/context/${id}`).expect(404);
    }
  });

  it('even if it is the present one and the site no longer sells in it, until another is named [F-03]', async () => {
    const visitor = await shop.visitor({ siteCode: 'euro', currency: 'EUR' });
    await visitor.post(carts, { siteCode: 'euro', currency: 'EUR' }).expect(201);
    await staff.patch('/site/acme/sites/euro', { availableCurrencies: ['CHF'] }).expect(200);
    const { metadata } = (await visitor.get(mine).expect(200)).body;
    await visitor.patch(mine, { currency: 'EUR', metadata }).expect(400);
    await visitor.patch(mine, { language: 'de', metadata }).expect(204);
    await visitor.patch(mine, { currency: 'CHF', metadata: { version: 2 } }).expect(204);
    await staff.patch('/site/acme/sites/euro', { availableCurrencies: ['CHF', 'EUR'] }).expect(200);
  });
});

describe('A site that is named without a currency', () => {
  let shop: Shop;
  let staff: ServiceUser;
  beforeAll(async () => void ({ shop, staff } = await openShopWithEuro()));
  afterAll(() => shop.close());

  it('sets its own currency at the login and with the first cart [F-04]', async () => {
    const visitor = await shop.visitor({ siteCode: 'us' });
    const { body } = await visitor.get(`${carts}?siteCode=us&create=true`).expect(200);
    expect(body).toMatchObject({ siteCode: 'us', currency: 'USD' });
    expect((await visitor.get(mine).expect(200)).body).toMatchObject({ siteCode: 'us', currency: 'USD' });
  });

  it('sets its own currency for a cart, unless the shopper has chosen one that it sells in [F-04]', async () => {
    const currencyOf = async (visitor: Visitor, siteCode: string): Promise<string> =>
      (await visitor.get(`${carts}?siteCode=${siteCode}&create=true`).expect(200)).body.currency;
    const visitor = await shop.visitor();
    expect(await currencyOf(visitor, 'us')).toBe('USD');
    // EUR is only the default of the default site; nobody asked for it.
    expect(await currencyOf(visitor, 'euro')).toBe('CHF');
    expect(await currencyOf(visitor, 'main')).toBe('EUR');
    const euros = await shop.visitor({ currency: 'EUR' });
    expect(await currencyOf(euros, 'euro')).toBe('EUR');
    expect(await currencyOf(euros, 'us')).toBe('USD');
    const pounds = await shop.visitor({ currency: 'GBP' });
    expect(await currencyOf(pounds, 'euro')).toBe('CHF');
    const query = `siteCode=us&sessionId=${pounds.sessionId}&create=true`;
    expect((await staff.get(`${carts}?${query}`).expect(200)).body.currency).toBe('USD');
  });

  it('changes the currency of a context only if it does not sell in the present one [F-03, F-04]', async () => {
    const visitor = await shop.visitor();
    await visitor.post(carts, onMain).expect(201);
    const path = `/session-context/acme/context/${visitor.sessionId}`;
    const moves = [
      ['euro', 'EUR'],
      ['us', 'USD'],
      ['main', 'USD'],
    ] as const;
    for (const [siteCode, currency] of moves) {
      const { metadata } = (await visitor.get(mine).expect(200)).body;
      await visitor.patch(mine, { siteCode, metadata }).expect(204);
      expect((await visitor.get(mine).expect(200)).body).toMatchObject({ siteCode, currency });
    }
    const { metadata } = (await visitor.get(mine).expect(200)).body;
    await staff.put(path, { siteCode: 'euro', metadata }).expect(204);
    expect((await visitor.get(mine).expect(200)).body).toMatchObject({ siteCode: 'euro', currency: 'CHF' });
  });

  it('sets its own currency in a context that a backend makes [F-04]', async () => {
    const metadata = { version: 1 };
    for (const [siteCode, currency] of [
      ['us', 'USD'],
      ['euro', 'CHF'],
    ] as const) {
      const path = `/session-context/acme/context/of-${siteCode}`;
      await staff.put(`${path}?upsert=true`, { siteCode, metadata }).expect(204);
      expect((await staff.get(path).expect(200)).body).toMatchObject({ siteCode, currency });
    }
  });

  it('sets its own currency if it is a customer’s preferred one and does not sell in the preferred currency [F-03]', async () => {
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    await anna.patch('/customer/acme/me', { preferredSite: 'euro' }).expect(200);
    const { body } = await anna.get(`${carts}?siteCode=euro&create=true`).expect(200);
    expect(body.currency).toBe('CHF');
    expect((await anna.get(mine).expect(200)).body).toMatchObject({ siteCode: 'euro', currency: 'CHF' });
  });
});

describe('In the VTEX dialect the trade policy always sells in the currency', () => {
  let shop: Shop;
  beforeAll(async () => void ({ shop } = await openShopWithEuro()));
  afterAll(() => shop.close());

  const shown = async (device: Device) => {
    const values = await device.values('store.channel,store.currencyCode');
    return `${values['store.channel']} ${values['store.currencyCode']}`;
  };

  it('if `sc` chooses the policy, before there is a cart and after [F-03, M-32]', async () => {
    const device = new Device(shop.url);
    await device.begin({ sc: 'us' }).expect(201);
    expect(await shown(device)).toBe('us USD');
    await device.change({ sc: 'euro' }).expect(200);
    expect(await shown(device)).toBe('euro CHF');
    const { body } = await device.send('get', login).expect(200);
    const visitor = shop.as(body.access_token);
    const { body: cart } = await visitor.get(`${carts}?siteCode=euro&create=true`).expect(200);
    expect(cart.currency).toBe('CHF');
    await device.change({ sc: 'us' }).expect(200);
    expect(await shown(device)).toBe('us USD');
    expect((await visitor.get(mine).expect(200)).body).toMatchObject({ siteCode: 'us', currency: 'USD' });
  });

  it('if the other dialect asked for a currency that it does not sell in [F-03]', async () => {
    const visitor = await shop.visitor({ currency: 'GBP' });
    const device = new Device(shop.url);
    await device.send('post', '/api/sessions', {}, visitor.accessToken).expect(201);
    expect(await shown(device)).toBe('main GBP');
    await device.change({ sc: 'us' }).expect(200);
    expect(await shown(device)).toBe('us USD');
  });
});
