import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectRefusal } from '../support/refusals.js';
import { openShop, type Shop } from '../support/shop.js';

const mine = '/session-context/acme/me/context';

describe('A store that does not answer in time', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ env: { REQUEST_TIMEOUT_SECONDS: '1' } })));
  afterAll(() => shop.close());

  it('is a 503 for whoever waits, and no harm to the request that comes next', async () => {
    const visitor = await shop.visitor();
    await visitor.post('/cart/acme/carts').send({ siteCode: 'main', currency: 'EUR' }).expect(201);
    let atLast = (_session: undefined): void => undefined;
    const late = new Promise<undefined>((resolve) => (atLast = resolve));
    const find = vi.spyOn(shop.storage.sessions, 'find').mockReturnValueOnce(late);

    expectRefusal({ template: mine }, 503, await visitor.get(mine));
    atLast(undefined);
    await visitor.get(mine).expect(200);

    expect(find.mock.calls.length).toBeGreaterThan(1);
    find.mockRestore();
  });
});
