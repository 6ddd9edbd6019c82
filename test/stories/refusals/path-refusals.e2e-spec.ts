import { afterAll, beforeAll, describe, it } from 'vitest';
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
