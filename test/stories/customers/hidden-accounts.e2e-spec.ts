import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CustomerRepository, PasswordService } from '../../../src/customer/index.js';
import { newId } from '../../../src/shared/ids.js';
import { demoWith, removeDemo } from '../../support/data/demo-file.js';
import { mailedToken, mailsOf, mailsTo } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';

const SIGNUP = '/customer/acme/signup';
const LOGIN = '/customer/acme/login';
const ANNA = 'anna@acme.test';
const PASSWORD = 'guess-who-is-there';

describe('A shop that hides who has an account', () => {
  const file = demoWith({ hidesExistingAccounts: true });
  let shop: Shop;
  beforeAll(async () => {
    const env = { BOOTSTRAP_FILE: file, STOREFRONT_URL: 'https://shop.test' };
    shop = await openShop({ env });
  });
  afterAll(async () => {
    await shop.close();
    removeDemo(file);
  });

  const signUp = async (email: string) => (await shop.visitor()).post(SIGNUP, { email, password: PASSWORD });
  const login = async (email: string) => (await shop.visitor()).post(LOGIN, { email, password: PASSWORD });

  it('answers a sign-up with a customer’s e-mail like any other [P-56]', async () => {
    const [known, unknown] = [await signUp(ANNA), await signUp(`${newId()}@acme.test`)];
    for (const { status, body, headers } of [known, unknown]) {
      expect(status).toBe(201);
      expect(body).toEqual({ id: expect.stringMatching(/^[0-9a-f]{24}$/) });
      expect(headers).not.toHaveProperty('location');
    }
    expect(Object.keys(known.headers).toSorted()).toEqual(Object.keys(unknown.headers).toSorted());
  });

  it('refuses an invalid sign-up in the same way for both [P-56]', async () => {
    const visitor = await shop.visitor();
    const answers = [];
    for (const email of [ANNA, `${newId()}@acme.test`]) {
      const { body } = await visitor.post(SIGNUP, { email, password: 'Password123' }).expect(400);
      answers.push(body);
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('tells the owner by mail, and does not change the account [P-56]', async () => {
    shop.clock.advanceSeconds(3600);
    const before = await shop.storage.customers.findByEmail('acme', ANNA);
    await signUp(' ANNA@acme.test ');
    const [mail] = await mailsTo(shop, ANNA);
    expect(mail).toMatchObject({
      kind: 'already-registered',
      letter: { subject: 'You already have an account' },
    });
    expect(mail?.letter?.text).toContain('https://shop.test/password-forgotten');
    const { signUpTold: _noted, ...after } = (await shop.storage.customers.findByEmail('acme', ANNA)) ?? {};
    const { signUpTold: _before, ...was } = before ?? {};
    expect(after).toEqual(was);
    await (await shop.visitor()).logIn(ANNA, 'demo-Anna-2026');
  });

  it('tells the owner at most once an hour, however many attempts there are [P-56]', async () => {
    shop.clock.advanceSeconds(3600);
    const told = async () =>
      (await mailsTo(shop, ANNA)).filter(({ kind }) => kind === 'already-registered').length;
    const before = await told();
    for (let i = 0; i < 5; i += 1) await signUp(ANNA);
    shop.clock.advanceSeconds(3599);
    await signUp(ANNA);
    expect(await told()).toBe(before + 1);
    shop.clock.advanceSeconds(1);
    await signUp(ANNA);
    expect(await told()).toBe(before + 2);
  });

  it('does not give it away at a login with the password just chosen, until the link is followed [P-56, W-15]', async () => {
    const email = `${newId()}@acme.test`;
    await signUp(email);
    const [mine, annas, nobodys] = [await login(email), await login(ANNA), await login('nobody@acme.test')];
    expect(mine.status).toBe(401);
    expect(mine.body).toEqual(annas.body);
    expect(mine.body).toEqual(nobodys.body);
    const token = await mailedToken(shop, email);
    await (await shop.visitor()).get(`${SIGNUP}/optin/${token}`).expect(200);
    expect((await login(email)).status).toBe(200);
  });

  it('does the same work in both cases, and stores the same mails [P-56, P-04]', async () => {
    const hash = vi.spyOn(shop.app.get(PasswordService), 'hash');
    const create = vi.spyOn(shop.app.get(CustomerRepository), 'create');
    const add = vi.spyOn(shop.storage.outbox, 'add');
    const work = [];
    for (const email of [ANNA, `${newId()}@acme.test`]) {
      for (const spy of [hash, create, add]) spy.mockClear();
      await signUp(email);
      const kinds = add.mock.calls.map(([{ kind }]) => kind);
      work.push({ hashes: hash.mock.calls.length, creates: create.mock.calls.length, kinds });
    }
    expect(work[0]).toEqual({ hashes: 1, creates: 1, kinds: ['opt-in', 'already-registered'] });
    expect(work[1]).toEqual(work[0]);
    for (const spy of [hash, create, add]) spy.mockRestore();
  });

  it('mails only the link to somebody whose account comes from this sign-up [P-56]', async () => {
    const email = `${newId()}@acme.test`;
    await signUp(email);
    expect(await mailsTo(shop, email)).toMatchObject([{ kind: 'opt-in' }]);
  });

  it('unlike others, where a sign-up says so as in Emporix [P-56, W-13]', async () => {
    const visitor = await shop.visitor({ tenant: 'globex' });
    const signup = { email: ANNA, password: PASSWORD };
    await visitor.post('/customer/globex/signup', signup).expect(201);
    await visitor.post('/customer/globex/signup', signup).expect(409);
    expect(await mailsOf(shop, 'globex')).toEqual([]);
  });
});
