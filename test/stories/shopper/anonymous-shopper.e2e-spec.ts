import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';
const LOGIN = '/customerlogin/auth/anonymous/login';
const REFRESH = '/customerlogin/auth/anonymous/refresh';

describe('An anonymous shopper begins a session', () => {
  let shop: Shop;
  let anna: Visitor;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('gets tokens for one hour and for one day, and the id of the session [E-10, W-06]', async () => {
    const { body, headers } = await shop.http
      .get(`${LOGIN}?tenant=acme&client_id=acme-storefront`)
      .expect(200);
    expect(body).toEqual({
      token_type: 'Bearer',
      access_token: expect.stringMatching(/^eyJ/),
      expires_in: 3599,
      refresh_token: expect.any(String),
      refresh_token_expires_in: 86399,
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      scope: 'tenant=acme',
    });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('is refused with an unknown client or tenant, or with a backend’s client [W-08]', async () => {
    const { body } = await shop.http.get(`${LOGIN}?tenant=acme&client_id=nobody`).expect(401);
    expect(body.fault.detail.errorcode).toBe('oauth.v2.InvalidClientId');
    await shop.http.get(`${LOGIN}?tenant=nowhere&client_id=acme-storefront`).expect(401);
    await shop.http.get(`${LOGIN}?tenant=globex&client_id=acme-storefront`).expect(401);
    await shop.http.get(`${LOGIN}?tenant=acme&client_id=acme-backend`).expect(401);
    await shop.http.get(`${LOGIN}?tenant=Acme!&client_id=acme-storefront`).expect(400);
    await shop.http.get(LOGIN).expect(400);
  });

  it('may name the tenant by its older name, or by both if they agree [F-25]', async () => {
    const client = 'client_id=acme-storefront';
    for (const named of [
      'hybris-tenant=acme',
      'tenant=acme&hybris-tenant=acme',
      'hybris-tenant=acme&tenant=acme',
    ]) {
      const { body: begun } = await shop.http.get(`${LOGIN}?${named}&${client}&currency=USD`).expect(200);
      expect(begun.scope).toBe('tenant=acme');
      const refresh = `${REFRESH}?${named}&${client}&refresh_token=${begun.refresh_token}`;
      const { body: refreshed } = await shop.http.get(refresh).expect(200);
      expect(refreshed.sessionId).toBe(begun.sessionId);
      const older = `${REFRESH}?${named}&${client}&anonymous_token=${refreshed.access_token}`;
      await shop.http.get(older).expect(200);
    }
    await shop.http.get(`${LOGIN}?hybris-tenant=globex&${client}`).expect(401);
  });

  it.each([
    ['tenant=acme&hybris-tenant=globex', 'hybris-tenant: differs from `tenant`; send only one of the two'],
    ['tenant=globex&hybris-tenant=acme', 'hybris-tenant: differs from `tenant`; send only one of the two'],
    ['hybris-tenant=Acme!', 'hybris-tenant: must be 3 to 16'],
    ['hybris-tenant=', 'hybris-tenant: must be 3 to 16'],
    ['hybris-tenant=acme&hybris-tenant=acme', 'hybris-tenant: must be one value'],
    ['tenant=&hybris-tenant=acme', 'tenant: must be 3 to 16'],
    ['', 'tenant: is missing'],
  ])('is refused, and told which name of the tenant is wrong: %s [F-25]', async (named, message) => {
    for (const path of [LOGIN, REFRESH]) {
      const query = `${named}&client_id=acme-storefront&refresh_token=any`;
      const { body } = await shop.http.get(`${path}?${query}`).expect(400);
      expect(body.message).toContain(message);
    }
  });

  it('is told at login which value the tenant does not know [D-24, P-48]', async () => {
    for (const [field, value] of [
      ['siteCode', 'nowhere'],
      ['currency', 'JPY'],
      ['currency', 'XXX1'],
      ['targetLocation', 'ZZ'],
      ['language', 'not a language'],
    ]) {
      const query = `tenant=acme&client_id=acme-storefront&${field}=${encodeURIComponent(value ?? '')}`;
      const { body } = await shop.http.get(`${LOGIN}?${query}`).expect(400);
      expect(body).toMatchObject({ status: 400, details: [{ field }] });
    }
  });

  it('has no session context while she only looks around [D-01, E-08, E-11, W-25, W-33]', async () => {
    anna = await shop.visitor();
    const { body } = await anna.get(mine).expect(404);
    expect(body).toEqual({ sessionId: anna.sessionId, code: 404, message: 'Session not found' });
    const staff = await shop.service();
    await staff.get(`/session-context/acme/context/${anna.sessionId}`).expect(404);
  });

  it("can't change a context that does not exist, and makes none by trying [E-09]", async () => {
    const staff = await shop.service();
    const byId = `/session-context/acme/context/${anna.sessionId}`;
    await anna.post(`${mine}/attributes`, { key: 'a', value: 'b' }).expect(404);
    await anna.delete(`${mine}/attributes/a`).expect(404);
    await anna.patch(mine, { currency: 'EUR', metadata: { version: 1 } }).expect(404);
    await staff.post(`${byId}/attributes`, { key: 'a', value: 'b' }).expect(404);
    await staff.delete(`${byId}/attributes/a`).expect(404);
    await staff.put(byId, { currency: 'EUR', metadata: { version: 1 } }).expect(404);
    await anna.get(mine).expect(404);
  });

  it('gets a context with the first cart, from the default site [E-12, E-13, E-14, E-15, E-16, E-17, E-36, E-41, W-24, W-58]', async () => {
    const { body: made } = await anna
      .post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' })
      .expect(201);
    const { body } = await anna.get(mine).expect(200);
    expect(body).toEqual({
      sessionId: anna.sessionId,
      siteCode: 'main',
      currency: 'EUR',
      cartId: made.cartId,
      targetLocation: 'DE',
      language: 'en',
      context: {},
      metadata: { version: 1, createdAt: expect.any(String), modifiedAt: expect.any(String) },
    });
  });

  it('gives a price service all that it needs in one call with the token [E-05]', async () => {
    const { body } = await anna.get(mine).expect(200);
    expect([body.siteCode, body.currency, body.targetLocation]).toEqual(['main', 'EUR', 'DE']);
  });

  it('keeps the same context through more carts and refreshes [E-18, E-40]', async () => {
    const { body: before } = await anna.get(mine).expect(200);
    await anna.post('/cart/acme/carts', { siteCode: 'us', currency: 'USD' }).expect(201);
    const refreshed = await anna.refreshed();
    const { body: after } = await refreshed.get(mine).expect(200);
    expect(refreshed.sessionId).toBe(anna.sessionId);
    expect(after).toEqual(before);
  });

  it('gets what the login’s query asked for instead of the site’s values [W-07]', async () => {
    const asked = { siteCode: 'us', currency: 'USD', targetLocation: 'US', language: 'de' };
    const visitor = await shop.visitor(asked);
    await visitor.post('/cart/acme/carts', { siteCode: 'us', currency: 'USD' }).expect(201);
    const { body } = await visitor.get(mine).expect(200);
    expect(body).toMatchObject(asked);
  });

  it('changes only what a shopper may change [W-34, W-35, D-11, C-02, P-35]', async () => {
    const { body: before } = await anna.get(mine).expect(200);
    const sent = {
      ...before,
      currency: 'GBP',
      context: { size: 'M' },
      customerId: 'somebody',
      cartId: 'another',
      sessionId: 'other',
    };
    await anna.patch(`${mine}?upsert=true`, sent).expect(204);
    const { body: after } = await anna.get(mine).expect(200);
    expect(after).toEqual({
      ...before,
      currency: 'GBP',
      context: { size: 'M' },
      metadata: { ...before.metadata, version: before.metadata.version + 1 },
    });
  });

  it('is told if another tab was faster, and which version is current [W-27, W-46, D-08]', async () => {
    const { body } = await anna.patch(mine, { currency: 'USD', metadata: { version: 1 } }).expect(409);
    expect(body).toMatchObject({ code: 409, metadata: { version: 2 } });
  });

  it('must name the version that she read [W-28, W-45]', async () => {
    const { body } = await anna.patch(mine, { currency: 'USD' }).expect(400);
    expect(body.message).toContain('metadata');
    await anna.patch(mine, { currency: 'USD', metadata: {} }).expect(400);
    await anna.patch(mine, { currency: 'USD', metadata: { version: '1' } }).expect(400);
  });

  it('merges attributes by name, and null removes one [D-11]', async () => {
    await anna.patch(mine, { context: { a: 1, b: { c: [2] } }, metadata: { version: 2 } }).expect(204);
    await anna.patch(mine, { context: { a: null, d: 'e' }, metadata: { version: 3 } }).expect(204);
    const { body } = await anna.get(mine).expect(200);
    expect(body.context).toEqual({ size: 'M', b: { c: [2] }, d: 'e' });
  });

  it('is told which value is wrong [W-45, W-59, P-42, P-48]', async () => {
    for (const [field, value] of [
      ['currency', 'eur'],
      ['currency', { $ne: null }],
      ['targetLocation', 'ZZ'],
      ['language', '*'],
      ['siteCode', 'nowhere'],
      ['siteCode', ['main']],
      ['context', 'text'],
      ['context', ['list']],
    ] as const) {
      const { body } = await anna.patch(mine, { [field]: value, metadata: { version: 4 } }).expect(400);
      expect(body.code).toBe(400);
      expect(body.message).toContain(field);
    }
  });
});
