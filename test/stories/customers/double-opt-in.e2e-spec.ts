import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoWith, removeDemo } from '../../support/data/demo-file.js';
import type { Visitor } from '../../support/people/http-user.js';
import { mailedToken, mailsTo } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';

const SIGNUP = '/customer/acme/signup';
const OPT_IN = `${SIGNUP}/optin`;
const AGAIN = `${OPT_IN}/refresh_token`;
const LOGIN = '/customer/acme/login';
const CARLA = { email: 'carla@acme.test', password: 'carla-likes-rain' };

const SETTINGS = {
  doubleOptIn: true,
  mail: { from: 'shop@acme.test', optInUrl: 'https://shop.acme.test/activate?token={token}' },
};

describe('A visitor signs up with a double opt-in', () => {
  const file = demoWith(SETTINGS);
  let shop: Shop;
  let visitor: Visitor;
  let id: string;
  beforeAll(async () => {
    shop = await openShop({ env: { BOOTSTRAP_FILE: file } });
    visitor = await shop.visitor();
  });
  afterAll(async () => {
    await shop.close();
    removeDemo(file);
  });

  it('gets an id, and a mail with a link of the tenant’s [W-13]', async () => {
    const { body } = await visitor.post(SIGNUP, CARLA).expect(201);
    expect(body).toEqual({ id: expect.any(String) });
    id = body.id;
    const [mail] = await mailsTo(shop, CARLA.email);
    const token = await mailedToken(shop, CARLA.email);
    expect(mail).toMatchObject({
      kind: 'opt-in',
      state: 'kept',
      letter: { from: 'shop@acme.test', subject: 'Activate your account' },
    });
    expect(mail?.letter?.text).toContain(`https://shop.acme.test/activate?token=${token}\n`);
    expect(JSON.stringify(await shop.storage.customers.find('acme', id))).not.toContain(token.split('.')[1]);
  });

  it("can't log in before; without the password, the refusal is the same as for everybody [W-15]", async () => {
    const { body } = await visitor.post(LOGIN, CARLA).expect(401);
    expect(body.fault.detail.errorcode).toBe('customer.NotOptedIn');
    const wrong = await visitor.post(LOGIN, { ...CARLA, password: 'a wrong password' }).expect(401);
    expect(wrong.body.fault.detail.errorcode).toBe('customer.InvalidCredentials');
    await visitor.post(SIGNUP, CARLA).expect(409);
  });

  it('may ask for another mail, with the same answer as for every caller', async () => {
    shop.clock.advanceSeconds(61);
    for (const email of [CARLA.email.toUpperCase(), 'nobody@acme.test', 'anna@acme.test']) {
      const { text } = await visitor.post(AGAIN, { email }).expect(202);
      expect(text).toBe('');
    }
    expect(await mailsTo(shop, CARLA.email)).toHaveLength(2);
    for (const email of ['nobody@acme.test', 'anna@acme.test'])
      expect(await mailsTo(shop, email)).toEqual([]);
  });

  it('is logged in by the newest link, once, in the same session', async () => {
    const [newest, first] = await mailsTo(shop, CARLA.email);
    const [good, stale] = [newest, first].map((mail) => /token=(\S+)/.exec(mail?.letter?.text ?? '')?.[1]);
    const { body: refused } = await visitor.get(`${OPT_IN}/${stale}`).expect(400);
    expect(refused).toMatchObject({ type: 'bad_request', status: 400, details: [{ field: 'token' }] });
    const { body } = await visitor.get(`${OPT_IN}/${good}`).expect(200);
    expect(body).toMatchObject({
      session_id: visitor.sessionId,
      token_type: 'Bearer',
      saas_token: expect.any(String),
      refresh_token: expect.any(String),
      expires_in: 2591999,
    });
    const profile = await shop.as(body.access_token).get('/customer/acme/me').expect(200);
    expect(profile.body.id).toBe(id);
    const next = await shop.visitor();
    await next.get(`${OPT_IN}/${good}`).expect(400);
    await next.logIn(CARLA.email, CARLA.password);
  });

  it('has a day to follow it', async () => {
    const guest = await shop.visitor();
    await guest.post(SIGNUP, { ...CARLA, email: 'dora@acme.test' }).expect(201);
    const token = await mailedToken(shop, 'dora@acme.test');
    shop.clock.advanceSeconds(24 * 3600);
    await (await shop.visitor()).get(`${OPT_IN}/${token}`).expect(400);
  });

  it('can also activate the account with a new password, whose token came by mail too [W-21]', async () => {
    const guest = await shop.visitor();
    shop.clock.advanceSeconds(1);
    await guest.post('/customer/acme/password/reset', { email: 'dora@acme.test' }).expect(204);
    const token = await mailedToken(shop, 'dora@acme.test');
    await guest
      .post('/customer/acme/password/reset/update', { token, password: 'dora-likes-snow' })
      .expect(204);
    await guest.logIn('dora@acme.test', 'dora-likes-snow');
  });

  it('stays out while the tenant blocks the account, and gets in afterwards [E-52, X-41]', async () => {
    const email = 'eva@acme.test';
    const guest = await shop.visitor();
    const { body } = await guest.post(SIGNUP, { ...CARLA, email }).expect(201);
    const before = await mailedToken(shop, email);
    const staff = await shop.service();
    await staff.patch(`/customer/acme/customers/${body.id}`, { onHold: true }).expect(200);
    shop.clock.advanceSeconds(61);
    await guest.post(AGAIN, { email }).expect(202);
    for (const { letter } of await mailsTo(shop, email)) {
      const token = /token=(\S+)/.exec(letter?.text ?? '')?.[1];
      await guest.get(`${OPT_IN}/${token}`).expect(400);
    }
    await staff.patch(`/customer/acme/customers/${body.id}`, { onHold: false }).expect(200);
    shop.clock.advanceSeconds(61);
    await guest.post(AGAIN, { email }).expect(202);
    const token = await mailedToken(shop, email);
    expect(token).not.toBe(before);
    await guest.get(`${OPT_IN}/${token}`).expect(200);
  });

  it('needs an anonymous token of the tenant for each step [W-43, W-44]', async () => {
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    const token = `${'0'.repeat(24)}.${'x'.repeat(43)}`;
    expect((await shop.http.get(`${OPT_IN}/${token}`).expect(401)).body).toHaveProperty('fault');
    expect((await shop.http.post(AGAIN, { email: CARLA.email }).expect(401)).body).toHaveProperty('fault');
    await ben.get(`${OPT_IN}/${token}`).expect(403);
    await ben.post(AGAIN, { email: CARLA.email }).expect(403);
  });

  it('is told what is wrong with a request [W-45]', async () => {
    const guest = await shop.visitor();
    for (const token of [
      'no-token-of-ours',
      `${'0'.repeat(24)}.${'x'.repeat(43)}`,
      `${id}.${'x'.repeat(43)}`,
    ]) {
      await guest.get(`${OPT_IN}/${token}`).expect(400);
    }
    const { body } = await guest.post(AGAIN, {}).expect(400);
    expect(body.details).toEqual(expect.arrayContaining([expect.objectContaining({ field: 'email' })]));
  });

  it('can log in at once in a tenant that does not require it [W-13]', async () => {
    const elsewhere = await shop.visitor({ tenant: 'globex' });
    await elsewhere.post('/customer/globex/signup', CARLA).expect(201);
    await elsewhere.logIn(CARLA.email, CARLA.password);
  });
});
