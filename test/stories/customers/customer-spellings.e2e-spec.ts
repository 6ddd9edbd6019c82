import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCustomer } from '../../support/data/builders.js';
import { mailsTo } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';

const SIGNUP = '/customer/acme/signup';
const LOGIN = '/customer/acme/login';
const PASSWORD = 'zo\u00eb mag regen';

describe('A customer whose e-mail and password can be typed in several ways', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());
  const login = async (email: string, password: string) =>
    (await (await shop.visitor()).post(LOGIN, { email, password })).status;

  it('signs up once, and logs in however her keyboard sends either [F-28, W-13, W-15]', async () => {
    const visitor = await shop.visitor();
    const email = 'Zo\u00eb@B\u00fccher.example';
    await visitor.post(SIGNUP, { email, password: PASSWORD }).expect(201);
    const spellings = [
      email,
      'zoe\u0308@bu\u0308cher.example',
      ' ZO\u00cb@xn--bcher-kva.example ',
      'ZOE\u0308@XN--BCHER-KVA.EXAMPLE',
    ];
    for (const spelling of spellings) {
      await visitor.post(SIGNUP, { email: spelling, password: PASSWORD }).expect(409);
      expect(await login(spelling, PASSWORD.normalize('NFD')), spelling).toBe(200);
    }
    expect(await login('zoe@b\u00fccher.example', PASSWORD)).toBe(401);
    expect(await login(email, 'zoe mag regen')).toBe(401);
  });

  it('is found by an e-mail and a password that were stored as she typed them [F-28]', async () => {
    const typed = 'gru\u0308n\u00a0ist gut';
    const old = aCustomer({ email: 'u\u0308ta@b\u00fccher.example', passwordHash: await hash(typed) });
    await shop.storage.customers.create(old);
    for (const email of ['U\u0308ta@b\u00fccher.example', '\u00fcta@xn--bcher-kva.example']) {
      expect(await login(email, typed), email).toBe(200);
      expect(await login(email, 'gruen ist gut'), email).toBe(401);
    }
    const visitor = await shop.visitor();
    const again = { email: '\u00fcta@xn--bcher-kva.example', password: PASSWORD };
    await visitor.post(SIGNUP, again).expect(409);
    await visitor.post('/customer/acme/password/reset', { email: again.email }).expect(204);
    expect(await mailsTo(shop, old.email)).toMatchObject([{ kind: 'password-reset' }]);
  });

  it('may choose any password of up to 128 characters, all of which count [F-28, P-60]', async () => {
    const visitor = await shop.visitor();
    const signUp = (email: string, password: string) => visitor.post(SIGNUP, { email, password });
    for (const [i, password] of ['\u{1F98A}'.repeat(128), 'u\u0308'.repeat(128), 'x'.repeat(64)].entries()) {
      await signUp(`long${i}@acme.test`, password).expect(201);
      expect(await login(`long${i}@acme.test`, password)).toBe(200);
      expect(await login(`long${i}@acme.test`, `${password.slice(0, -2)}zz`)).toBe(401);
    }
    for (const password of ['\u{1F98A}'.repeat(129), 'x'.repeat(129), 'x'.repeat(10_000)]) {
      const { body } = await signUp('longer@acme.test', password).expect(400);
      expect(body.details).toEqual([{ field: 'password', message: 'must have at most 128 characters' }]);
    }
  });

  it('may not choose one of the most common leaked ones, however it is capitalised [X-21, P-60]', async () => {
    const visitor = await shop.visitor();
    for (const password of ['Blink182', 'redSOX04', 'GANDALF1', 'qwertyuiop', '12341234']) {
      const { body } = await visitor.post(SIGNUP, { email: 'eva@acme.test', password }).expect(400);
      expect(body.details, password).toEqual([
        { field: 'password', message: 'is one of the most common passwords: choose another one' },
      ]);
    }
  });
});
