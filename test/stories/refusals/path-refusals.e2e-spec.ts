import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../support/records/asked.js';
import { expectRefusal } from '../../support/records/refusals.js';
import { openShop, type Shop } from '../../support/shop.js';
import { DESCRIBED } from '../../wire/operations.js';

describe('Every operation of a tenant', () => {
  const ofTenant = DESCRIBED.filter(({ template }) => template.includes('{tenant}'));
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it.each(ofTenant)('refuses a name that no tenant can have: $name [W-41]', async (operation) => {
    expectRefusal(operation, 400, await ask(shop.http, operation, { tenant: 'ACME' }));
  });
});

describe('A path with two slashes in a row, as of a base address that ends in one', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it.each([
    '//customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront',
    '//api/sessions?items=*',
    '/session-context//acme/me/context',
  ])('is refused in words that name them: %s', async (path) => {
    const { body } = await shop.http.get(path).expect(404);
    expect(body.message).toBe('Nothing is served at this path, which has two slashes in a row');
  });

  it('but slashes of a query do not count', async () => {
    const { body } = await shop.http.get('/nothing?back=https://shop.test').expect(404);
    expect(body.message).toBe('Nothing is served at this path');
  });
});
