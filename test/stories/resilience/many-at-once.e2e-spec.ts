import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';
const cartOfMain = { siteCode: 'main', currency: 'EUR' };

const statusesOf = async (count: number, call: (i: number) => PromiseLike<{ status: number }>) => {
  const answers = await Promise.all(Array.from({ length: count }, (_, i) => call(i)));
  const tally = new Map<number, number>();
  for (const { status } of answers) tally.set(status, (tally.get(status) ?? 0) + 1);
  return Object.fromEntries(tally);
};

describe('Many requests at once', () => {
  let shop: Shop;
  let visitor: Visitor;
  let staff: ServiceUser;
  /** Makes a session whose context has this version. */
  const sessionAtVersion = async (version: number): Promise<string> => {
    const sessionId = randomUUID();
    const path = `/session-context/acme/context/${sessionId}?upsert=true`;
    await staff.put(path, { metadata: { version: version - 1 } }).expect(204);
    return sessionId;
  };
  const byId = () => `/session-context/acme/context/${visitor.sessionId}`;

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
    visitor = await shop.visitor();
  });
  afterAll(() => shop.close());

  it('with 200 first carts in one session make one context and one open cart [E-40, W-50]', async () => {
    const tally = await statusesOf(200, () => visitor.post('/cart/acme/carts', cartOfMain));
    expect(tally).toEqual({ 201: 1, 409: 199 });
    const { body } = await visitor.get(mine).expect(200);
    const { body: cart } = await visitor.get('/cart/acme/carts?siteCode=main').expect(200);
    expect(body).toMatchObject({ cartId: cart.id, metadata: { version: 1 } });
  });

  it('with 200 PUTs of one version: one succeeds, 199 are conflicts [W-27]', async () => {
    const tally = await statusesOf(200, (i) =>
      staff.put(byId(), { context: { winner: String(i) }, metadata: { version: 1 } }),
    );
    expect(tally).toEqual({ 204: 1, 409: 199 });
    const { body } = await visitor.get(mine).expect(200);
    expect(body.metadata.version).toBe(2);
  });

  it.each([
    ['a session that is not there', async () => randomUUID()],
    ['a session without a context', async () => (await shop.visitor()).sessionId],
    ['a context that is there', () => sessionAtVersion(1)],
  ])(
    'with 12 upserts of %s and one version: one succeeds, 11 are conflicts [F-10, W-29]',
    async (_, sessionOf) => {
      for (const version of [1, 0, 7]) {
        const sessionId = version === 1 ? await sessionOf() : randomUUID();
        const path = `/session-context/acme/context/${sessionId}?upsert=true`;
        const upsert = (winner: string) => staff.put(path, { context: { winner }, metadata: { version } });
        expect(await statusesOf(12, (i) => upsert(`${i}`))).toEqual({ 204: 1, 409: 11 });
        const { body } = await staff.get(path).expect(200);
        expect(body.metadata.version).toBe(version + 1);
        await upsert('late').expect(409);
        expect((await staff.get(path)).body).toEqual(body);
        await staff.put(path, { metadata: { version: version + 1 } }).expect(204);
      }
    },
  );

  it('with an upsert after another of the same version: it is a conflict and does not undo the first [F-10]', async () => {
    for (const version of [0, 1, 2]) {
      const path = `/session-context/acme/context/${randomUUID()}?upsert=true`;
      await staff.put(path, { context: { by: 'first' }, metadata: { version } }).expect(204);
      const { body } = await staff
        .put(path, { context: { by: 'second' }, metadata: { version } })
        .expect(409);
      expect(body.metadata).toEqual({ version: version + 1 });
      expect((await staff.get(path)).body.context).toEqual({ by: 'first' });
    }
  });

  it('do not let an upsert begin at a version that could not be increased [F-10]', async () => {
    const path = `/session-context/acme/context/${randomUUID()}?upsert=true`;
    const { body } = await staff.put(path, { metadata: { version: 2 ** 31 } }).expect(400);
    expect(body.message).toContain('metadata.version: must be at most 2147483647');
    await staff.get(path).expect(404);
  });

  it('with 100 attributes of different names: all are there, and the version has grown by 100 [W-39]', async () => {
    const { body: before } = await visitor.get(mine).expect(200);
    const tally = await statusesOf(100, (i) =>
      visitor.post(`${mine}/attributes`, { key: `name ${i}`, value: String(i) }),
    );
    expect(tally).toEqual({ 201: 100 });
    const { body } = await visitor.get(mine).expect(200);
    const expected = Array.from({ length: 100 }, (_, i) => [`name ${i}`, String(i)]);
    expect(body.context).toEqual({ ...before.context, ...Object.fromEntries(expected) });
    expect(body.metadata.version).toBe(before.metadata.version + 100);
  });

  it('with 20 logins and one anonymous token: one takes the session over', async () => {
    const credentials = { email: 'ben@acme.test', password: 'demo-Ben-2026' };
    const tally = await statusesOf(20, () => visitor.post('/customer/acme/login', credentials));
    expect(tally).toEqual({ 200: 1, 401: 19 });
  });
});
