import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../src/shared/ids.js';
import type { CustomerUser } from '../../support/people/http-user.js';
import { holdMails, mailedToken, mailsTo, tokenIn } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';

const PASSWORD = 'mia-likes-rain';
const CHANGE = '/customer/acme/me/accounts/internal/email/change';
const UNDO = `${CHANGE}/undo`;
const UPDATE = '/customer/acme/password/reset/update';
const LOGIN = '/customer/acme/login';
const SIGNUP = '/customer/acme/signup';
const ME = '/customer/acme/me';
const DAY = 86_400;

describe('Somebody has changed a customer’s account to another e-mail', () => {
  let shop: Shop;
  let email: string;
  let id: string;
  let stranger: CustomerUser;
  beforeAll(async () => void (shop = await openShop({ env: { STOREFRONT_URL: 'https://shop.test' } })));
  afterAll(() => shop.close());

  const anew = async () => shop.visitor();
  const postAnew = async (path: string, body: object) => (await (await anew()).post(path, body)).status;
  const login = (at: string, password = PASSWORD) => postAnew(LOGIN, { email: at, password });
  const undo = (token: string) => postAnew(UNDO, { token });
  /** Changes the e-mail again, using the current login. */
  const move = async (from: string, to: string, who = stranger) => {
    shop.clock.advanceSeconds(1);
    await who.post(CHANGE, { email: from, password: PASSWORD, newEmail: to }).expect(204);
    expect(await postAnew(`${CHANGE}/confirm`, { token: await mailedToken(shop, to) })).toBe(204);
  };
  const undoToken = async (at: string) => {
    const mail = (await mailsTo(shop, at)).find(({ kind }) => kind === 'email-changed');
    return tokenIn(mail?.letter?.text ?? '');
  };
  const at = (name: string) => `${name}-${id}@evil.test`;

  beforeEach(async () => {
    email = `mia-${newId()}@acme.test`;
    const visitor = await anew();
    id = (await visitor.post(SIGNUP, { email, password: PASSWORD }).expect(201)).body.id;
    stranger = await visitor.logIn(email, PASSWORD);
  });

  it('and she is told at her own e-mail, with a link to undo it [X-03]', async () => {
    await move(email, at('one'));
    const [mail] = await mailsTo(shop, email);
    expect(mail).toMatchObject({
      kind: 'email-changed',
      letter: { subject: 'Your e-mail address was changed' },
    });
    const token = await undoToken(email);
    expect(mail?.letter?.text).toContain(`https://shop.test/email-change-undo?token=${token}`);
    expect(mail?.letter?.text).not.toContain(at('one'));
    const stored = await shop.storage.customers.find('acme', id);
    expect(JSON.stringify(stored)).not.toContain(token.split('.')[1]);
  });

  it('and she takes it back: the account has her e-mail again, and all sessions and the password end [X-03]', async () => {
    await move(email, at('one'));
    const token = await undoToken(email);
    shop.clock.advanceSeconds(6 * DAY);
    const second = await (await anew()).logIn(at('one'), PASSWORD);
    const visitor = await anew();
    const { text } = await visitor.post(UNDO, { token }).expect(204);
    expect(text).toBe('');
    for (const session of [stranger, second]) await session.get(ME).expect(401);
    expect(await login(email)).toBe(401);
    expect(await login(at('one'))).toBe(401);
    const reset = (await mailsTo(shop, email)).find(({ kind }) => kind === 'password-reset');
    const update = { token: tokenIn(reset?.letter?.text ?? ''), password: 'mia-likes-snow' };
    await visitor.post(UPDATE, update).expect(204);
    const mia = await visitor.logIn(email, 'mia-likes-snow');
    expect((await mia.get(ME).expect(200)).body).toMatchObject({ id, accounts: [{ id: email }] });
    expect(await undo(token)).toBe(400);
  });

  it('even if it was changed again since, more than once [X-03]', async () => {
    await move(email, at('one'));
    await move(at('one'), at('two'));
    await move(at('two'), at('three'));
    expect(await undo(await undoToken(email))).toBe(204);
    expect((await shop.storage.customers.find('acme', id))?.email).toBe(email);
    for (const left of ['one', 'two', 'three']) expect(await login(at(left))).toBe(401);
  });

  it('even if the password was changed since, and what they requested then is void [X-03]', async () => {
    await move(email, at('one'));
    const token = await undoToken(email);
    const change = { currentPassword: PASSWORD, newPassword: 'a-stranger-was-here' };
    await stranger.post('/customer/acme/password/change', change).expect(204);
    const again = { email: at('one'), password: 'a-stranger-was-here', newEmail: at('two') };
    await stranger.post(CHANGE, again).expect(204);
    const pending = await mailedToken(shop, at('two'));
    shop.clock.advanceSeconds(1);
    expect(await undo(token)).toBe(204);
    expect(await postAnew(`${CHANGE}/confirm`, { token: pending })).toBe(400);
  });

  it('even if they or others try to sign up with her e-mail, which stays reserved for her [X-03, W-13]', async () => {
    await move(email, at('one'));
    const token = await undoToken(email);
    expect(await postAnew(SIGNUP, { email, password: 'a-stranger-was-here' })).toBe(409);
    const other = await anew();
    await other.post(SIGNUP, { email: at('other'), password: PASSWORD }).expect(201);
    const squatter = await other.logIn(at('other'), PASSWORD);
    shop.clock.advanceSeconds(1);
    await squatter.post(CHANGE, { email: at('other'), password: PASSWORD, newEmail: email }).expect(204);
    const move2 = (await mailsTo(shop, email)).find(({ kind }) => kind === 'email-change');
    expect(await postAnew(`${CHANGE}/confirm`, { token: tokenIn(move2?.letter?.text ?? '') })).toBe(400);
    expect(await undo(token)).toBe(204);
  });

  it('and the contact e-mail comes back too, if it was changed along [X-03]', async () => {
    const contact = async () => (await shop.storage.customers.find('acme', id))?.contactEmail;
    shop.clock.advanceSeconds(1);
    const along = { email, password: PASSWORD, newEmail: at('one'), syncContactEmail: true };
    await stranger.post(CHANGE, along).expect(204);
    const token = await mailedToken(shop, at('one'));
    expect(await postAnew(`${CHANGE}/confirm`, { token })).toBe(204);
    expect(await contact()).toBe(at('one'));
    await move(at('one'), at('two'));
    expect(await undo(await undoToken(email))).toBe(204);
    expect(await contact()).toBe(email);
  });

  it("and they can't undo their own changes once she has taken it back [X-03]", async () => {
    await move(email, at('one'));
    await move(at('one'), at('two'));
    const strangers = await undoToken(at('one'));
    shop.clock.advanceSeconds(1);
    expect(await undo(await undoToken(email))).toBe(204);
    expect(await undo(strangers)).toBe(400);
    expect(await mailsTo(shop, at('two'))).toMatchObject([
      { kind: 'email-change-undone' },
      { kind: 'email-change' },
    ]);
    expect((await mailsTo(shop, at('two')))[0]?.letter?.text).not.toMatch(/[\w-]{43}/);
  });

  it('nor once she has changed it back to her e-mail the usual way [X-03]', async () => {
    await move(email, at('one'));
    await move(at('one'), email);
    expect(await mailsTo(shop, at('one'))).toMatchObject([{ kind: 'email-change' }]);
    expect((await shop.storage.customers.find('acme', id))?.emailUndos).toEqual([]);
    expect(await postAnew(SIGNUP, { email: at('one'), password: PASSWORD })).toBe(201);
  });

  it("but can't push her out by changing it again and again: at most five changes can be undone at once [X-03]", async () => {
    const route = [email, ...[1, 2, 3, 4, 5].map((n) => at(`e${n}`))];
    for (let i = 0; i < 5; i += 1) await move(route[i] ?? '', route[i + 1] ?? '');
    shop.clock.advanceSeconds(1);
    const sixth = { email: at('e5'), password: PASSWORD, newEmail: at('e6') };
    const { body } = await stranger.post(CHANGE, sixth).expect(400);
    expect(body.details).toEqual([
      { field: 'newEmail', message: expect.stringContaining('5 changes within 7 days') },
    ]);
    expect(await undo(await undoToken(email))).toBe(204);
  });

  it('and she has seven days to undo it; then others may have her e-mail [X-03, W-13]', async () => {
    await move(email, at('one'));
    const token = await undoToken(email);
    shop.clock.advanceSeconds(7 * DAY);
    expect(await undo(token)).toBe(400);
    shop.clock.advanceSeconds(3600);
    expect(await postAnew(SIGNUP, { email, password: PASSWORD })).toBe(201);
    expect(await login(at('one'))).toBe(200);
  });

  it('and only one of two clicks on the link at once counts [X-03]', async () => {
    await move(email, at('one'));
    const token = await undoToken(email);
    expect((await Promise.all([undo(token), undo(token)])).toSorted()).toEqual([204, 400]);
  });

  it('and her undo wins over another change at the same moment [X-03]', async () => {
    await move(email, at('one'));
    shop.clock.advanceSeconds(1);
    await stranger.post(CHANGE, { email: at('one'), password: PASSWORD, newEmail: at('two') }).expect(204);
    const [hers, theirs] = [await undoToken(email), await mailedToken(shop, at('two'))];
    const [undone, moved] = await Promise.all([undo(hers), postAnew(`${CHANGE}/confirm`, { token: theirs })]);
    expect(undone).toBe(204);
    expect([204, 400]).toContain(moved);
    expect((await shop.storage.customers.findByEmail('acme', email))?.id).toBe(id);
    expect(await shop.storage.customers.findByEmail('acme', at('two'))).toBeUndefined();
  });

  it('and the mail to her, if it was delayed, contains a token that works even after more changes [X-03]', async () => {
    shop.clock.advanceSeconds(1);
    await stranger.post(CHANGE, { email, password: PASSWORD, newEmail: at('one') }).expect(204);
    const token = await mailedToken(shop, at('one'));
    const release = holdMails(shop);
    expect(await postAnew(`${CHANGE}/confirm`, { token })).toBe(204);
    await stranger.post('/customer/acme/password/change', {
      currentPassword: PASSWORD,
      newPassword: 'mine-from-now-on',
    });
    release();
    expect(await undo(await undoToken(email))).toBe(204);
  });

  it('and nothing of her e-mail is left if the account is erased meanwhile [P-72, X-03]', async () => {
    await move(email, at('one'));
    const token = await undoToken(email);
    const admin = await shop.service();
    const { body } = await admin.get(`/admin/acme/customers/${id}/export`).expect(200);
    expect(body.customer.formerEmails).toMatchObject([{ email }]);
    expect(body.mails.map(({ kind }: { kind: string }) => kind).toSorted()).toEqual([
      'email-change',
      'email-changed',
    ]);
    await admin.delete(`/admin/acme/customers/${id}`).expect(200);
    expect(await undo(token)).toBe(400);
    expect(await mailsTo(shop, email)).toEqual([]);
    expect(await postAnew(SIGNUP, { email, password: PASSWORD })).toBe(201);
  });

  it('and she is told what is wrong with a token, and needs an anonymous one of the shop [W-43, W-44, W-45]', async () => {
    const visitor = await anew();
    const made = `${id}.${'x'.repeat(43)}`;
    for (const token of ['', 'no-token-of-ours', `${'0'.repeat(24)}.${'x'.repeat(43)}`, made]) {
      const { body } = await visitor.post(UNDO, { token }).expect(400);
      expect(body.details).toEqual(expect.arrayContaining([expect.objectContaining({ field: 'token' })]));
    }
    await stranger.post(UNDO, { token: made }).expect(403);
    expect((await shop.http.post(UNDO, { token: made }).expect(401)).body).toHaveProperty('fault');
  });
});
