import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../support/shop.js';

const ANNA = ['anna@acme.test', 'demo-Anna-2026'] as const;

describe('A storefront asks whether the login in a cookie is still valid', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  const ask = (token: unknown, an = 'acme') =>
    shop.http.post(`/api/vtexid/credential/validate?an=${an}`, { token });

  it('and is told who is logged in', async () => {
    const customer = await (await shop.visitor()).logIn(...ANNA);
    const { body, headers } = await ask(customer.accessToken).expect(200);
    expect(body).toEqual({
      authStatus: 'Success',
      id: expect.any(String),
      user: 'anna@acme.test',
      account: 'acme',
      audience: 'webstore',
      tokenType: 'customer',
    });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('and is told that it is not, once the customer has logged out', async () => {
    const customer = await (await shop.visitor()).logIn(...ANNA);
    await customer.get(`/customer/acme/logout?accessToken=${customer.accessToken}`).expect(204);
    const { body } = await ask(customer.accessToken).expect(401);
    expect(body.fault.detail.errorcode).toBe('oauth.v2.InvalidAccessToken');
  });

  it('and learns nothing about a token that is not a customer’s', async () => {
    const guest = await shop.visitor();
    const staff = await shop.service();
    for (const token of ['no-token-of-ours', guest.accessToken, staff.accessToken])
      await ask(token).expect(401);
  });

  it('and only for its own account', async () => {
    const customer = await (await shop.visitor()).logIn(...ANNA);
    await ask(customer.accessToken, 'globex').expect(403);
    await ask(customer.accessToken, 'nobody').expect(404);
  });

  it('and needs a token to ask', async () => {
    for (const token of [undefined, 1, ['x'], 'x'.repeat(9000)]) {
      expect((await ask(token).expect(400)).body.message).toMatch(/^token/);
    }
  });
});
