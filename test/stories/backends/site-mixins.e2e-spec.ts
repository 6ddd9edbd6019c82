import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const MIXINS = '/site/acme/sites/main/mixins';
const SCHEMA = 'https://schemas.test/fees.json';

describe('An employee stores custom data on a site', () => {
  let shop: Shop;
  let staff: ServiceUser;
  const all = async () => (await staff.get(MIXINS).expect(200)).body;

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  it('and finds none at first', async () => {
    expect(await all()).toEqual({});
    const { body } = await staff.get(`${MIXINS}/fees`).expect(404);
    expect(body).toMatchObject({
      type: 'resource_not_found',
      status: 404,
      message: expect.stringContaining('fees'),
    });
  });

  it('adds a mixin under its name, and is told where it is', async () => {
    const mixin = { active: true, metadata: { schema: SCHEMA } };
    const answer = await staff.post(MIXINS, { fees: mixin }).expect(201);
    expect(answer.body).toEqual({ id: 'fees' });
    expect(answer.headers['location']).toBe(`${MIXINS}/fees`);
    expect((await staff.get(`${MIXINS}/fees`).expect(200)).body).toEqual(mixin);
  });

  it('sees its data and the URL of its schema on the site, whose version grew', async () => {
    const { body } = await staff.get('/site/acme/sites/main?expand=mixin:fees').expect(200);
    expect(body.mixins).toEqual({ fees: { active: true } });
    expect(body.metadata).toEqual({ mixins: { fees: SCHEMA }, version: 2 });
  });

  it('is told that the name is taken', async () => {
    const { body } = await staff.post(MIXINS, { fees: {} }).expect(409);
    expect(body).toMatchObject({
      type: 'conflict_resource',
      status: 409,
      message: expect.stringContaining("'fees'"),
    });
  });

  it("can't patch in more values than a site may have [X-01]", async () => {
    const site = (await staff.get('/site/acme/sites/main').expect(200)).body;
    const members = (from: number) =>
      Object.fromEntries(Array.from({ length: 15_000 }, (_, n) => [`member ${from + n}`, n]));
    await staff.post(MIXINS, { large: members(0) }).expect(201);
    const { body } = await staff.patch(`${MIXINS}/large`, members(15_000)).expect(413);
    expect(body.message).toContain('20000 values');
    expect(Object.keys((await staff.get(`${MIXINS}/large`).expect(200)).body)).toHaveLength(15_000);
    await staff.patch(`${MIXINS}/large`, members(0)).expect(200);
    await staff.delete(`${MIXINS}/large`).expect(204);
    const after = (await staff.get('/site/acme/sites/main').expect(200)).body;
    expect(after.metadata.version).toBe(site.metadata.version + 3);
  });

  it('changes parts of it without touching the rest', async () => {
    const answer = await staff.patch(`${MIXINS}/fees`, { rate: 3, limits: { low: 1 } }).expect(200);
    expect(answer.text).toBe('');
    await staff.patch(`${MIXINS}/fees`, { fees: { active: null, limits: { high: 9 } } }).expect(200);
    expect(await all()).toEqual({
      fees: { rate: 3, limits: { low: 1, high: 9 }, metadata: { schema: SCHEMA } },
    });
  });

  it('replaces it, with or without its name around it', async () => {
    expect((await staff.put(`${MIXINS}/fees`, { rate: 4 }).expect(200)).text).toBe('');
    expect(await all()).toEqual({ fees: { rate: 4 } });
    await staff.put(`${MIXINS}/fees`, { fees: { rate: 5, metadata: { schema: SCHEMA } } }).expect(200);
    expect(await all()).toEqual({ fees: { rate: 5, metadata: { schema: SCHEMA } } });
  });

  it('removes it, with its schema', async () => {
    await staff.delete(`${MIXINS}/fees`).expect(204);
    await staff.delete(`${MIXINS}/fees`).expect(404);
    await staff.put(`${MIXINS}/fees`, {}).expect(404);
    await staff.patch(`${MIXINS}/fees`, {}).expect(404);
    const { body } = await staff.get('/site/acme/sites/main').expect(200);
    expect(body.metadata.mixins).toEqual({});
  });

  it.each(['__proto__', 'constructor', 'a.b', '$set', 'with space', 'a/b', '☂️', 'ключ', 'x'.repeat(256)])(
    'may name it %j, and use such keys inside',
    async (name) => {
      const inside = `{${JSON.stringify(name)}:[{"__proto__":{"polluted":true}}],"x":null}`;
      const json = 'application/json';
      const { headers } = await staff
        .post(MIXINS)
        .type(json)
        .send(`{${JSON.stringify(name)}:${inside}}`)
        .expect(201);
      const path = headers['location'] ?? '';
      expect((await staff.get(path).expect(200)).text).toBe(inside);
      expect((await staff.get(MIXINS).expect(200)).text).toBe(`{${JSON.stringify(name)}:${inside}}`);
      await staff.patch(path).type(json).send('{"y":{"__proto__":1}}').expect(200);
      expect((await staff.get(path)).text).toBe(`${inside.slice(0, -1)},"y":{"__proto__":1}}`);
      const shown = await staff.get('/site/acme/sites/main?expand=mixin:*').expect(200);
      expect(shown.text).toContain(`"mixins":{${JSON.stringify(name)}:`);
      await staff.delete(path).expect(204);
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    },
  );

  it('may also send unusual names with a whole site', async () => {
    const mixins = '{"__proto__":{"polluted":true},"a.b":{"$set":{}}}';
    await staff
      .patch('/site/acme/sites/us')
      .type('application/json')
      .send(`{"mixins":${mixins}}`)
      .expect(200);
    const { text } = await staff.get('/site/acme/sites/us?expand=mixin:*').expect(200);
    expect(text).toContain(`"mixins":${mixins}`);
  });

  it.each([
    ['nothing', undefined],
    ['a list', []],
    ['no name', {}],
    ['two names', { a: {}, b: {} }],
    ['a text', { fees: 'x' }],
    ['an empty name', { '': {} }],
    ['a long name', { ['x'.repeat(257)]: {} }],
  ])("can't add %s [W-45]", async (_, body) => {
    expect((await staff.post(MIXINS, body).expect(400)).body).toMatchObject({
      type: 'bad_request',
      status: 400,
    });
    expect(await all()).toEqual({});
  });

  it.each([
    ['nothing', undefined],
    ['a list', []],
  ])("can't replace or change one with %s [W-45]", async (_, body) => {
    await staff.post(MIXINS, { fees: { rate: 3 } }).expect(201);
    for (const call of [staff.put(`${MIXINS}/fees`, body), staff.patch(`${MIXINS}/fees`, body)]) {
      expect((await call.expect(400)).body).toMatchObject({ type: 'bad_request', status: 400 });
    }
    expect(await all()).toEqual({ fees: { rate: 3 } });
    await staff.delete(`${MIXINS}/fees`).expect(204);
  });

  it('needs the scope for all of this, even to read [W-57, C-05]', async () => {
    const readOnly = await shop.service('acme-readonly');
    const visitor = await shop.visitor();
    for (const user of [readOnly, visitor]) {
      await user.get(MIXINS).expect(403);
      await user.get(`${MIXINS}/fees`).expect(403);
      await user.post(MIXINS, { fees: {} }).expect(403);
      await user.put(`${MIXINS}/fees`, {}).expect(403);
      await user.patch(`${MIXINS}/fees`, {}).expect(403);
      await user.delete(`${MIXINS}/fees`).expect(403);
    }
    expect((await readOnly.get(MIXINS)).body.details).toEqual(['missing scope: site.site_manage']);
  });

  it('finds no mixins on a site that does not exist', async () => {
    await staff.get('/site/acme/sites/no/mixins').expect(404);
    await staff.post('/site/acme/sites/no/mixins', { fees: {} }).expect(404);
    await staff.delete('/site/acme/sites/no/mixins/fees').expect(404);
  });
});
