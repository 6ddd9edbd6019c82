import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { HeldFinds } from '../../support/store/held-finds.js';
import { expectRefusal } from '../../support/records/refusals.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';

describe('More requests than may be in flight', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ env: { MAX_REQUESTS_IN_FLIGHT: '2' } })));
  afterAll(() => shop.close());

  it('get 503 at once, without any work; health is answered, and the next are served when others are done', async () => {
    const visitor = await shop.visitor();
    const held = HeldFinds.of(shop.storage.sessions);
    const waiting = [
      visitor.get(mine).then(({ status }) => status),
      visitor.get(mine).then(({ status }) => status),
    ];
    await vi.waitFor(() => expect(held.count).toBe(2));

    const refused = await visitor.get(mine);

    expectRefusal({ template: mine }, 503, refused);
    expect(held.count).toBe(2);
    await shop.http.get('/health/ready').expect(200);
    held.release();
    expect(await Promise.all(waiting)).toEqual([401, 401]);
    await visitor.get(mine).expect(404);
  });
});
