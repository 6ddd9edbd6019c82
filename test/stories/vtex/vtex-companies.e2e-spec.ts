import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { CustomerUser, type ServiceUser } from '../../support/people/http-user.js';
import { type SessionAppServer, sessionAppServer } from '../../support/programs/session-app.js';
import { openShop, type Shop } from '../../support/shop.js';

const ENTITIES = '/customer-management/acme/legal-entities';
const CONTACTS = '/customer-management/acme/contact-assignments';
const LOGIN_COOKIE = 'VtexIdclientAutCookie_acme';
const UNIT = 'authentication.unitId,authentication.unitName';

/** What FastStore requests with every change of a session. */
const OF_FASTSTORE =
  'profile.id,profile.email,profile.firstName,profile.lastName,shopper.firstName,shopper.lastName,' +
  'shopper.organizationManager,store.channel,store.countryCode,store.cultureInfo,store.currencyCode,' +
  'store.currencySymbol,authentication.customerId,authentication.storeUserId,' +
  'authentication.storeUserEmail,authentication.unitId,authentication.unitName,checkout.regionId,' +
  'public.postalCode';

const decoded = (token: string) => JSON.parse(Buffer.from(token, 'base64').toString());

/** Ben buys for the companies `north` and `south`. */
async function openShopOfCompanies(): Promise<{ readonly shop: Shop; readonly staff: ServiceUser }> {
  const shop = await openShop({ env: { SESSION_APPS_PRIVATE_ADDRESSES: 'allow' } });
  const staff = await shop.service();
  const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
  const customer = { id: (await ben.get('/customer/acme/me').expect(200)).body.id };
  for (const id of ['north', 'south']) {
    await staff.post(ENTITIES, { id, name: `${id}, Inc.` }).expect(201);
    await staff.post(CONTACTS, { id, legalEntity: { id }, customer }).expect(201);
  }
  return { shop, staff };
}

class Buyer {
  private constructor(
    private readonly shop: Shop,
    readonly user: CustomerUser,
  ) {}

  static async of(shop: Shop): Promise<Buyer> {
    return new Buyer(shop, await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026'));
  }

  /** Returns the buyer with the tokens of a refresh for this company. */
  async actingFor(company: string): Promise<Buyer> {
    const query = `refreshToken=${this.user.refreshToken}&legalEntityId=${company}`;
    const { body } = await this.user.get(`/customer/acme/refreshauthtoken?${query}`).expect(200);
    return new Buyer(this.shop, new CustomerUser(this.shop.url, 'acme', body));
  }

  get token(): string {
    return this.user.accessToken ?? '';
  }
}

describe('The company of a buyer, in the VTEX dialect', () => {
  let shop: Shop;
  let staff: ServiceUser;
  beforeAll(async () => void ({ shop, staff } = await openShopOfCompanies()));
  afterAll(() => shop.close());

  it('is the unit of the session that both dialects share, and follows each switch [D-22, F-54]', async () => {
    const device = new Device(shop.url);
    const north = await (await Buyer.of(shop)).actingFor('north');
    await device.send('post', '/api/sessions', {}, north.token).expect(201);
    const shown = await device.values(UNIT);
    expect(shown).toEqual({ 'authentication.unitId': 'north', 'authentication.unitName': 'north, Inc.' });
    await north.actingFor('south');
    expect(await device.values(UNIT)).toMatchObject({ 'authentication.unitId': 'south' });
  });

  it('is the unit of a session whose cookie carries the buyer’s token, and follows without another cookie', async () => {
    const device = new Device(shop.url);
    await device.begin().expect(201);
    expect(await device.values(UNIT)).toEqual({});
    const north = await (await Buyer.of(shop)).actingFor('north');
    device.cookies.set(LOGIN_COOKIE, north.token);
    await device.change().expect(200);
    const shown = await device.values(UNIT);
    expect(shown).toEqual({ 'authentication.unitId': 'north', 'authentication.unitName': 'north, Inc.' });
    await north.actingFor('south');
    expect(await device.values(UNIT)).toMatchObject({ 'authentication.unitId': 'south' });
  });

  it('goes with the buyer, and with the assignment', async () => {
    const device = new Device(shop.url);
    const north = await (await Buyer.of(shop)).actingFor('north');
    device.cookies.set(LOGIN_COOKIE, north.token);
    await device.begin().expect(201);
    expect(await device.values(UNIT)).toMatchObject({ 'authentication.unitId': 'north' });
    await staff.delete(`${CONTACTS}/north`).expect(204);
    expect(await device.values('authentication')).toEqual({});
    await north.user.get('/customer/acme/me').expect(401);
  });

  it('is not what the cookie’s buyer acts for once another customer logs into the session', async () => {
    const device = new Device(shop.url);
    const south = await (await Buyer.of(shop)).actingFor('south');
    device.cookies.set(LOGIN_COOKIE, south.token);
    await device.begin().expect(201);
    const { body: guest } = await device
      .send('get', '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront')
      .expect(200);
    const credentials = { email: 'anna@acme.test', password: 'demo-Anna-2026' };
    await device.send('post', '/customer/acme/login', credentials, guest.access_token).expect(200);
    expect(await device.values(`authentication.storeUserEmail,${UNIT}`)).toEqual({
      'authentication.storeUserEmail': 'anna@acme.test',
    });
  });
});

describe('storefront-permissions, as VTEX has it', () => {
  /** Its declaration and its answer, with the keys of the public app. */
  const DECLARED = {
    input: {
      authentication: ['storeUserEmail'],
      checkout: ['orderFormId'],
      impersonate: ['storeUserEmail', 'storeUserId'],
      public: ['impersonate', 'removeB2B'],
    },
    output: {
      public: ['facets', 'sc', 'regionId'],
      'storefront-permissions': [
        'storeUserId',
        'storeUserEmail',
        'organization',
        'costcenter',
        'priceTables',
        'collections',
        'userId',
      ],
    },
    shared: true,
  };
  const nobody = { value: '' };
  const WRITTEN = {
    storeUserId: nobody,
    storeUserEmail: nobody,
    organization: { value: '0d7b' },
    costcenter: { value: '9c1e' },
    priceTables: { value: 'gold,north' },
    collections: { value: [{ id: '140', name: 'Rain' }] },
    userId: {},
  };
  const FACETS = 'productClusterIds=140;private-seller=seller1;';

  let shop: Shop;
  let app: SessionAppServer;
  let buyer: Buyer;
  let cartId: string;
  const device = () => new Device(shop.url);

  beforeAll(async () => {
    const opened = await openShopOfCompanies();
    shop = opened.shop;
    app = await sessionAppServer((inputs) =>
      inputs['authentication']?.['storeUserEmail']
        ? {
            public: { facets: { value: FACETS }, sc: { value: 'us' }, regionId: { value: 'usa' } },
            'storefront-permissions': WRITTEN,
          }
        : { public: { facets: nobody, sc: nobody, regionId: nobody }, 'storefront-permissions': {} },
    );
    await opened.staff
      .put('/admin/acme/session-apps/storefront-permissions', { url: app.url, ...DECLARED })
      .expect(200);
    buyer = await Buyer.of(shop);
    const cart = { siteCode: 'main', currency: 'EUR' };
    cartId = (await buyer.user.post('/cart/acme/carts', cart).expect(201)).body.cartId;
  });
  afterAll(async () => {
    app.close();
    await shop.close();
  });

  it('is given the buyer, and the cart under the name that it knows [W-78, M-51]', async () => {
    const browser = device();
    await browser.send('post', '/api/sessions', {}, buyer.token).expect(201);
    expect(app.calls.at(-1)).toMatchObject({
      authentication: { storeUserEmail: { value: 'ben@acme.test' } },
      checkout: { orderFormId: { value: cartId } },
    });
    expect(await browser.values('checkout.cartId,checkout.orderFormId')).toEqual({
      'checkout.cartId': cartId,
      'checkout.orderFormId': cartId,
    });
  });

  it('finds all of its values again, on the answer, on a later read and after another change [F-50, F-54, W-79]', async () => {
    const browser = device();
    const items = 'storefront-permissions,public.facets,public.sc,public.regionId';
    const { userId: _absent, ...kept } = WRITTEN;
    const expected = {
      public: { facets: { value: FACETS }, sc: { value: 'us' }, regionId: { value: 'usa' } },
      'storefront-permissions': kept,
    };
    const first = await browser.send('post', `/api/sessions?items=${items}`, {}, buyer.token).expect(201);
    expect(first.body.namespaces).toEqual(expected);
    expect((await browser.read(items).expect(200)).body.namespaces).toEqual(expected);
    const later = await browser.change({ utm_source: 'mail' }, `?items=${items}`).expect(200);
    expect(later.body.namespaces).toEqual(expected);
  });

  it('has its channel, region and filter in the segment that pages are cached by [W-72, F-61, S-20]', async () => {
    const browser = device();
    browser.cookies.set(LOGIN_COOKIE, buyer.token);
    const { body } = await browser.begin().expect(201);
    const segment = { channel: 'us', currencyCode: 'USD', regionId: 'usa', facets: FACETS };
    expect(decoded(body.segmentToken)).toMatchObject(segment);
    expect((await browser.segment().expect(200)).body).toMatchObject(segment);
    browser.cookies.delete(LOGIN_COOKIE);
    const { body: guest } = await browser.change().expect(200);
    expect(decoded(guest.segmentToken)).not.toHaveProperty('facets');
    expect(decoded(guest.segmentToken)).toMatchObject({ channel: 'main', regionId: null });
  });
});

describe('What FastStore and a storefront of VTEX read of a company', () => {
  let shop: Shop;
  let app: SessionAppServer;
  /** As VTEX's own sessions have them: numbers, flags and objects among texts. */
  const WRITTEN = {
    shopper: {
      firstName: { value: 'Ben' },
      lastName: { value: 'Buyer' },
      organizationManager: { value: true },
    },
    creditControl: {
      creditAccounts: { value: { accounts: [{ id: '974CE77D', availableCredit: 1000.5 }] } },
      deadlines: { value: { deadlines: [{ paymentOptions: [30, 60] }] } },
      minimumInstallmentValue: { value: 0 },
    },
  };
  beforeAll(async () => {
    shop = (await openShopOfCompanies()).shop;
    app = await sessionAppServer(() => WRITTEN);
    const output = {
      shopper: ['firstName', 'lastName', 'organizationManager'],
      creditControl: ['creditAccounts', 'deadlines', 'minimumInstallmentValue'],
    };
    const input = { authentication: ['storeUserId', 'unitId'] };
    const staff = await shop.service();
    await staff.put('/admin/acme/session-apps/company', { url: app.url, input, output }).expect(200);
  });
  afterAll(async () => {
    app.close();
    await shop.close();
  });

  it('is of the type that the app wrote, with every request [F-50, F-54, W-79]', async () => {
    const device = new Device(shop.url);
    const north = await (await Buyer.of(shop)).actingFor('north');
    device.cookies.set(LOGIN_COOKIE, north.token);
    const { body } = await device.begin({ postalCode: '05010000' }, `?items=${OF_FASTSTORE}`).expect(201);
    expect(body.namespaces).toMatchObject({
      shopper: WRITTEN.shopper,
      authentication: {
        storeUserEmail: { value: 'ben@acme.test' },
        unitId: { value: 'north' },
        unitName: { value: 'north, Inc.' },
      },
      profile: { firstName: { value: 'Ben' } },
      public: { postalCode: { value: '05010000' } },
    });
    expect(app.calls.at(-1)).toMatchObject({ authentication: { unitId: { value: 'north' } } });
    for (const answer of [
      await device.change({ utm_source: 'mail' }, '?items=shopper,creditControl').expect(200),
      await device.read('shopper,creditControl').expect(200),
    ]) {
      expect(answer.body.namespaces).toEqual(WRITTEN);
    }
  });

  it('is told apart from other companies by apps, whose values follow a switch [M-13, W-78]', async () => {
    const device = new Device(shop.url);
    const north = await (await Buyer.of(shop)).actingFor('north');
    await device.send('post', '/api/sessions', {}, north.token).expect(201);
    await north.actingFor('south');
    await device.read().expect(200);
    expect(app.calls.at(-1)).toMatchObject({ authentication: { unitId: { value: 'south' } } });
  });

  it('includes the language of the back office in the namespace of the store and in the segment [W-72]', async () => {
    const device = new Device(shop.url);
    const { body } = await device
      .begin({ admin_cultureInfo: 'de_DE' }, '?items=store.admin_cultureInfo')
      .expect(201);
    expect(body.namespaces).toEqual({ store: { admin_cultureInfo: { value: 'de-DE' } } });
    expect(decoded(body.segmentToken)).toMatchObject({ admin_cultureInfo: 'de-DE' });
    const wrong = await device.change({ admin_cultureInfo: 'not a language' }).expect(200);
    expect(wrong.headers['x-session-inputs-ignored']).toBe('public.admin_cultureInfo');
    expect(decoded(wrong.body.segmentToken)).not.toHaveProperty('admin_cultureInfo');
    expect(await device.values('store.admin_cultureInfo')).toEqual({});
  });
});
