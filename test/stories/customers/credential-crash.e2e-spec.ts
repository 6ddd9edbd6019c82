import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionEnder } from '../../../src/customer/credentials/session-ender.js';
import { SessionService } from '../../../src/session/index.js';
import { StoreUnavailable } from '../../../src/shared/domain-error.js';
import { newId } from '../../../src/shared/ids.js';
import type { CustomerUser } from '../../support/people/http-user.js';
import { holdMails, mailedToken, mailsTo } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';

const PASSWORD = 'mia-likes-rain';
const NEXT = 'mia-likes-snow';
const RESET = '/customer/acme/password/reset';
const CHANGE = '/customer/acme/password/change';
const ME = '/customer/acme/me';

describe('An instance dies between a new password and the end of the sessions', () => {
  let shop: Shop;
  let email: string;
  let here: CustomerUser;
  let there: CustomerUser;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());
  beforeEach(async () => {
    email = `mia-${newId()}@acme.test`;
    const visitor = await shop.visitor();
    await visitor.post('/customer/acme/signup', { email, password: PASSWORD }).expect(201);
    here = await visitor.logIn(email, PASSWORD);
    there = await (await shop.visitor()).logIn(email, PASSWORD);
    shop.clock.advanceSeconds(1);
  });

  /** Leaves the state of a crash: the credential is changed, and its sessions are still alive. */
  const die = () =>
    vi.spyOn(shop.app.get(SessionService), 'endAllBut').mockRejectedValueOnce(new StoreUnavailable());
  const login = async (password: string) =>
    (await (await shop.visitor()).post('/customer/acme/login', { email, password })).status;
  const changeAndDie = async () => {
    die();
    await here.post(CHANGE, { currentPassword: PASSWORD, newPassword: NEXT }).expect(503);
    await there.get(ME).expect(200);
  };

  it('and the next instance ends them before it serves anything, except the tokens that asked [X-03, P-14]', async () => {
    await changeAndDie();
    const next = await shop.secondInstance();
    await there.get(ME).expect(401);
    await there.refresh().expect(401);
    await here.get(ME).expect(200);
    expect(await login(PASSWORD)).toBe(401);
    expect(await login(NEXT)).toBe(200);
    await next.app.close();
  });

  it('and running instances end them soon [X-03, P-14]', async () => {
    await changeAndDie();
    const ender = shop.app.get(SessionEnder);
    await ender.pass(15);
    await there.get(ME).expect(200);
    shop.clock.advanceSeconds(15);
    await ender.pass(15);
    await there.get(ME).expect(401);
    await here.get(ME).expect(200);
  });

  it('and a later login with the new password stays valid [X-03]', async () => {
    await changeAndDie();
    shop.clock.advanceSeconds(15);
    const ender = shop.app.get(SessionEnder);
    await ender.pass(15);
    const again = await (await shop.visitor()).logIn(email, NEXT);
    shop.clock.advanceSeconds(15);
    await ender.pass(0);
    await again.get(ME).expect(200);
  });

  it('and all of them end if the password was set by a reset [X-03, P-14]', async () => {
    await (await shop.visitor()).post(RESET, { email }).expect(204);
    const token = await mailedToken(shop, email);
    die();
    await (await shop.visitor()).post(`${RESET}/update`, { token, password: NEXT }).expect(503);
    await here.get(ME).expect(200);
    await shop.app.get(SessionEnder).pass(0);
    for (const one of [here, there]) await one.get(ME).expect(401);
  });

  it('and before its mail was released: it goes out a little later [X-03]', async () => {
    const release = vi.spyOn(shop.storage.outbox, 'change').mockRejectedValueOnce(new StoreUnavailable());
    await here.post(CHANGE, { currentPassword: PASSWORD, newPassword: NEXT }).expect(204);
    release.mockRestore();
    expect(await mailsTo(shop, email)).toEqual([]);
    shop.clock.advanceSeconds(60);
    holdMails(shop)();
    expect(await mailsTo(shop, email)).toMatchObject([{ kind: 'password-changed' }]);
  });

  it('and before anything was changed: nobody is mailed, and nothing ends [X-03]', async () => {
    const change = vi.spyOn(shop.storage.customers, 'change').mockRejectedValueOnce(new StoreUnavailable());
    await here.post(CHANGE, { currentPassword: PASSWORD, newPassword: NEXT }).expect(503);
    change.mockRestore();
    shop.clock.advanceSeconds(60);
    holdMails(shop)();
    expect(await mailsTo(shop, email)).toEqual([]);
    await there.get(ME).expect(200);
    expect(await login(PASSWORD)).toBe(200);
  });
});

describe('A login with the old password is in progress while the password is changed', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('and opens nothing, although the password was right when it was checked [X-03, P-14]', async () => {
    const email = 'anna@acme.test';
    const anna = await (await shop.visitor()).logIn(email, 'demo-Anna-2026');
    const sessions = shop.app.get(SessionService);
    const { becomeCustomers } = sessions;
    const late = vi.spyOn(sessions, 'becomeCustomers').mockImplementationOnce(async (...given) => {
      const change = { currentPassword: 'demo-Anna-2026', newPassword: NEXT };
      await anna.post(CHANGE, change).expect(204);
      return becomeCustomers.apply(sessions, given);
    });
    const visitor = await shop.visitor();
    const { body } = await visitor
      .post('/customer/acme/login', { email, password: 'demo-Anna-2026' })
      .expect(401);
    expect(body.fault.detail.errorcode).toBe('customer.InvalidCredentials');
    late.mockRestore();
    const { id = '' } = (await shop.storage.customers.findByEmail('acme', email)) ?? {};
    expect(await shop.storage.sessions.idsOfCustomer('acme', id)).toEqual([anna.sessionId]);
    await anna.get(ME).expect(200);
  });
});
