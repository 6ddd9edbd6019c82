import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../src/shared/ids.js';
import type { CustomerUser } from '../../support/people/http-user.js';
import { holdMails, mailedToken, mailsTo } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';

const PASSWORD = 'mia-likes-rain';
const NEXT = 'mia-likes-snow';
const RESET = '/customer/acme/password/reset';
const EMAIL = '/customer/acme/me/accounts/internal/email/change';
const ME = '/customer/acme/me';

/** Each test has its own customer, and a pending request of somebody who knows the password. */
describe('A thief who took over an account loses what they had begun', () => {
  let shop: Shop;
  let email: string;
  let strangers: string;
  let owner: CustomerUser;
  let stranger: CustomerUser;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());
  beforeEach(async () => {
    email = `mia-${newId()}@acme.test`;
    strangers = `stranger-${newId()}@evil.test`;
    const visitor = await shop.visitor();
    await visitor.post('/customer/acme/signup', { email, password: PASSWORD }).expect(201);
    owner = await visitor.logIn(email, PASSWORD);
    stranger = await (await shop.visitor()).logIn(email, PASSWORD);
    shop.clock.advanceSeconds(1);
  });

  const askForEmail = (newEmail: string, who = stranger, password = PASSWORD) =>
    who.post(EMAIL, { email, password, newEmail }).expect(204);
  const confirm = async (token: string) =>
    (await (await shop.visitor()).post(`${EMAIL}/confirm`, { token })).status;
  const update = async (token: string, password: string) =>
    (await (await shop.visitor()).post(`${RESET}/update`, { token, password })).status;
  const askForReset = async () => {
    await (await shop.visitor()).post(RESET, { email }).expect(204);
    return mailedToken(shop, email);
  };

  const changePassword = async () => {
    await owner
      .post('/customer/acme/password/change', { currentPassword: PASSWORD, newPassword: NEXT })
      .expect(204);
  };
  const resetPassword = async () => expect(await update(await askForReset(), NEXT)).toBe(204);
  const changeEmail = async () => {
    await askForEmail(`new-${email}`, owner);
    expect(await confirm(await mailedToken(shop, `new-${email}`))).toBe(204);
  };
  const CHANGES: Record<string, () => Promise<void>> = {
    'a new password': changePassword,
    'a password reset': resetPassword,
    'a new e-mail': changeEmail,
  };

  describe.each(Object.keys(CHANGES))('with %s', (name) => {
    const change = () => CHANGES[name]?.();

    it('the token of an e-mail change that was mailed before is refused [X-03, P-14]', async () => {
      await askForEmail(strangers);
      const token = await mailedToken(shop, strangers);
      shop.clock.advanceSeconds(1);
      await change();
      expect(await confirm(token)).toBe(400);
      expect((await owner.get(ME)).body.accounts ?? []).not.toContainEqual({ id: strangers });
    });

    it('the token of a reset that was mailed before is refused [X-03, P-14]', async () => {
      const token = await askForReset();
      shop.clock.advanceSeconds(1);
      await change();
      expect(await update(token, 'a-stranger-was-here')).toBe(400);
    });

    it('all other sessions end, including the stranger’s [X-03, X-14, P-14]', async () => {
      await change();
      await stranger.get(ME).expect(401);
      await stranger.refresh().expect(401);
      await owner.get(ME).expect(name === 'a password reset' ? 401 : 200);
    });
  });

  describe('while mails are waiting', () => {
    let release: () => void;
    afterEach(() => release());

    it('by a reset: an e-mail change that was requested before is mailed to nobody [X-03]', async () => {
      const token = await askForReset();
      release = holdMails(shop);
      await askForEmail(strangers);
      shop.clock.advanceSeconds(1);
      expect(await update(token, NEXT)).toBe(204);
      release();
      expect(await mailsTo(shop, strangers)).toEqual([]);
    });

    it('by a new password: nor are an e-mail change and a reset [X-03]', async () => {
      release = holdMails(shop);
      await askForEmail(strangers);
      await (await shop.visitor()).post(RESET, { email }).expect(204);
      shop.clock.advanceSeconds(1);
      await changePassword();
      release();
      expect(await mailsTo(shop, strangers)).toEqual([]);
      expect(await mailsTo(shop, email)).toMatchObject([{ kind: 'password-changed' }]);
    });

    it('by a new e-mail: nor is a change to another one [X-03]', async () => {
      await askForEmail(`new-${email}`, owner);
      const token = await mailedToken(shop, `new-${email}`);
      release = holdMails(shop);
      await askForEmail(strangers);
      shop.clock.advanceSeconds(1);
      expect(await confirm(token)).toBe(204);
      release();
      expect(await mailsTo(shop, strangers)).toEqual([]);
    });

    it('but what is requested afterwards is mailed as usual [X-03]', async () => {
      release = holdMails(shop);
      await changePassword();
      shop.clock.advanceSeconds(1);
      await askForEmail(`new-${email}`, owner, NEXT);
      await (await shop.visitor()).post(RESET, { email }).expect(204);
      release();
      expect(await mailsTo(shop, `new-${email}`)).toMatchObject([{ kind: 'email-change' }]);
      expect(new Set((await mailsTo(shop, email)).map(({ kind }) => kind))).toEqual(
        new Set(['password-changed', 'password-reset']),
      );
    });
  });

  it('if a reset and an e-mail change are used at the same moment: only one of them works [X-03]', async () => {
    await askForEmail(strangers);
    const move = await mailedToken(shop, strangers);
    const reset = await askForReset();
    const statuses = await Promise.all([confirm(move), update(reset, NEXT)]);
    expect(statuses.toSorted()).toEqual([204, 400]);
    const moved = statuses[0] === 204;
    const login = (at: string, password: string) => async () =>
      (await (await shop.visitor()).post('/customer/acme/login', { email: at, password })).status;
    expect(await login(strangers, PASSWORD)()).toBe(moved ? 200 : 401);
    expect(await login(email, NEXT)()).toBe(moved ? 401 : 200);
  });

  it('but the session that asked for the new e-mail with the password keeps the tokens that asked [X-03, X-14]', async () => {
    const asked = await owner.refreshed();
    await askForEmail(`new-${email}`, asked);
    expect(await confirm(await mailedToken(shop, `new-${email}`))).toBe(204);
    await asked.get(ME).expect(200);
    await owner.get(ME).expect(401);
    await (await asked.refreshed()).get(ME).expect(200);
  });

  describe('and the owner is told', () => {
    it('by a mail about a new password, which says what to do and contains no token [X-03]', async () => {
      await changePassword();
      const [mail] = await mailsTo(shop, email);
      expect(mail).toMatchObject({
        kind: 'password-changed',
        letter: { subject: 'Your password was changed' },
      });
      expect(mail?.letter?.text).toContain('If it was not you, ask for a new password');
      expect(mail?.letter?.text).not.toMatch(/[\w-]{43}/);
    });

    it('by a mail about a reset too [X-03]', async () => {
      await resetPassword();
      expect((await mailsTo(shop, email)).map(({ kind }) => kind)).toContain('password-changed');
    });

    it('at the e-mail of the account when the password was changed, whatever came later [X-03]', async () => {
      const release = holdMails(shop);
      await changePassword();
      shop.clock.advanceSeconds(1);
      const { customers } = shop.storage;
      const { id = '' } = (await customers.findByEmail('acme', email)) ?? {};
      await customers.changeEmail('acme', id, strangers, shop.clock.now(), (one) => ({
        ...one,
        email: strangers,
      }));
      release();
      expect(await mailsTo(shop, email)).toMatchObject([{ kind: 'password-changed' }]);
      expect(await mailsTo(shop, strangers)).toEqual([]);
    });

    it('but not of a change that was refused [X-03]', async () => {
      const wrong = { currentPassword: 'mia-likes-fog', newPassword: NEXT };
      await owner.post('/customer/acme/password/change', wrong).expect(400);
      shop.clock.advanceSeconds(120);
      holdMails(shop)();
      expect(await mailsTo(shop, email)).toEqual([]);
    });
  });
});
