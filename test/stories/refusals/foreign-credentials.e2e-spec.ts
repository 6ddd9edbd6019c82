import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SigningKeys } from '../../../src/auth/index.js';
import { CustomerRepository } from '../../../src/customer/index.js';
import { Device } from '../../support/people/device.js';
import { CustomerUser, HttpUser } from '../../support/people/http-user.js';
import { mailedToken } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';

const ANNA = ['anna@acme.test', 'demo-Anna-2026'] as const;
const REFRESH = '/customerlogin/auth/anonymous/refresh';

describe('A second storefront of the tenant', () => {
  const SECOND = 'acme-second';
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
    const admin = await shop.service();
    await admin.post('/admin/acme/clients', { clientId: SECOND, kind: 'storefront' }).expect(201);
  });
  afterAll(() => shop.close());

  it('gets nothing for a refresh token or access token of the other storefront’s visitor [P-10]', async () => {
    const visitor = await shop.visitor();
    for (const credential of [
      `refresh_token=${visitor.refreshToken}`,
      `anonymous_token=${visitor.accessToken}`,
    ]) {
      await shop.http.get(`${REFRESH}?tenant=acme&client_id=${SECOND}&${credential}`).expect(401);
    }
    await visitor.refreshed();
  });

  it('gets nothing for a refresh token of the other storefront’s customer, whose chain goes on [P-10]', async () => {
    const anna = await (await shop.visitor()).logIn(...ANNA);
    const second = await shop.visitor({ client: SECOND });
    await second.get(`/customer/acme/refreshauthtoken?refreshToken=${anna.refreshToken}`).expect(401);
    const hers = await (await shop.visitor({ client: SECOND })).logIn(...ANNA);
    await hers.get(`/customer/acme/refreshauthtoken?refreshToken=${anna.refreshToken}`).expect(401);
    await (await anna.refreshed()).get('/customer/acme/me').expect(200);
  });

  it('begins a new session for a cookie of the other storefront’s visitor [P-10]', async () => {
    const device = new Device(shop.url);
    await device.begin().expect(201);
    const login = (clientId: string) =>
      device.send('get', `/customerlogin/auth/anonymous/login?tenant=acme&client_id=${clientId}`).expect(200);
    const { body: first } = await login('acme-storefront');
    expect((await login('acme-storefront')).body.sessionId).toBe(first.sessionId);
    expect((await login(SECOND)).body.sessionId).not.toBe(first.sessionId);
  });
});

describe('The header Authorization', () => {
  let shop: Shop;
  let token: string;
  beforeAll(async () => {
    shop = await openShop();
    token = (await shop.visitor()).accessToken ?? '';
  });
  afterAll(() => shop.close());

  const ROUTES = [
    '/customer/acme/validateauthtoken',
    '/api/sessions?an=acme&items=*',
    '/api/segments?an=acme',
  ];
  const ask = (path: string, authorization: string) =>
    shop.http.get(path).set('authorization', authorization);

  it.each(ROUTES)('accepts one token, whatever the case of its scheme: %s [P-19]', async (path) => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) await ask(path, `${scheme} ${token}`).expect(200);
  });

  it.each(ROUTES)('accepts nothing after or beside a token: %s [X-17]', async (path) => {
    const wrong = [
      `Bearer ${token} x`,
      `Bearer ${token}, Bearer ${token}`,
      `Bearer ${token},x`,
      `Bearer x ${token}`,
      `Bearer Bearer ${token}`,
      `Bearer "${token}"`,
      `Bearer ${token};x=y`,
      'Bearer',
    ];
    for (const header of wrong) expect((await ask(path, header)).status, header).toBe(401);
  });

  it.each(['/customer/acme/validateauthtoken', '/cart/acme/carts/search'])(
    'is the only place for an access token: %s [P-19]',
    async (path) => {
      for (const name of ['access_token', 'accessToken', 'token']) {
        await shop.http.get(`${path}?${name}=${token}`).expect((response) => {
          expect([401, 405]).toContain(response.status);
        });
      }
    },
  );
});

describe('A cookie of another tenant', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  const WHO = ['storeUserId', 'storeUserEmail', 'adminUserId', 'adminUserEmail'];

  it('authenticates nobody, even under this tenant’s cookie name [P-24, P-30]', async () => {
    const person = { email: 'both@shops.test', password: 'a long password' };
    for (const tenant of ['acme', 'globex']) {
      await (await shop.visitor({ tenant })).post(`/customer/${tenant}/signup`, person).expect(201);
    }
    const globexs = await (await shop.visitor({ tenant: 'globex' })).logIn(person.email, person.password);
    const device = new Device(shop.url);
    device.cookies.set('VtexIdclientAutCookie_acme', globexs.accessToken ?? '');
    device.cookies.set('VtexIdclientAutCookie', (await shop.service('globex-backend')).accessToken ?? '');
    await device.begin().expect(201);
    const who = ['profile.email', 'profile.id', ...WHO.map((name) => `authentication.${name}`)].join();
    expect(await device.values(who)).toEqual({});
    const hers = await (await shop.visitor()).logIn(person.email, person.password);
    device.cookies.set('VtexIdclientAutCookie_acme', hers.accessToken ?? '');
    await device.change({ a: '1' }).expect(200);
    expect(await device.values('profile.email')).toEqual({ 'profile.email': person.email });
  });
});

describe('A signing key that leaked', () => {
  let shop: Shop;
  beforeEach(async () => void (shop = await openShop()));

  it('is dropped: all its tokens end on every instance, and new ones are signed with another key [X-20, P-29]', async () => {
    const other = await shop.secondInstance();
    const keys = shop.app.get(SigningKeys);
    const anna = await (await shop.visitor()).logIn(...ANNA);
    const service = await shop.service();
    const device = new Device(shop.url);
    await device.begin().expect(201);
    const elsewhere = new CustomerUser(other.url, 'acme', {
      access_token: anna.accessToken ?? '',
      refresh_token: anna.refreshToken,
      saas_token: anna.saasToken,
      session_id: anna.sessionId,
    });
    await elsewhere.get('/customer/acme/me').expect(200);
    const [leaked] = await keys.list();
    expect(await keys.drop(leaked?.kid ?? '')).toBe(true);

    await anna.get('/customer/acme/me').expect(401);
    await service.get('/admin/acme/clients').expect(401);
    await device.read().expect(401);
    shop.clock.advanceSeconds(5);
    await elsewhere.get('/customer/acme/me').expect(401);

    const { body } = await shop.http.get('/.well-known/jwks.json').expect(200);
    expect(body.keys.map(({ kid }: { kid: string }) => kid)).not.toContain(leaked?.kid);
    // A refresh token is not a JWT: with one, a logged-in customer stays logged in.
    const visitor = await shop.visitor();
    const { body: renewed } = await visitor
      .get(`/customer/acme/refreshauthtoken?refreshToken=${anna.refreshToken}`)
      .expect(200);
    for (const { url } of [shop, other]) {
      await new HttpUser(url, renewed.access_token).get('/customer/acme/me').expect(200);
    }
    await other.app.close();
    await shop.close();
  });

  it('is replaced by a new one while requests go on, and none fails [P-27]', async () => {
    const other = await shop.secondInstance();
    const keys = shop.app.get(SigningKeys);
    const before = await shop.visitor();
    const statuses: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      await keys.rotate();
      const made = await shop.visitor();
      for (const token of [before.accessToken, made.accessToken]) {
        for (const { url } of [shop, other]) {
          statuses.push((await new HttpUser(url, token).get('/customer/acme/validateauthtoken')).status);
        }
      }
    }
    expect(statuses).toEqual(Array.from({ length: 20 }, () => 200));
    await other.app.close();
    await shop.close();
  });
});

describe('The token of an e-mail change', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('is checked again when it is used: of two changes at once, the one that was withdrawn does nothing', async () => {
    const anna = await (await shop.visitor()).logIn(...ANNA);
    const change = '/customer/acme/me/accounts/internal/email/change';
    await anna.post(change, { email: ANNA[0], password: ANNA[1], newEmail: 'new@acme.test' }).expect(204);
    const token = await mailedToken(shop, 'new@acme.test');
    const customers = shop.app.get(CustomerRepository);
    const { changeEmail } = customers;
    const { id = '' } = (await customers.findByEmail('acme', ANNA[0])) ?? {};
    // Withdraws the change after the customer is read and before the write.
    customers.changeEmail = async (...args) => {
      await customers.change('acme', id, ({ emailChange: _gone, ...customer }) => customer);
      return changeEmail.apply(customers, args);
    };
    await (await shop.visitor()).post(`${change}/confirm`, { token }).expect(400);
    customers.changeEmail = changeEmail;
    expect((await customers.find('acme', id))?.email).toBe(ANNA[0]);
  });

  it('opens no other change than its own, not even a later one [X-03]', async () => {
    const anna = await (await shop.visitor()).logIn(...ANNA);
    const change = '/customer/acme/me/accounts/internal/email/change';
    const ask = (newEmail: string) =>
      anna.post(change, { email: ANNA[0], password: ANNA[1], newEmail }).expect(204);
    await ask('first@acme.test');
    const token = await mailedToken(shop, 'first@acme.test');
    const customers = shop.app.get(CustomerRepository);
    const { changeEmail } = customers;
    const { id = '' } = (await customers.findByEmail('acme', ANNA[0])) ?? {};
    let second = '';
    // Requests another e-mail after the customer is read and before the write.
    customers.changeEmail = async (...args) => {
      await ask('second@acme.test');
      second = await mailedToken(shop, 'second@acme.test');
      return changeEmail.apply(customers, args);
    };
    await (await shop.visitor()).post(`${change}/confirm`, { token }).expect(400);
    customers.changeEmail = changeEmail;
    expect((await customers.find('acme', id))?.email).toBe(ANNA[0]);
    await (await shop.visitor()).post(`${change}/confirm`, { token: second }).expect(204);
    expect((await customers.find('acme', id))?.email).toBe('second@acme.test');
  });
});
