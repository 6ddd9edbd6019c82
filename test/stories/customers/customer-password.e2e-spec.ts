import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser } from '../../support/people/http-user.js';
import { mailedToken, mailsOf, mailsTo } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';

const CHANGE = '/customer/acme/password/change';
const RESET = '/customer/acme/password/reset';
const LOGIN = '/customer/acme/login';
const ME = '/customer/acme/me';
const ANNA = 'anna@acme.test';

describe('A customer changes her password', () => {
  let shop: Shop;
  let here: CustomerUser;
  let there: CustomerUser;
  beforeAll(async () => {
    shop = await openShop();
    here = await (await shop.visitor()).logIn(ANNA, 'demo-Anna-2026');
    there = await (await shop.visitor()).logIn(ANNA, 'demo-Anna-2026');
  });
  afterAll(() => shop.close());

  it('is told which field is wrong, and stays logged in [W-21, W-45]', async () => {
    const wrong = { currentPassword: 'demo-Anna-2025', newPassword: 'anna-likes-rain' };
    const { body } = await here.post(CHANGE, wrong).expect(400);
    expect(body.details).toEqual([{ field: 'currentPassword', message: expect.any(String) }]);
    const weak = { currentPassword: 'demo-Anna-2026', newPassword: 'password123' };
    expect((await here.post(CHANGE, weak).expect(400)).body.details).toMatchObject([
      { field: 'newPassword' },
    ]);
    await here.post(CHANGE, {}).expect(400);
    await here.get(ME).expect(200);
    await there.get(ME).expect(200);
  });

  it('has a new one from then on, and stays logged in only here [W-21, P-14]', async () => {
    const { text } = await here
      .post(CHANGE, { currentPassword: 'demo-Anna-2026', newPassword: 'anna-likes-rain' })
      .expect(204);
    expect(text).toBe('');
    await here.get(ME).expect(200);
    await there.get(ME).expect(401);
    const visitor = await shop.visitor();
    await visitor.post(LOGIN, { email: ANNA, password: 'demo-Anna-2026' }).expect(401);
    await visitor.post(LOGIN, { email: ANNA, password: 'anna-likes-rain' }).expect(200);
  });

  it('ends older tokens of her own session too, and keeps those that she used [X-14, P-14]', async () => {
    const first = await (await shop.visitor()).logIn(ANNA, 'anna-likes-rain');
    const second = await first.refreshed();
    const change = { currentPassword: 'anna-likes-rain', newPassword: 'anna-likes-hail' };
    await second.post(CHANGE, change).expect(204);
    await first.get(ME).expect(401);
    await first.logOut().expect(401);
    await second.get(ME).expect(200);
    await second.refresh(first.refreshToken).expect(401);
    const third = await second.refreshed();
    await third.get(ME).expect(200);
  });

  it('ends tokens that somebody else obtained by a refresh after hers [X-14, P-14]', async () => {
    const hers = await (await shop.visitor()).logIn(ANNA, 'anna-likes-hail');
    const strangers = await hers.refreshed();
    const change = { currentPassword: 'anna-likes-hail', newPassword: 'anna-likes-rain' };
    await hers.post(CHANGE, change).expect(204);
    await strangers.get(ME).expect(401);
    await hers.refresh(strangers.refreshToken).expect(401);
    await hers.get(ME).expect(200);
  });

  it('needs her own token for it [W-21, W-44]', async () => {
    const body = { currentPassword: 'anna-likes-rain', newPassword: 'anna-likes-snow' };
    await (await shop.visitor()).post(CHANGE, body).expect(403);
    await shop.http.post(CHANGE, body).expect(401);
  });
});

describe('A customer who forgot her password', () => {
  let shop: Shop;
  let before: CustomerUser;
  beforeAll(async () => {
    shop = await openShop();
    before = await (await shop.visitor()).logIn(ANNA, 'demo-Anna-2026');
  });
  afterAll(() => shop.close());

  it('gets the same answer as an unknown person, but also a mail [W-21, P-56]', async () => {
    const visitor = await shop.visitor();
    for (const email of ['nobody@acme.test', 'no e-mail at all', ` ${ANNA.toUpperCase()}`]) {
      const { text } = await visitor.post(RESET, { email, site: 'main' }).expect(204);
      expect(text).toBe('');
    }
    expect(await mailsTo(shop, ANNA)).toMatchObject([
      { kind: 'password-reset', state: 'kept', letter: { subject: 'Set a new password' } },
    ]);
    const states = (await mailsOf(shop)).map(({ state }) => state);
    expect(states.toSorted()).toEqual(['dropped', 'dropped', 'kept']);
    expect(await mailsTo(shop, 'nobody@acme.test')).toEqual([]);
    await visitor.post(RESET, {}).expect(400);
  });

  it('sets a new one with the newest token, once, which logs her out everywhere else [W-21, P-14]', async () => {
    const visitor = await shop.visitor();
    const first = await mailedToken(shop, ANNA);
    shop.clock.advanceSeconds(1);
    await visitor.post(RESET, { email: ANNA }).expect(204);
    const token = await mailedToken(shop, ANNA);
    const update = (body: object) => visitor.post(`${RESET}/update`, body);
    const stale = await update({ token: first, password: 'anna-likes-rain' }).expect(400);
    expect(stale.body.details).toEqual([{ field: 'token', message: expect.any(String) }]);
    const weak = await update({ token, password: 'password123' }).expect(400);
    expect(weak.body.details).toMatchObject([{ field: 'password' }]);
    await update({ token, password: 'anna-likes-rain' }).expect(204);
    await update({ token, password: 'anna-likes-snow' }).expect(400);
    await before.get(ME).expect(401);
    await (await shop.visitor()).logIn(ANNA, 'anna-likes-rain');
  });

  it('has an hour to do so [W-21]', async () => {
    shop.clock.advanceSeconds(1);
    await (await shop.visitor()).post(RESET, { email: ANNA }).expect(204);
    const token = await mailedToken(shop, ANNA);
    shop.clock.advanceSeconds(3600);
    const visitor = await shop.visitor();
    await visitor.post(`${RESET}/update`, { token, password: 'anna-likes-snow' }).expect(400);
  });

  it('needs a token of her tenant’s storefront for it [W-21, W-44]', async () => {
    const elsewhere = await shop.visitor({ tenant: 'globex' });
    await elsewhere.post(RESET, { email: ANNA }).expect(403);
    await elsewhere.post('/customer/globex/password/reset', { email: ANNA }).expect(204);
    await shop.http.post(RESET, { email: ANNA }).expect(401);
    const resets = (await mailsTo(shop, ANNA)).filter(({ kind }) => kind === 'password-reset');
    expect(resets).toHaveLength(3);
    expect((await mailsOf(shop, 'globex')).filter(({ letter }) => letter)).toEqual([]);
  });
});

describe('A login', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('is refused alike with a wrong password and an unknown e-mail [W-15]', async () => {
    const visitor = await shop.visitor();
    const wrong = await visitor.post(LOGIN, { email: ANNA, password: 'demo-Anna-2025' }).expect(401);
    const unknown = await visitor
      .post(LOGIN, { email: 'nobody@acme.test', password: 'demo-Anna-2025' })
      .expect(401);
    expect(unknown.body).toEqual(wrong.body);
    expect(wrong.body).toEqual({
      fault: { faultstring: expect.any(String), detail: { errorcode: expect.any(String) } },
    });
  });

  it('accepts the e-mail in any case, and records the time [W-15, W-19]', async () => {
    shop.clock.advanceSeconds(60);
    const anna = await (await shop.visitor()).logIn('Anna@ACME.test', 'demo-Anna-2026');
    expect((await anna.get(ME).expect(200)).body.lastLogin).toBe(shop.clock.now().toISOString());
  });
});
