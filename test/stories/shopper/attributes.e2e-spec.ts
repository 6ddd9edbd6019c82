import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';

/** Encodes a name for a path. `encodeURIComponent` refuses lone surrogates, which can't be in a path at all. */
const pathOf = (name: string) => `${mine}/attributes/${encodeURIComponent(name)}`;

describe('A shopper stores attributes in the session', () => {
  let shop: Shop;
  let shopper: Visitor;
  let staff: ServiceUser;
  let byId: string;
  const contextNow = async () => (await shopper.get(mine).expect(200)).body;

  beforeAll(async () => {
    shop = await openShop();
    shopper = await shop.visitor();
    staff = await shop.service();
    byId = `/session-context/acme/context/${shopper.sessionId}`;
    await shopper.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
  });
  afterAll(() => shop.close());

  it('by adding them without a management scope, and gets the name back as JSON [E-50, W-36]', async () => {
    const answer = await shopper.post(`${mine}/attributes`, { key: 'latitude', value: '48.13' }).expect(201);
    expect(answer.headers['content-type']).toContain('application/json');
    expect(answer.body).toBe('latitude');
  });

  it('and has both after adding one after the other [E-45, E-48]', async () => {
    await staff.post(`${byId}/attributes`, { key: 'longitude', value: '11.58' }).expect(204);
    expect((await contextNow()).context).toEqual({ latitude: '48.13', longitude: '11.58' });
  });

  it('and replaces the value by sending the key again [E-49, D-07]', async () => {
    await shopper.post(`${mine}/attributes`, { key: 'latitude', value: '52.52' }).expect(201);
    expect((await contextNow()).context).toEqual({ latitude: '52.52', longitude: '11.58' });
  });

  it('and removes one at any time without touching the others [E-47, W-37]', async () => {
    await shopper.delete(pathOf('latitude')).expect(204);
    expect((await contextNow()).context).toEqual({ longitude: '11.58' });
  });

  it('and may remove a missing one, with the same result and the same version [D-12]', async () => {
    const { metadata } = await contextNow();
    await shopper.delete(pathOf('latitude')).expect(204);
    expect((await contextNow()).metadata).toEqual(metadata);
  });

  it('which increases the version, so that an older PUT is a conflict [W-38]', async () => {
    const { metadata } = await contextNow();
    await shopper.post(`${mine}/attributes`, { key: 'a', value: 'b' }).expect(201);
    await staff.put(byId, { currency: 'USD', metadata }).expect(409);
    await shopper.delete(pathOf('a')).expect(204);
    expect((await contextNow()).metadata.version).toBe(metadata.version + 2);
  });

  it.each([
    'additional attribute name',
    'a.b',
    'a.',
    '.',
    '$set',
    '$where',
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'a/b',
    '☂️ umbrella',
    'ключ',
    '100%',
    'x'.repeat(256),
  ])('and the name %j is plain data and comes back unchanged [E-46, E-51, D-14, P-43]', async (name) => {
    const value = { nested: [name, { [name]: 1 }] };
    await shopper.post(`${mine}/attributes`, { key: name, value }).expect(201);
    const { body, text } = await shopper.get(mine).expect(200);
    expect(Object.keys(body.context)).toContain(name);
    expect(text).toContain(JSON.stringify(name));
    expect(Object.entries(body.context).find(([key]) => key === name)?.[1]).toEqual(value);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    await staff.delete(`${byId}/attributes/${encodeURIComponent(name)}`).expect(204);
    expect(Object.keys((await contextNow()).context)).not.toContain(name);
  });

  it('and names such as __proto__ in a whole map pollute nothing [D-14, P-43, P-44]', async () => {
    const { metadata } = await contextNow();
    const body = `{"context":{"__proto__":{"polluted":"yes"},"$set":{"a":1},"a.b":"c"},"metadata":{"version":${metadata.version}}}`;
    await staff.put(byId).set('content-type', 'application/json').send(body).expect(204);
    const { text } = await shopper.get(mine).expect(200);
    expect(text).toContain('"context":{"__proto__":{"polluted":"yes"},"$set":{"a":1},"a.b":"c"}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  const ANY_JSON: readonly [unknown][] = [
    ['text'],
    [''],
    [0],
    [-1.5],
    [123456789012345.6],
    [9007199254740991],
    [1e300],
    [true],
    [false],
    [null],
    [[]],
    [[null]],
    [[1, [2, { a: null }]]],
    [{}],
    [{ a: { b: 'c' } }],
    [{ a: null, b: { c: null, d: [null, { e: null }] } }],
  ];

  it.each(ANY_JSON)('and any JSON value comes back unchanged: %j [E-46, W-42, F-11]', async (any) => {
    await shopper.post(`${mine}/attributes`, { key: 'any', value: any }).expect(201);
    expect((await contextNow()).context).toMatchObject({ any });
    await staff.post(`${byId}/attributes`, { key: 'other', value: any }).expect(204);
    expect((await contextNow()).context).toMatchObject({ any, other: any });
  });

  it.each(ANY_JSON)(
    'and the value comes back unchanged from a whole map and from a PATCH: %j [E-46, F-11, D-11]',
    async (any) => {
      const { metadata } = await contextNow();
      await staff.put(byId, { context: { any, within: { any } }, metadata }).expect(204);
      const put = await contextNow();
      expect(put.context).toEqual({ any, within: { any } });
      const patch = { context: { any, within: { again: [any, { any }] } }, metadata: put.metadata };
      await shopper.patch(mine, patch).expect(204);
      const within = { again: [any, { any }] };
      expect((await contextNow()).context).toEqual(any === null ? { within } : { any, within });
    },
  );

  it('and keeps a null attribute until it is removed or a PATCH says null [F-11, D-11]', async () => {
    await shopper.post(`${mine}/attributes`, { key: 'a', value: null }).expect(201);
    await shopper.post(`${mine}/attributes`, { key: 'b', value: null }).expect(201);
    const { context, metadata } = await contextNow();
    expect(context).toMatchObject({ a: null, b: null });
    await shopper.patch(mine, { context: { a: null, c: 1 }, metadata }).expect(204);
    expect(Object.keys((await contextNow()).context)).toEqual(expect.arrayContaining(['b', 'c']));
    expect((await contextNow()).context).not.toHaveProperty('a');
    await shopper.delete(pathOf('b')).expect(204);
    expect((await contextNow()).context).not.toHaveProperty('b');
  });

  it.each([
    '12345678901234567890',
    '0.12345678901234567890',
    '9007199254740993',
    '-9007199254740993',
    '1e400',
    '1e-400',
    '1.00000000000000001',
  ])(
    "and is told where a number is that JSON can't hold exactly, and nothing is written: %s [F-11]",
    async (number) => {
      const before = await contextNow();
      const { version } = before.metadata;
      const send = async (call: Test, body: string, place: string) => {
        const answer = await call.set('content-type', 'application/json').send(body).expect(400);
        expect(answer.body.message).toBe(
          `${place}: is a number that JSON can't hold exactly; send it as a string`,
        );
      };
      const attribute = `{"key":"n","value":{"deep":[1,${number}]}}`;
      await send(shopper.post(`${mine}/attributes`), attribute, 'value.deep.1');
      await send(staff.post(`${byId}/attributes`), attribute, 'value.deep.1');
      const change = `{"metadata":{"version":${version}},"context":{"n":${number}}}`;
      await send(staff.put(byId), change, 'context.n');
      await send(shopper.patch(mine), change, 'context.n');
      expect(await contextNow()).toEqual(before);
    },
  );

  it.each([
    ['an empty name', { key: '', value: 'a' }, 'key'],
    ['a name with NUL', { key: 'a\0b', value: 'a' }, 'key'],
    ['a name that is too long', { key: 'x'.repeat(257), value: 'a' }, 'key'],
    ['an operator where the name belongs', { key: { $ne: null }, value: 'a' }, 'key'],
    ['no name', { value: 'a' }, 'key'],
    ['no value', { key: 'a' }, 'value'],
    ['a value that is too deep', { key: 'a', value: deep(33) }, 'value'],
  ])(
    'and is told which field of %s is wrong, and nothing is written [D-14, W-45]',
    async (_what, body, field) => {
      const before = await contextNow();
      for (const call of [shopper.post(`${mine}/attributes`, body), staff.post(`${byId}/attributes`, body)]) {
        const answer = await call.expect(400);
        expect(answer.body.message).toContain(field);
      }
      expect(await contextNow()).toEqual(before);
    },
  );

  it('with a value as deep as is allowed [D-14]', async () => {
    await shopper.post(`${mine}/attributes`, { key: 'deep', value: deep(32) }).expect(201);
    await shopper.delete(pathOf('deep')).expect(204);
  });

  it('and is told if a body is nested too deeply or is not JSON [P-45, P-46]', async () => {
    const send = (text: string) =>
      shopper.post(`${mine}/attributes`).set('content-type', 'application/json').send(text);
    await send(`{"key":"a","value":${'['.repeat(5000)}${']'.repeat(5000)}}`).expect(400);
    await send('{"key":').expect(400);
    await send('key=a').expect(400);
  });

  it('and is told if a value or a body is too large [D-14, P-45]', async () => {
    await shopper.post(`${mine}/attributes`, { key: 'big', value: 'x'.repeat(65_000) }).expect(201);
    await shopper.post(`${mine}/attributes`, { key: 'big', value: 'x'.repeat(65_600) }).expect(413);
    await shopper.post(`${mine}/attributes`, { key: 'big', value: 'x'.repeat(1_100_000) }).expect(413);
    await shopper.delete(pathOf('big')).expect(204);
  });

  it('but not more than 200 [D-14, P-45]', async () => {
    const { metadata } = await contextNow();
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
    await staff.put(byId, { context: many(201), metadata }).expect(400);
    await staff.put(byId, { context: many(200), metadata }).expect(204);
    await shopper.post(`${mine}/attributes`, { key: 'one more', value: 1 }).expect(400);
    await shopper.post(`${mine}/attributes`, { key: 'k0', value: 1 }).expect(201);
  });
});

function deep(levels: number): unknown {
  return levels === 0 ? 'bottom' : { a: deep(levels - 1) };
}
