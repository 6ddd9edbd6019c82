import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigningKeys } from '../../../src/auth/index.js';
import { CustomerUser, HttpUser, type Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';

/** On MongoDB each instance has its own connection. The embedded store has one owner, which both share. */
describe('Two instances behind one issuer', () => {
  let first: Shop;
  let second: Shop;
  let visitor: Visitor;
  const onSecond = (token = visitor.accessToken) => new HttpUser(second.url, token);

  beforeAll(async () => {
    first = await openShop();
    second = await first.secondInstance();
    visitor = await first.visitor();
  });
  afterAll(async () => {
    await second.close();
    await first.close();
  });

  it('accept each other’s tokens, and return what the other has written with the next read [E-52]', async () => {
    await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    for (let i = 0; i < 50; i += 1) {
      await visitor.post(`${mine}/attributes`, { key: 'count', value: i }).expect(201);
      const { body } = await onSecond().get(mine).expect(200);
      expect(body.context.count).toBe(i);
    }
  });

  it('lose no attribute that is added on both at the same time [W-39]', async () => {
    const { body: before } = await visitor.get(mine).expect(200);
    const add = (user: HttpUser, i: number) =>
      user.post(`${mine}/attributes`, { key: `n${i}`, value: i }).expect(201);
    await Promise.all(Array.from({ length: 60 }, (_, i) => add(i % 2 ? visitor : onSecond(), i)));
    const { body } = await onSecond().get(mine).expect(200);
    expect(Object.keys(body.context)).toHaveLength(61);
    expect(body.metadata.version).toBe(before.metadata.version + 60);
  });

  it('can both refresh a session, and return the same successor within the grace', async () => {
    const query = `tenant=acme&client_id=acme-storefront&refresh_token=${visitor.refreshToken}`;
    const path = `/customerlogin/auth/anonymous/refresh?${query}`;
    const answers = await Promise.all([first.http.get(path).expect(200), second.http.get(path).expect(200)]);
    expect(new Set(answers.map(({ body }) => body.refresh_token)).size).toBe(1);
  });

  it('know at once of a login or a logout on the other [E-19, E-35, P-11]', async () => {
    const ben = await visitor.logIn('ben@acme.test', 'demo-Ben-2026');
    await onSecond().get(mine).expect(401);
    const there = new CustomerUser(second.url, 'acme', {
      access_token: String(ben.accessToken),
      refresh_token: ben.refreshToken,
      saas_token: ben.saasToken,
      session_id: ben.sessionId,
    });
    await there.get(mine).expect(200);
    await there.logOut().expect(204);
    await ben.get(mine).expect(401);
  });

  it('accept each other’s tokens at once after a rotation of the signing key, and older ones too [P-27]', async () => {
    const old = await first.service();
    for (const instance of [first, second]) {
      first.clock.advanceSeconds(3600);
      await instance.app.get(SigningKeys).rotateAfter(1 / 24);
      const token = await instance.service();
      for (const { url } of [first, second]) {
        await new HttpUser(url, token.accessToken).get('/site/acme/sites').expect(200);
      }
    }
    const { body } = await second.http.get('/.well-known/jwks.json').expect(200);
    expect(body.keys).toHaveLength(3);
    await new HttpUser(second.url, old.accessToken).get('/site/acme/sites').expect(200);
  });

  it('make one new signing key when one is due, whether they notice it together or one by one [P-27]', async () => {
    const rotate = ({ app }: Shop): Promise<void> => app.get(SigningKeys).rotateAfter(1 / 24);
    const count = async (): Promise<number> =>
      (await first.http.get('/.well-known/jwks.json').expect(200)).body.keys.length;
    const before = await count();
    first.clock.advanceSeconds(3600);
    await Promise.all([first, second].map(rotate));
    expect(await count()).toBe(before + 1);
    first.clock.advanceSeconds(3600);
    // Both have just read the keys, and remember them for some seconds.
    await Promise.all([first, second].map(({ app }) => app.get(SigningKeys).current()));
    for (const instance of [first, second]) await rotate(instance);
    expect(await count()).toBe(before + 2);
  });

  it('have the same keys', async () => {
    const [a, b] = await Promise.all(
      [first, second].map(({ http }) => http.get('/.well-known/jwks.json').expect(200)),
    );
    expect(a?.body).toEqual(b?.body);
  });
});
