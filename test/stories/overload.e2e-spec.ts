import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectRefusal } from '../support/refusals.js';
import { openShop, type Shop } from '../support/shop.js';

const mine = '/session-context/acme/me/context';

describe('More requests than may be under way', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ env: { MAX_REQUESTS_IN_FLIGHT: '2' } })));
  afterAll(() => shop.close());

  it('are a 503 at once, without work; health is told, and the next are answered when others are done', async () => {
    const visitor = await shop.visitor();
    let atLast = (_session: undefined): void => undefined;
    const late = new Promise<undefined>((resolve) => (atLast = resolve));
    const find = vi.spyOn(shop.storage.sessions, 'find').mockReturnValue(late);
    const waiting = [
      visitor.get(mine).then(({ status }) => status),
      visitor.get(mine).then(({ status }) => status),
    ];
    await vi.waitFor(() => expect(find).toHaveBeenCalledTimes(2));

    const refused = await visitor.get(mine);

    expectRefusal({ template: mine }, 503, refused);
    expect(find).toHaveBeenCalledTimes(2);
    await shop.http.get('/health/ready').expect(200);
    find.mockRestore();
    atLast(undefined);
    expect(await Promise.all(waiting)).toEqual([401, 401]);
    await visitor.get(mine).expect(404);
  });
});
