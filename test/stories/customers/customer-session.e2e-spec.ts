import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CustomerUser, type Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';
const cartOfMain = { siteCode: 'main', currency: 'EUR' };

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

describe('A shopper logs in with a cart', () => {
  let shop: Shop;
  let visitor: Visitor;
  let anna: CustomerUser;
  let before: Record<string, unknown>;

  beforeAll(async () => {
    shop = await openShop();
    visitor = await shop.visitor();
    await visitor.post('/cart/acme/carts', cartOfMain).expect(201);
    await visitor.post(`${mine}/attributes`, { key: 'size', value: 'M' }).expect(201);
    before = (await visitor.get(mine).expect(200)).body;
    shop.clock.advanceSeconds(60);
  });
  afterAll(() => shop.close());

  it('is refused for a wrong password or an unknown e-mail in the same words [W-15, P-56, P-04]', async () => {
    const path = '/customer/acme/login';
    const wrong = await visitor
      .post(path, { email: 'anna@acme.test', password: 'wrong-password' })
      .expect(401);
    const unknown = await visitor
      .post(path, { email: 'eve@acme.test', password: 'wrong-password' })
      .expect(401);
    expect(unknown.body).toEqual(wrong.body);
    await visitor.post(path, { email: 'anna@acme.test' }).expect(400);
    await visitor.post(path, { email: { $ne: null }, password: 'demo-Anna-2026' }).expect(400);
    await shop.http.post(path, { email: 'anna@acme.test', password: 'demo-Anna-2026' }).expect(401);
    await visitor.get(mine).expect(200);
  });

  it('may be refused twice and still log in with the same anonymous token [C-13]', async () => {
    const wrong = { email: 'ben@acme.test', password: 'wrong-password' };
    const other = await shop.visitor();
    await other.post('/customer/acme/login', wrong).expect(401);
    await other.post('/customer/acme/login', wrong).expect(401);
    await other.logIn('ben@acme.test', 'demo-Ben-2026');
  });

  it('gets a customer’s tokens, under the older names too [E-21, W-14]', async () => {
    const { body } = await visitor
      .post('/customer/acme/login', { email: 'Anna@acme.test', password: 'demo-Anna-2026' })
      .expect(200);
    expect(body).toMatchObject({
      expires_in: 2591999,
      refresh_token_expires_in: 86399,
      token_type: 'Bearer',
      initialPassword: false,
      accessToken: body.access_token,
      saasToken: body.saas_token,
      expiresIn: body.expires_in,
      refreshToken: body.refresh_token,
      refreshTokenExpiresIn: body.refresh_token_expires_in,
    });
    anna = new CustomerUser(shop.url, 'acme', body);
  });

  it('keeps the session id, the context, its attributes and its cart [E-22, E-23, E-25, D-13]', async () => {
    expect(anna.sessionId).toBe(visitor.sessionId);
    const { body } = await anna.get(mine).expect(200);
    expect(body).toMatchObject({
      ...before,
      metadata: { ...(before.metadata as object), version: 3, modifiedAt: expect.any(String) },
    });
  });

  it('finds the customer in the context, the same one as in the saas-token [E-27]', async () => {
    const { body } = await anna.get(mine).expect(200);
    const { body: profile } = await anna.get('/customer/acme/me').expect(200);
    expect(body.customerId).toBe(profile.id);
    expect(claimsOf(anna.saasToken).sub).toBe(profile.id);
  });

  it('can no longer use the anonymous tokens [E-19, D-03, P-12]', async () => {
    await visitor.get(mine).expect(401);
    await visitor.get(`/cart/acme/carts/${String(before.cartId)}`).expect(401);
    await visitor.get('/customer/acme/me').expect(401);
    await visitor.refresh().expect(401);
    const again = { email: 'ben@acme.test', password: 'demo-Ben-2026' };
    await visitor.post('/customer/acme/login', again).expect(401);
  });

  it('can check whether the token is valid and what it is for [W-18]', async () => {
    const { body } = await anna.get('/customer/acme/validateauthtoken').expect(200);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      sessionId: anna.sessionId,
      email: 'anna@acme.test',
      expires_in: 2591999,
      scope: expect.stringContaining('tenant=acme'),
    });
  });

  it('is still logged in after 400 days: a customer session has no timeout [E-04]', async () => {
    shop.clock.advanceDays(400);
    const staff = await shop.service();
    const { body } = await staff.get(`/session-context/acme/context/${anna.sessionId}`).expect(200);
    expect(body.sessionId).toBe(anna.sessionId);
    const { body: fault } = await anna.get(mine).expect(401);
    expect(fault.fault.detail.errorcode).toBe('keymanagement.service.access_token_expired');
  });
});

describe('A customer logs in without a cart', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('has no context until a cart is made after the login [E-24, E-26, E-37]', async () => {
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    await ben.get(mine).expect(404);
    const { body: cart } = await ben.post('/cart/acme/carts', cartOfMain).expect(201);
    const { body } = await ben.get(mine).expect(200);
    expect(body).toMatchObject({ cartId: cart.cartId, customerId: expect.any(String) });
  });

  it('gets the site’s values for what the profile lacks [E-31, E-33, E-34, D-04]', async () => {
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    await ben.get('/cart/acme/carts?siteCode=main&create=true').expect(200);
    const { body } = await ben.get(mine).expect(200);
    expect(body).toMatchObject({ siteCode: 'main', currency: 'EUR', targetLocation: 'DE', language: 'en' });
  });

  it('gets the profile’s values for what it contains [E-28, E-29, E-32]', async () => {
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    await anna.post('/cart/acme/carts', { siteCode: 'us', currency: 'USD' }).expect(201);
    const { body } = await anna.get(mine).expect(200);
    expect(body).toMatchObject({ siteCode: 'us', currency: 'USD', targetLocation: 'FR', language: 'de' });
  });

  it('gets the country of the billing address if there is no default shipping address [E-30]', async () => {
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    const { body: addresses } = await anna.get('/customer/acme/me/addresses').expect(200);
    const shipping = addresses.find(({ tags }: { tags: string[] }) => tags.includes('SHIPPING'));
    await anna.delete(`/customer/acme/me/addresses/${shipping.id}`).expect(204);
    await anna.get('/cart/acme/carts?siteCode=main&create=true').expect(200);
    const { body } = await anna.get(mine).expect(200);
    expect(body.targetLocation).toBe('AT');
  });
});

describe('A customer logs out', () => {
  let shop: Shop;
  let ben: CustomerUser;
  beforeAll(async () => {
    shop = await openShop();
    ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    await ben.post('/cart/acme/carts', cartOfMain).expect(201);
  });
  afterAll(() => shop.close());

  it("can't end somebody else’s session, or log out without naming a token [W-16, P-19]", async () => {
    const other = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    await ben.get(`/customer/acme/logout?accessToken=${other.accessToken}`).expect(403);
    await ben.get('/customer/acme/logout').expect(400);
    await shop.http.get(`/customer/acme/logout?accessToken=${ben.accessToken}`).expect(401);
    await other.get('/customer/acme/me').expect(200);
    await ben.get('/customer/acme/me').expect(200);
  });

  it('ends the session at once, with its tokens, refresh token, saas-token and context [E-35, D-05, W-16, P-11, P-26]', async () => {
    const staff = await shop.service();
    const bystander = await shop.visitor();
    await ben.logOut().expect(204);
    await ben.get(mine).expect(401);
    await ben.get('/customer/acme/validateauthtoken').expect(401);
    await bystander.get(`/customer/acme/refreshauthtoken?refreshToken=${ben.refreshToken}`).expect(401);
    await staff.get(`/session-context/acme/context/${ben.sessionId}`).expect(404);
    await staff
      .put(`/session-context/acme/context/${ben.sessionId}?upsert=true`, { metadata: { version: 1 } })
      .set('saas-token', ben.saasToken)
      .expect(403);
  });

  it('finds the cart again in the next session, once it is requested [D-05]', async () => {
    const next = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    await next.get(mine).expect(404);
    const { body: cart } = await next.get('/cart/acme/carts?siteCode=main').expect(200);
    const { body } = await next.get(mine).expect(200);
    expect(body.cartId).toBe(cart.id);
  });

  it('never revives a token of an ended session by an upsert of its id', async () => {
    const staff = await shop.service();
    const path = `/session-context/acme/context/${ben.sessionId}`;
    await staff.put(`${path}?upsert=true`, { metadata: { version: 0 } }).expect(204);
    await ben.get(mine).expect(401);
    await (
      await shop.visitor()
    )
      .get(`/customer/acme/refreshauthtoken?refreshToken=${ben.refreshToken}`)
      .expect(401);
  });
});

describe('A customer’s tokens are renewed', () => {
  let shop: Shop;
  let ben: CustomerUser;
  const refresh = (bearer: Visitor | CustomerUser, token: string, more = '') =>
    bearer.get(`/customer/acme/refreshauthtoken?refreshToken=${token}${more}`);

  beforeAll(async () => {
    shop = await openShop();
    ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
  });
  afterAll(() => shop.close());

  it('with any unexpired anonymous token of the storefront, under the same session id [W-17, D-03]', async () => {
    const { body } = await refresh(await shop.visitor(), ben.refreshToken).expect(200);
    expect(body).toMatchObject({
      session_id: ben.sessionId,
      expires_in: 2591999,
      refresh_token_expires_in: 86399,
      token_type: 'Bearer',
    });
    expect(body).not.toHaveProperty('saas_token');
  });

  it('with their own token, and with a legal entity bound to the session [W-17, W-18]', async () => {
    const own = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    await refresh(own, own.refreshToken, '&legalEntityId=D165356').expect(200);
    const { body } = await own.get('/customer/acme/validateauthtoken').expect(200);
    expect(body.legalEntityId).toBe('D165356');
  });

  it('but not with another customer’s token or an anonymous refresh token, or the reverse [P-10]', async () => {
    const own = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    const visitor = await shop.visitor();
    await refresh(anna, own.refreshToken).expect(401);
    await refresh(visitor, visitor.refreshToken).expect(401);
    await visitor.refresh(own.refreshToken).expect(401);
    await refresh(visitor, own.refreshToken).expect(200);
  });

  it('but not at another storefront of the tenant, and by its own afterwards [P-10]', async () => {
    const kiosk = { clientId: 'acme-kiosk', kind: 'storefront', name: 'Kiosk', scopes: [] };
    await (await shop.service()).post('/admin/acme/clients', kiosk).expect(201);
    const own = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    await refresh(await shop.visitor({ client: 'acme-kiosk' }), own.refreshToken).expect(401);
    await refresh(await shop.visitor(), own.refreshToken).expect(200);
  });

  it('strictly: a used refresh token ends the session after the grace [D-25, P-05, P-06]', async () => {
    const visitor = await shop.visitor();
    const own = await visitor.logIn('ben@acme.test', 'demo-Ben-2026');
    const helper = await shop.visitor();
    const { body } = await refresh(helper, own.refreshToken).expect(200);
    shop.clock.advanceSeconds(31);
    await refresh(helper, own.refreshToken).expect(401);
    await refresh(helper, body.refresh_token).expect(401);
    await own.get('/customer/acme/me').expect(401);
  });

  it('and two tokens issued within one second differ [C-04]', async () => {
    const own = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    const helper = await shop.visitor();
    const answers = await Promise.all([refresh(helper, own.refreshToken), refresh(helper, own.refreshToken)]);
    expect(new Set(answers.map(({ body }) => body.access_token)).size).toBe(2);
  });
});
