import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import type { ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';
const HOUR = 3600;
const DAY = 86_400;

const withCart = async (visitor: Visitor): Promise<Visitor> => {
  await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
  return visitor;
};

describe('An anonymous session gets older', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let visitor: Visitor;
  const byId = () => staff.get(`/session-context/acme/context/${visitor.sessionId}`);

  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  const begin = async () => {
    visitor = await withCart(await shop.visitor());
    staff = await shop.service();
  };

  it('is served until the last second of its hour, and refused from the next [E-01, E-20, P-17]', async () => {
    await begin();
    shop.clock.advanceSeconds(HOUR - 1);
    await visitor.get(mine).expect(200);
    await byId().expect(200);
    shop.clock.advanceSeconds(1);
    const { body } = await visitor.get(mine).expect(401);
    expect(body.fault.detail.errorcode).toBe('keymanagement.service.access_token_expired');
    await byId().expect(404);
  });

  it('is then dormant, until a refresh wakes it with its context and cart [W-11, D-02]', async () => {
    shop.clock.advanceSeconds(DAY - HOUR - 1);
    const awake = await visitor.refreshed();
    const { body } = await awake.get(mine).expect(200);
    expect(body).toMatchObject({ sessionId: visitor.sessionId, cartId: expect.any(String) });
    await awake.get(`/cart/acme/carts/${body.cartId}`).expect(200);
  });

  it('lives for a full hour after the refresh, with its attributes [E-03, W-09, W-12]', async () => {
    await begin();
    await visitor.post(`${mine}/attributes`, { key: 'size', value: 'M' }).expect(201);
    shop.clock.advanceSeconds(HOUR - 60);
    const refreshed = await visitor.refreshed();
    shop.clock.advanceSeconds(HOUR - 1);
    const { body } = await refreshed.get(mine).expect(200);
    expect(body.context).toEqual({ size: 'M' });
    shop.clock.advanceSeconds(1);
    await refreshed.get(mine).expect(401);
  });

  it('is gone together with its refresh token, and nothing wakes it [D-02]', async () => {
    await begin();
    shop.clock.advanceSeconds(DAY);
    await visitor.refresh().expect(401);
    staff = await shop.service();
    await byId().expect(404);
  });

  it('can be refreshed by its access token too, the older way, without a new refresh token [W-10]', async () => {
    await begin();
    shop.clock.advanceSeconds(HOUR + 60);
    const query = `tenant=acme&client_id=acme-storefront&anonymous_token=${visitor.accessToken}`;
    const { body } = await shop.http.get(`/customerlogin/auth/anonymous/refresh?${query}`).expect(200);
    expect(body).toMatchObject({ sessionId: visitor.sessionId, expires_in: 3599, scope: 'tenant=acme' });
    expect(body).not.toHaveProperty('refresh_token');
    await visitor.refreshed();
  });

  it('needs one of the two tokens, from its own client and tenant [P-10]', async () => {
    await begin();
    const refresh = '/customerlogin/auth/anonymous/refresh';
    await shop.http.get(`${refresh}?tenant=acme&client_id=acme-storefront`).expect(400);
    const of = (tenant: string, token: string) =>
      shop.http.get(`${refresh}?tenant=${tenant}&client_id=${tenant}-storefront&refresh_token=${token}`);
    await of('globex', visitor.refreshToken).expect(401);
    await of('acme', `${visitor.sessionId}.${'A'.repeat(43)}`).expect(401);
    await of('acme', 'nonsense').expect(401);
    await visitor.refreshed();
  });

  it("can't be refreshed by another storefront of its tenant, and goes on at its own [P-10]", async () => {
    await begin();
    const kiosk = { clientId: 'acme-kiosk', kind: 'storefront', name: 'Kiosk', scopes: [] };
    await (await shop.service()).post('/admin/acme/clients', kiosk).expect(201);
    const refresh = '/customerlogin/auth/anonymous/refresh?tenant=acme&client_id=acme-kiosk';
    await shop.http.get(`${refresh}&refresh_token=${visitor.refreshToken}`).expect(401);
    await shop.http.get(`${refresh}&anonymous_token=${visitor.accessToken}`).expect(401);
    await visitor.refreshed();
  });

  it('ignores other parameters that a refresh repeats [C-02]', async () => {
    await begin();
    const query = new URLSearchParams({
      tenant: 'acme',
      client_id: 'acme-storefront',
      refresh_token: visitor.refreshToken,
      currency: 'GBP',
      siteCode: 'us',
      targetLocation: 'US',
    });
    await shop.http.get(`/customerlogin/auth/anonymous/refresh?${query}`).expect(200);
    const { body } = await visitor.get(mine).expect(200);
    expect(body).toMatchObject({ currency: 'EUR', siteCode: 'main' });
  });
});

describe('An anonymous session that is refreshed again and again', () => {
  const MONTH = 30 * 86_400;

  it('ends after the longest lifetime, and shows before how much of it is left [P-09, P-17]', async () => {
    const shop = await openShop({
      env: { ANONYMOUS_MAX_SECONDS: String(MONTH), ANONYMOUS_LIFETIME_SECONDS: '43200' },
    });
    try {
      let visitor = await shop.visitor();
      for (let halfDays = 1; halfDays < 60; halfDays += 1) {
        shop.clock.advanceSeconds(43_200);
        visitor = await visitor.refreshed();
      }
      const { body } = await visitor.refresh().expect(200);
      expect(body).toMatchObject({ expires_in: 43_199, refresh_token_expires_in: 43_199 });
      await visitor.get(mine).expect(404);
      shop.clock.advanceSeconds(43_200);
      await visitor.get(mine).expect(401);
      await visitor.refresh(body.refresh_token).expect(401);
      await visitor.refresh().expect(401);
    } finally {
      await shop.close();
    }
  });

  it('ends within 400 days with default settings, whether used by cookie or by token [P-09]', async () => {
    const shop = await openShop();
    try {
      const device = new Device(shop.url);
      await device.begin().expect(201);
      const { id } = (await device.read().expect(200)).body;
      for (let days = 0; days < 400; days += 7) {
        shop.clock.advanceDays(7);
        await device.change().expect(200);
      }
      expect((await device.read().expect(200)).body.id).not.toBe(id);
    } finally {
      await shop.close();
    }
  });
});

describe('A refresh token is used twice', () => {
  let shop: Shop | undefined;
  afterEach(() => shop?.close());

  it('and every tab that refreshes at the same moment gets the same successor and an access token [P-07, C-04]', async () => {
    shop = await openShop();
    const visitor = await shop.visitor();
    const answers = await Promise.all(Array.from({ length: 20 }, () => visitor.refresh()));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1);
    expect(new Set(answers.map(({ body }) => body.access_token)).size).toBe(20);
  });

  it.each([
    [
      'one after the other',
      async (again: () => Promise<number>) => {
        const statuses: number[] = [];
        for (let i = 0; i < 20; i += 1) statuses.push(await again());
        return statuses;
      },
    ],
    ['all at once', (again: () => Promise<number>) => Promise.all(Array.from({ length: 20 }, again))],
  ])(
    'and gets five answers within the grace, %s; then it is refused, and the session goes on [X-13, P-07]',
    async (_how, repeated) => {
      shop = await openShop();
      const visitor = await shop.visitor();
      const next = await visitor.refreshed();
      const statuses = await repeated(async () => (await visitor.refresh()).status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(5);
      expect(statuses.filter((status) => status === 401)).toHaveLength(15);
      await next.get(mine).expect(404);
      await next.refreshed();
    },
  );

  it('and a slow tab gets the newest token if a fast one has refreshed twice within the grace', async () => {
    shop = await openShop({ env: { ANONYMOUS_REFRESH_REUSE: 'end' } });
    const slow = await shop.visitor();
    const fast = await (await slow.refreshed()).refreshed();
    const caughtUp = await slow.refreshed();
    expect(caughtUp.refreshToken).toBe(fast.refreshToken);
    shop.clock.advanceSeconds(HOUR - 60);
    await caughtUp.refreshed();
  });

  it('and an anonymous session goes on after the grace while the token would be valid [D-25]', async () => {
    shop = await openShop();
    const visitor = await shop.visitor();
    const next = await visitor.refreshed();
    shop.clock.advanceSeconds(31);
    const again = await visitor.refreshed();
    expect(again.sessionId).toBe(visitor.sessionId);
    await next.refreshed();
    shop.clock.advanceSeconds(DAY);
    await visitor.refresh().expect(401);
  });

  it('and the session ends after the grace if the operator wants it strict [D-25, P-06, P-05]', async () => {
    shop = await openShop({ env: { ANONYMOUS_REFRESH_REUSE: 'end' } });
    const visitor = await shop.visitor();
    const next = await visitor.refreshed();
    shop.clock.advanceSeconds(31);
    await visitor.refresh().expect(401);
    await next.refresh().expect(401);
    await next.get(mine).expect(401);
  });

  it('and one of 200 requests wins if there is no grace [P-08]', async () => {
    shop = await openShop({ env: { REFRESH_GRACE_SECONDS: '0', ANONYMOUS_REFRESH_REUSE: 'end' } });
    const visitor = await shop.visitor();
    const answers = await Promise.all(Array.from({ length: 200 }, () => visitor.refresh()));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(new Set(statuses)).toEqual(new Set([200, 401]));
  });
});

describe('A tenant sets the clocks of its anonymous sessions', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ env: { ANONYMOUS_LIFETIME_SECONDS: '60', ANONYMOUS_DORMANT_SECONDS: '0' } });
  });
  afterAll(() => shop.close());

  it('and shows and keeps the lifetime that is set [E-02, P-17]', async () => {
    const visitor = await shop.visitor();
    shop.clock.advanceSeconds(59);
    await visitor.get(mine).expect(404);
    shop.clock.advanceSeconds(1);
    await visitor.get(mine).expect(401);
  });

  it('and has no dormant ones if it wants none [D-02]', async () => {
    const visitor = await shop.visitor();
    shop.clock.advanceSeconds(60);
    await visitor.refresh().expect(401);
  });
});
