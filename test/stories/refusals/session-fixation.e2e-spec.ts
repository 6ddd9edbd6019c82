import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { type AnonymousTokens, CustomerUser, HttpUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const MINE = '/session-context/acme/me/context';
const ME = '/customer/acme/me';
const ANONYMOUS = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
const CREDENTIALS = { email: 'anna@acme.test', password: 'demo-Anna-2026' };
const PERSON = 'authentication.storeUserEmail,profile.email,profile.isAuthenticated';

describe('A session that somebody planted in her browser', () => {
  let shop: Shop;
  let planted: Device;
  let hers: Device;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());
  beforeEach(async () => {
    planted = new Device(shop.url);
    await planted.begin({ a: 'planted' }).expect(201);
    hers = planted.copy();
  });

  const anonymous = async (device: Device): Promise<Visitor> => {
    const { body } = await device.send('get', ANONYMOUS).expect(200);
    return new Visitor(shop.url, 'acme', 'acme-storefront', body as AnonymousTokens);
  };
  const logIn = async (device: Device, visitor: Visitor): Promise<CustomerUser> => {
    const { body } = await device
      .send('post', '/customer/acme/login', CREDENTIALS, visitor.accessToken)
      .expect(200);
    return new CustomerUser(shop.url, 'acme', body);
  };
  /** Expects that the device can't read or change hers; a change begins a new session. */
  const expectShutOut = async (device: Device, sessionId: string): Promise<void> => {
    const token = device.cookies.get('vtex_session');
    await device.read().expect(401);
    await device.segment().expect(401);
    await device.send('post', `/api/sessions/${token}`, { public: { b: { value: '1' } } }).expect(401);
    const { body } = await device.send('get', ANONYMOUS).expect(200);
    expect(body.sessionId).not.toBe(sessionId);
    await device.change({ b: '1' }).expect(200);
    expect((await device.read().expect(200)).body.id).not.toBe(sessionId);
  };

  it('is hers alone once she logs in, and her browser gets the new cookie with the login [X-02, P-12]', async () => {
    const anna = await logIn(hers, await anonymous(hers));
    expect(await hers.values(PERSON)).toMatchObject({ 'profile.email': 'anna@acme.test' });
    await expectShutOut(planted, anna.sessionId);
    await anna.get(ME).expect(200);
  });

  it('gives no new cookie to a login that does not send its old one [X-02]', async () => {
    const visitor = await anonymous(hers);
    const elsewhere = new Device(shop.url);
    const { headers } = await elsewhere
      .send('post', '/customer/acme/login', CREDENTIALS, visitor.accessToken)
      .expect(200);
    expect(headers['set-cookie']).toBeUndefined();
    await new Device(shop.url).begin().expect(201);
    await hers.read().expect(401);
  });

  it('gives the new cookie to her next request with her access token, if the login could not [X-02]', async () => {
    const visitor = await anonymous(hers);
    const { body } = await visitor.post('/customer/acme/login', CREDENTIALS).expect(200);
    await hers.read().expect(401);
    await hers.send('post', '/api/sessions', {}, body.access_token).expect(201);
    expect((await hers.read().expect(200)).body.id).toBe(body.session_id);
    await expectShutOut(planted, body.session_id);
  });

  it('gives the new cookie to her next request with her authentication cookie, even a read [X-02]', async () => {
    const visitor = await anonymous(hers);
    const { body } = await visitor.post('/customer/acme/login', CREDENTIALS).expect(200);
    hers.cookies.set('VtexIdclientAutCookie_acme', body.access_token);
    const { headers } = await hers.read().expect(200);
    expect(String(headers['set-cookie'])).toContain('vtex_session=');
    hers.cookies.delete('VtexIdclientAutCookie_acme');
    expect((await hers.read().expect(200)).body.id).toBe(body.session_id);
    expect((await hers.read().expect(200)).headers['set-cookie']).toBeUndefined();
    await expectShutOut(planted, body.session_id);
  });

  it('is hers alone once an authentication cookie logs her in, even by a read [X-02]', async () => {
    const id = (await hers.read().expect(200)).body.id;
    const elsewhere = await (await shop.visitor()).logIn(CREDENTIALS.email, CREDENTIALS.password);
    hers.cookies.set('VtexIdclientAutCookie_acme', elsewhere.accessToken ?? '');
    expect(await hers.values(PERSON)).toMatchObject({ 'profile.email': 'anna@acme.test' });
    expect(await hers.values('public.a')).toEqual({ 'public.a': 'planted' });
    await expectShutOut(planted, id);
  });

  it('ends the tokens that somebody got in the other dialect with the planted cookie [X-02, P-12]', async () => {
    const strangers = await anonymous(planted);
    const elsewhere = await (await shop.visitor()).logIn(CREDENTIALS.email, CREDENTIALS.password);
    hers.cookies.set('VtexIdclientAutCookie_acme', elsewhere.accessToken ?? '');
    await hers.segment().expect(200);
    await strangers.get(MINE).expect(401);
    await strangers.refresh().expect(401);
    await new HttpUser(shop.url, strangers.accessToken).post('/api/sessions?an=acme', {}).expect(401);
    const own = await anonymous(hers);
    expect(own.sessionId).toBe((await hers.read().expect(200)).body.id);
  });

  it('keeps the access token that brought the authentication cookie [X-02]', async () => {
    const visitor = await anonymous(hers);
    const strangers = await anonymous(planted);
    const elsewhere = await (await shop.visitor()).logIn(CREDENTIALS.email, CREDENTIALS.password);
    hers.cookies.set('VtexIdclientAutCookie_acme', elsewhere.accessToken ?? '');
    await hers.send('post', '/api/sessions', {}, visitor.accessToken).expect(201);
    await strangers.get(MINE).expect(401);
    await visitor.get(MINE).expect(404);
  });

  it('goes on in all her tabs that send the login at the same time [X-02]', async () => {
    const id = (await hers.read().expect(200)).body.id;
    const elsewhere = await (await shop.visitor()).logIn(CREDENTIALS.email, CREDENTIALS.password);
    hers.cookies.set('VtexIdclientAutCookie_acme', elsewhere.accessToken ?? '');
    const tabs = Array.from({ length: 10 }, () => hers.copy());
    await Promise.all(tabs.map((tab, i) => tab.change({ [`tab${i}`]: 'on' }).expect(200)));
    const ids = await Promise.all(tabs.map(async (tab) => (await tab.read().expect(200)).body.id));
    expect(new Set(ids)).toEqual(new Set([id]));
  });

  it('does not open again for another logged-in person [X-02]', async () => {
    const anna = await logIn(hers, await anonymous(hers));
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    planted.cookies.set('VtexIdclientAutCookie_acme', ben.accessToken ?? '');
    await expectShutOut(planted, anna.sessionId);
  });

  it('is hers alone after a new password too, and her browser keeps it [X-02, X-14]', async () => {
    const anna = await logIn(hers, await anonymous(hers));
    const stolen = hers.copy();
    await stolen.read().expect(200);
    const change = { currentPassword: CREDENTIALS.password, newPassword: 'anna-likes-rain' };
    await hers.send('post', '/customer/acme/password/change', change, anna.accessToken).expect(204);
    expect(await hers.values('profile.email')).toEqual({ 'profile.email': 'anna@acme.test' });
    await expectShutOut(stolen, anna.sessionId);
    await anna
      .post('/customer/acme/password/change', {
        currentPassword: 'anna-likes-rain',
        newPassword: CREDENTIALS.password,
      })
      .expect(204);
  });
});

describe('A login by cookie that was revoked', () => {
  let shop: Shop;
  let anna: CustomerUser;
  let device: Device;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());
  beforeEach(async () => {
    anna = await (await shop.visitor()).logIn(CREDENTIALS.email, CREDENTIALS.password);
    device = new Device(shop.url);
    device.cookies.set('VtexIdclientAutCookie_acme', anna.accessToken ?? '');
    await device.begin().expect(201);
    expect(await device.values('profile.priceTables')).toEqual({ 'profile.priceTables': 'gold' });
  });

  /** A storefront's server sends only the session cookie. */
  const withoutLogin = (): Device => {
    const server = device.copy();
    server.cookies.delete('VtexIdclientAutCookie_acme');
    return server;
  };

  it('shows nobody from then on to a read, a segment or a server [X-07, F-53]', async () => {
    expect(await withoutLogin().values(PERSON)).toMatchObject({ 'profile.email': 'anna@acme.test' });
    await anna.logOut().expect(204);
    expect(await withoutLogin().values(PERSON)).toEqual({ 'profile.isAuthenticated': 'false' });
    expect(await device.values(PERSON)).toEqual({ 'profile.isAuthenticated': 'false' });
    expect((await device.segment().expect(200)).body.priceTables).toBeNull();
  });

  it.each([
    ['a segment', (server: Device) => server.segment()],
    ['a read', (server: Device) => server.read()],
  ])('shows nobody to %s that comes first after it [X-07, F-53]', async (_what, ask) => {
    await anna.logOut().expect(204);
    const { body } = await ask(withoutLogin()).expect(200);
    expect(JSON.stringify(body)).not.toContain('gold');
    expect(JSON.stringify(body)).not.toContain('anna@acme.test');
  });

  it('ends together with the client that the token was issued to, on every route [X-22]', async () => {
    const { clients } = shop.storage;
    const switchTo = (enabled: boolean) =>
      clients.change('acme', 'acme-storefront', (client) => ({ ...client, enabled }));
    const visitor = await shop.visitor();
    const own = new Device(shop.url);
    await own.send('post', '/api/sessions', {}, visitor.accessToken).expect(201);
    await switchTo(false);
    shop.clock.advanceSeconds(5);
    expect(await withoutLogin().values(PERSON)).toEqual({ 'profile.isAuthenticated': 'false' });
    const again = new Device(shop.url);
    again.cookies.set('VtexIdclientAutCookie_acme', anna.accessToken ?? '');
    await again.begin().expect(201);
    expect(await again.values(PERSON)).toEqual({ 'profile.isAuthenticated': 'false' });
    await own.read().expect(401);
    await own.send('post', '/api/sessions', {}, visitor.accessToken).expect(401);
    const staff = await shop.service();
    const cart = staff.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' });
    await cart.set('saas-token', anna.saasToken).expect(403);
    await switchTo(true);
    shop.clock.advanceSeconds(5);
    await own.read().expect(200);
  });
});
