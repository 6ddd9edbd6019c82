import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const SESSIONS = '/customer/acme/me/sessions';
const ANNA = ['anna@acme.test', 'demo-Anna-2026'] as const;
const BEN = ['ben@acme.test', 'demo-Ben-2026'] as const;

const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1';

describe('A customer with several devices', () => {
  let shop: Shop;
  let laptop: CustomerUser;
  let tablet: CustomerUser;
  let phoneToken: string;
  beforeAll(async () => {
    shop = await openShop();
    laptop = await (await shop.visitor()).logIn(...ANNA);
    shop.clock.advanceSeconds(60);
    tablet = await (await shop.visitor()).logIn(...ANNA);
    shop.clock.advanceSeconds(60);
    const visitor = await shop.visitor();
    const [email, password] = ANNA;
    const { body } = await visitor
      .post('/customer/acme/login', { email, password })
      .set('user-agent', PHONE)
      .expect(200);
    phoneToken = body.access_token;
  });
  afterAll(() => shop.close());

  const onPhone = () => shop.as(phoneToken);

  it('sees all sessions, the last used first, with the kind of device and the current one marked', async () => {
    const { body, headers } = await laptop.get(SESSIONS).expect(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toHaveLength(3);
    expect(body[0]).toEqual({
      sessionId: expect.any(String),
      current: false,
      createdAt: expect.any(String),
      lastUsedAt: shop.clock.now().toISOString(),
      clientId: 'acme-storefront',
      device: 'Safari on iOS',
    });
    expect(body.map(({ current }: { current: boolean }) => current)).toEqual([false, false, true]);
    expect(body[2].sessionId).toBe(laptop.sessionId);
  });

  it('sees a device move up when it refreshes its tokens', async () => {
    shop.clock.advanceSeconds(60);
    laptop = await laptop.refreshed();
    const { body } = await laptop.get(SESSIONS).expect(200);
    expect(body[0]).toMatchObject({ sessionId: laptop.sessionId, current: true });
  });

  it('ends one of them, whose token is refused at once', async () => {
    await laptop.delete(`${SESSIONS}/${tablet.sessionId}`).expect(204);
    await tablet.get(SESSIONS).expect(401);
    await tablet.refresh().expect(401);
    await laptop.delete(`${SESSIONS}/${tablet.sessionId}`).expect(404);
    expect((await laptop.get(SESSIONS).expect(200)).body).toHaveLength(2);
  });

  it("can't end or see somebody else’s session", async () => {
    const ben = await (await shop.visitor()).logIn(...BEN);
    const guest = await shop.visitor();
    for (const { sessionId } of [ben, guest]) await laptop.delete(`${SESSIONS}/${sessionId}`).expect(404);
    expect((await ben.get(SESSIONS).expect(200)).body).toHaveLength(1);
    await guest.get('/session-context/acme/me/context').expect(404);
    await guest.get(SESSIONS).expect(403);
  });

  it('ends all others and stays logged in', async () => {
    expect((await laptop.delete(SESSIONS).expect(200)).body).toEqual({ ended: 1 });
    await onPhone().get(SESSIONS).expect(401);
    expect((await laptop.get(SESSIONS).expect(200)).body).toHaveLength(1);
    expect((await laptop.delete(SESSIONS).expect(200)).body).toEqual({ ended: 0 });
  });

  it('logs out here by ending the current one', async () => {
    await laptop.delete(`${SESSIONS}/${laptop.sessionId}`).expect(204);
    await laptop.get(SESSIONS).expect(401);
  });
});

describe('A customer erases their account', () => {
  const ME = '/customer/acme/me';
  let shop: Shop;
  let ben: CustomerUser;
  beforeAll(async () => {
    shop = await openShop();
    ben = await (await shop.visitor()).logIn(...BEN);
  });
  afterAll(() => shop.close());

  it('but not without the password', async () => {
    const { body } = await ben.delete(ME, { currentPassword: 'wrong-password' }).expect(400);
    expect(body.details).toEqual([
      { field: 'currentPassword', message: 'is not the password of this account' },
    ]);
    await ben.delete(ME, {}).expect(400);
    await ben.get(ME).expect(200);
  });

  it('with the password: every device is logged out, and nobody can log in any more', async () => {
    const other = await (await shop.visitor()).logIn(...BEN);
    await ben.delete(ME, { currentPassword: BEN[1] }).expect(204);
    await ben.get(ME).expect(401);
    await other.get(ME).expect(401);
    const [email, password] = BEN;
    await (await shop.visitor()).post('/customer/acme/login', { email, password }).expect(401);
  });
});
