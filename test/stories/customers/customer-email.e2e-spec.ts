import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser } from '../../support/people/http-user.js';
import { mailedToken, mailsTo } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';

const CHANGE = '/customer/acme/me/accounts/internal/email/change';
const CONFIRM = `${CHANGE}/confirm`;
const ME = '/customer/acme/me';
const PASSWORD = 'demo-Anna-2026';
const asked = { email: 'anna@acme.test', password: PASSWORD, newEmail: 'Anna.New@acme.test' };

describe('A customer changes to another e-mail', () => {
  let shop: Shop;
  let anna: CustomerUser;
  const confirm = async (token: string) => (await shop.visitor()).post(CONFIRM, { token });
  beforeAll(async () => {
    shop = await openShop();
    anna = await (await shop.visitor()).logIn('anna@acme.test', PASSWORD);
  });
  afterAll(() => shop.close());

  it.each([
    ['another e-mail than hers', { ...asked, email: 'ben@acme.test' }, 'email'],
    ['a wrong password', { ...asked, password: 'demo-Anna-2025' }, 'password'],
    ['a new e-mail that is none', { ...asked, newEmail: 'anna' }, 'newEmail'],
    ['the one that she has', { ...asked, newEmail: ' ANNA@acme.test ' }, 'newEmail'],
    ['no password', { email: asked.email, newEmail: asked.newEmail }, 'password'],
    ['a flag that is none', { ...asked, syncContactEmail: 'yes' }, 'syncContactEmail'],
  ])('is told what is wrong with %s, and stays logged in [W-45, C-13]', async (_what, body, field) => {
    const { body: answer } = await anna.post(CHANGE, body).expect(400);
    expect(answer).toMatchObject({ type: 'bad_request', status: 400 });
    expect(answer.details).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
    await anna.get(ME).expect(200);
  });

  it('gets a token at the new one, and logs in with the old one until it is used', async () => {
    const { text } = await anna.post(CHANGE, { ...asked, syncContactEmail: true }).expect(204);
    expect(text).toBe('');
    expect(await mailsTo(shop, 'anna.new@acme.test')).toMatchObject([
      { kind: 'email-change', state: 'kept' },
    ]);
    await (await shop.visitor()).logIn('anna@acme.test', PASSWORD);
  });

  it('logs in with the new one from then on, and is the same customer in all her sessions', async () => {
    const token = await mailedToken(shop, 'anna.new@acme.test');
    const visitor = await shop.visitor();
    await visitor.post('/customer/acme/password/reset', { email: 'anna@acme.test' }).expect(204);
    const reset = await mailedToken(shop, 'anna@acme.test');
    expect(await (await confirm(token)).text).toBe('');
    expect((await confirm(token)).status).toBe(400);
    const again = await (await shop.visitor()).logIn('anna.new@acme.test', PASSWORD);
    const { body } = await again.get(ME).expect(200);
    expect(body).toMatchObject({
      accounts: [{ id: 'anna.new@acme.test' }],
      contactEmail: 'anna.new@acme.test',
    });
    expect((await anna.get(ME).expect(200)).body.id).toBe(body.id);
    await visitor.post('/customer/acme/login', { email: 'anna@acme.test', password: PASSWORD }).expect(401);
    // What was mailed to the old address before no longer opens the account.
    const update = { token: reset, password: 'anna-likes-snow' };
    await visitor.post('/customer/acme/password/reset/update', update).expect(400);
  });

  it('frees the old one for sign-ups once the change can no longer be undone [W-13, X-03]', async () => {
    const signUp = async (email: string) =>
      (await shop.visitor()).post('/customer/acme/signup', { email, password: 'a-new-anna-here' });
    expect((await signUp('anna@acme.test')).status).toBe(409);
    shop.clock.advanceSeconds(7 * 86_400 + 3_600);
    expect((await signUp('anna@acme.test')).status).toBe(201);
    expect((await signUp('anna.new@acme.test')).status).toBe(409);
  });

  it('is not told if somebody has the e-mail: nothing is mailed', async () => {
    const ben = { ...asked, email: 'anna.new@acme.test', newEmail: 'ben@acme.test' };
    await anna.post(CHANGE, ben).expect(204);
    expect(await mailsTo(shop, 'ben@acme.test')).toEqual([]);
  });

  it('is refused if somebody was faster or the day is over', async () => {
    const third = { ...asked, email: 'anna.new@acme.test', newEmail: 'third@acme.test' };
    await anna.post(CHANGE, third).expect(204);
    const token = await mailedToken(shop, 'third@acme.test');
    const visitor = await shop.visitor();
    await visitor
      .post('/customer/acme/signup', { email: 'third@acme.test', password: 'third-was-faster' })
      .expect(201);
    const taken = await confirm(token);
    expect(taken.status).toBe(400);
    expect(taken.body.details).toMatchObject([{ field: 'token' }]);
    await anna.post(CHANGE, { ...third, newEmail: 'fourth@acme.test' }).expect(204);
    const late = await mailedToken(shop, 'fourth@acme.test');
    shop.clock.advanceSeconds(24 * 3600);
    expect((await confirm(late)).status).toBe(400);
  });

  it('is told if a token is unknown [W-45]', async () => {
    for (const token of ['', 'no-token-of-ours', `${'0'.repeat(24)}.${'x'.repeat(43)}`]) {
      const { status, body } = await confirm(token);
      expect(status).toBe(400);
      expect(body.details).toEqual(expect.arrayContaining([expect.objectContaining({ field: 'token' })]));
    }
  });

  it('asks with her own token and confirms with an anonymous one [W-43, W-44]', async () => {
    const visitor = await shop.visitor();
    expect((await visitor.post(CHANGE, asked).expect(403)).body).toMatchObject({
      type: 'forbidden',
      status: 403,
    });
    expect((await shop.http.post(CHANGE, asked).expect(401)).body).toHaveProperty('fault');
    await anna.post(CONFIRM, { token: 'x' }).expect(403);
    expect((await shop.http.post(CONFIRM, { token: 'x' }).expect(401)).body).toHaveProperty('fault');
  });
});
