import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Visitor } from '../../support/people/http-user.js';
import { holdMails, mailedToken, mailsTo } from '../../support/data/mails.js';
import { OutsideIssuer } from '../../support/people/outside-issuer.js';
import { openShop, type Shop } from '../../support/shop.js';
import { TestClock } from '../../support/test-clock.js';

describe('The owner of an e-mail comes from an identity provider after somebody else signed up with it', () => {
  const clock = new TestClock();
  let shop: Shop;
  let issuer: OutsideIssuer;
  beforeAll(async () => {
    issuer = await OutsideIssuer.open(() => clock.now().getTime() / 1000);
    shop = await openShop({ clock, env: { BOOTSTRAP_FILE: issuer.bootstrapFile() } });
  });
  afterAll(async () => {
    await shop.close();
    issuer.close();
  });

  const exchange = (visitor: Visitor, token: string) =>
    visitor.post(`/customer/acme/exchangeauthtoken?subjectAccessToken=${token}`);

  const PASSWORD = 'a-stranger-was-here';
  const me = '/customer/acme/me';
  const changeOf = `${me}/accounts/internal/email/change`;
  const signedUp = async (email: string) => {
    const visitor = await shop.visitor();
    const { body } = await visitor.post('/customer/acme/signup', { email, password: PASSWORD }).expect(201);
    return { id: String(body.id), stranger: await visitor.logIn(email, PASSWORD) };
  };
  const arrive = async (email: string) => {
    const { body } = await exchange(
      await shop.visitor(),
      await issuer.sign({ email, email_verified: true }),
    ).expect(200);
    return shop.as(body.access_token);
  };
  const login = async (email: string) =>
    (await (await shop.visitor()).post('/customer/acme/login', { email, password: PASSWORD })).status;

  it('and has the account to herself: the password, the sessions and pending requests end [X-06, P-14]', async () => {
    const email = 'yara@acme.test';
    const { id, stranger } = await signedUp(email);
    await stranger.post(changeOf, { email, password: PASSWORD, newEmail: 'evil@evil.test' }).expect(204);
    const pending = await mailedToken(shop, 'evil@evil.test');
    shop.clock.advanceSeconds(1);
    const release = holdMails(shop);
    await stranger.post(changeOf, { email, password: PASSWORD, newEmail: 'worse@evil.test' }).expect(204);
    shop.clock.advanceSeconds(1);
    const yara = await arrive(email);
    release();
    expect((await yara.get(me).expect(200)).body).toMatchObject({ id, accounts: [{ id: email }] });
    await stranger.get(me).expect(401);
    await stranger.refresh().expect(401);
    expect(await login(email)).toBe(401);
    expect(await mailsTo(shop, 'worse@evil.test')).toEqual([]);
    await (await shop.visitor()).post(`${changeOf}/confirm`, { token: pending }).expect(400);
    expect(await mailsTo(shop, email)).toMatchObject([{ kind: 'password-removed' }]);
  });

  it('and keeps the password and sessions that she has after that, however often she comes [X-06]', async () => {
    const email = 'yolanda@acme.test';
    await signedUp(email);
    await arrive(email);
    shop.clock.advanceSeconds(1);
    await (await shop.visitor()).post('/customer/acme/password/reset', { email }).expect(204);
    const update = { token: await mailedToken(shop, email), password: PASSWORD };
    await (await shop.visitor()).post('/customer/acme/password/reset/update', update).expect(204);
    const first = await arrive(email);
    await arrive(email);
    await first.get(me).expect(200);
    expect(await login(email)).toBe(200);
  });

  it.each([
    ['declared by the operator', 'anna@acme.test', 'demo-Anna-2026'],
    ['confirmed by a reset', 'xenia@acme.test', PASSWORD],
  ])('but an account that was %s keeps its password [X-06]', async (how, email, password) => {
    if (how === 'confirmed by a reset') {
      await signedUp(email);
      await (await shop.visitor()).post('/customer/acme/password/reset', { email }).expect(204);
      const update = { token: await mailedToken(shop, email), password };
      await (await shop.visitor()).post('/customer/acme/password/reset/update', update).expect(204);
    }
    const before = await (await shop.visitor()).logIn(email, password);
    await arrive(email);
    await before.get(me).expect(200);
    await (await shop.visitor()).logIn(email, password);
  });

  it('and is not shut out by coming in two tabs at once [X-06]', async () => {
    const email = 'yvonne@acme.test';
    const { stranger } = await signedUp(email);
    const tabs = await Promise.all([arrive(email), arrive(email)]);
    for (const tab of tabs) expect([200, 401]).toContain((await tab.get(me)).status);
    await stranger.get(me).expect(401);
    await (await arrive(email)).get(me).expect(200);
  });

  it('and recently changed the account to another e-mail: she is told how to take it back [X-03, X-06]', async () => {
    const email = 'yoko@acme.test';
    const { stranger } = await signedUp(email);
    await stranger.post(changeOf, { email, password: PASSWORD, newEmail: 'evil2@evil.test' }).expect(204);
    const token = await mailedToken(shop, 'evil2@evil.test');
    await (await shop.visitor()).post(`${changeOf}/confirm`, { token }).expect(204);
    const { body } = await exchange(
      await shop.visitor(),
      await issuer.sign({ email, email_verified: true }),
    ).expect(409);
    expect(body).toMatchObject({ type: 'conflict_resource', message: expect.stringContaining('undo') });
    const undo = { token: await mailedToken(shop, email) };
    await (await shop.visitor()).post(`${changeOf}/undo`, undo).expect(204);
    await (await arrive(email)).get(me).expect(200);
  });

  it('and the log says which account the provider vouched for, without naming the person [X-06]', async () => {
    const email = 'yette@acme.test';
    const { id } = await signedUp(email);
    const told = vi.spyOn(Logger.prototype, 'log');
    await arrive(email);
    const line = told.mock.calls.find(([fields]) => Reflect.get(Object(fields), 'customer') === id)?.[0];
    expect(line).toEqual({
      tenant: 'acme',
      customer: id,
      sessionId: expect.any(String),
      config: 'default',
      account: 'unproven',
    });
    told.mockRestore();
  });
});
