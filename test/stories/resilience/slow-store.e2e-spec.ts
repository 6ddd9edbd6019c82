import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HeldFinds } from '../../support/store/held-finds.js';
import type { Visitor } from '../../support/people/http-user.js';
import { expectRefusal } from '../../support/records/refusals.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';
const attributes = `${mine}/attributes`;

describe('A store that does not answer in time', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ env: { REQUEST_TIMEOUT_SECONDS: '1' } })));
  afterAll(() => shop.close());

  const requests: readonly [string, (visitor: Visitor) => Test][] = [
    ['a read', (visitor) => visitor.get(mine)],
    ['a write', (visitor) => visitor.post(attributes).send({ key: 'size', value: 'M' })],
  ];
  it.each(requests)(
    'turns %s that waits into a 503, and does not affect the next request',
    async (_what, ask) => {
      const visitor = await shop.visitor();
      await visitor.post('/cart/acme/carts').send({ siteCode: 'main', currency: 'EUR' }).expect(201);
      const held = HeldFinds.of(shop.storage.sessions);

      expectRefusal({ template: mine }, 503, await ask(visitor));
      expect(held.count).toBe(1);
      held.release();

      await visitor.get(mine).expect(200);
    },
  );
});
