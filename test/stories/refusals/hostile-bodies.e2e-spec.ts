import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HttpUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';
const ONE_REFUSAL = 64 * 1024;

/** How many problems a refusal lists. */
const MOST_PROBLEMS = 20;

describe('A hostile body', () => {
  let shop: Shop;
  let shopper: Visitor;
  let staff: ServiceUser;
  let cart: string;

  beforeAll(async () => {
    shop = await openShop();
    shopper = await shop.visitor();
    staff = await shop.service();
    const { body } = await shopper
      .post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' })
      .expect(201);
    cart = `/cart/acme/carts/${body.cartId}`;
  });
  afterAll(() => shop.close());

  const send = (user: HttpUser, path: string, text: string | Buffer, type = 'application/json') =>
    user
      .post(path)
      .set('content-type', type)
      .send(text as string);
  const empties = (count: number) => `[${Array.from({ length: count }, () => '{}').join()}]`;

  it('with a list in place of an object is refused briefly [X-01]', async () => {
    const item = (price: string) => `{"itemYrn":"umbrella","quantity":1,"price":${price}}`;
    for (const text of [item(empties(10_000)), item('[]'), item('[[[]]]')]) {
      const { body, text: answer } = await send(shopper, `${cart}/items`, text).expect(400);
      expect(body.details).toEqual([{ field: 'price', message: 'must be an object' }]);
      expect(answer.length).toBeLessThan(1000);
    }
  });

  it('with an object in place of a list is refused briefly [X-01]', async () => {
    for (const addresses of [{}, { 0: {} }, 'x', 5]) {
      const { body } = await shopper.put(cart, { addresses }).expect(400);
      expect(body.details).toEqual([{ field: 'addresses', message: 'must be a list' }]);
    }
    const { body } = await shopper.put(cart, { addresses: [{}, [], null] }).expect(400);
    expect(body.details).toEqual([{ field: 'addresses', message: 'must be a list of objects' }]);
  });

  it('with an object in place of a plain value is refused briefly [X-01]', async () => {
    const { body } = await shopper
      .post('/cart/acme/carts', { currency: [[{}]], siteCode: { a: [] } })
      .expect(400);
    expect(body.details).toEqual([
      { field: 'siteCode', message: 'must be a plain value, not an object' },
      { field: 'currency', message: 'must be one value, not a list' },
    ]);
  });

  it('with lists that are too long is refused before their entries are looked at [X-01]', async () => {
    const { body } = await staff
      .post('/price/acme/match-prices', { items: Array.from({ length: 501 }, () => ({})) })
      .expect(400);
    expect(body.details).toContainEqual({ field: 'items', message: 'must have at most 500 entries' });
    expect(body.details.length).toBeLessThan(MOST_PROBLEMS);
  });

  it('with many faults is refused with twenty of them and the number of the others [X-01]', async () => {
    const { body, text } = await staff
      .post('/price/acme/match-prices', { items: Array.from({ length: 500 }, () => ({})) })
      .expect(400);
    expect(body.details).toHaveLength(MOST_PROBLEMS + 1);
    expect(body.details.at(-1)).toMatch(/^and \d+ more$/);
    expect(text.length).toBeLessThan(ONE_REFUSAL);
  });

  it('is not repeated in its refusal [X-01, P-45]', async () => {
    const long = 'x'.repeat(400_000);
    const refusals = [
      await send(shopper, `${mine}/attributes`, JSON.stringify({ key: long, value: 1 })).expect(400),
      await shopper.post('/cart/acme/carts', { currency: long, siteCode: long }).expect(400),
      await shop.http.post('/api/sessions?an=acme', { public: { [long]: { value: 1 } } }).expect(400),
      await shop.http.post('/api/sessions?an=acme', { public: { [long]: 1 } }).expect(400),
      await staff
        .put('/admin/acme/session-apps/banner', { url: 'https://a.test', input: { [long]: [long] } })
        .expect(400),
    ];
    for (const { text } of refusals) expect(text.length).toBeLessThan(ONE_REFUSAL);
  });

  it('as a batch has its entries refused, each of them briefly [X-01]', async () => {
    const long = 'x'.repeat(5000);
    const entries = Array.from({ length: 200 }, () => ({
      currency: long,
      location: [[]],
      tierValues: [{}, {}],
    }));
    const { body, text } = await staff.post('/price/acme/prices/bulk', entries).expect(207);
    expect(body).toHaveLength(200);
    for (const row of body)
      expect(row).toMatchObject({ code: 400, message: expect.stringContaining('location') });
    expect(text.length).toBeLessThan(ONE_REFUSAL);
  });

  it('with more values than a body may have is refused, naming the setting [X-01, P-45]', async () => {
    const { body } = await send(
      shopper,
      `${mine}/attributes`,
      `{"key":"a","value":${empties(20_000)}}`,
    ).expect(400);
    expect(body.message).toContain('BODY_MAX_VALUES');
  });

  it('that is nested too deeply is refused, whatever it is [X-01, P-45]', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const { body } = await send(shopper, `${mine}/attributes`, deep).expect(400);
    expect(body.message).toContain('nested');
  });

  it('may be as large as an attribute and a context may be', async () => {
    const dense = `[${'1,'.repeat(19_900)}1]`;
    await send(shopper, `${mine}/attributes`, `{"key":"dense","value":${dense}}`).expect(201);
    await shopper.delete(`${mine}/attributes/dense`).expect(204);
    const context = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [`attribute ${n}`, { values: Array(90).fill('0123456789'), n }]),
    );
    const { body } = await shopper.get(mine).expect(200);
    await shopper.patch(mine, { context, metadata: body.metadata }).expect(204);
    expect((await shopper.get(mine).expect(200)).body.context).toEqual(context);
  });
});

describe('A text with half a surrogate pair', () => {
  let shop: Shop;
  let shopper: Visitor;
  let staff: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    shopper = await shop.visitor();
    staff = await shop.service();
    await shopper.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
  });
  afterAll(() => shop.close());

  it.each([
    ['POST', `${mine}/attributes`, '{"key":"\\ud800","value":1}', 'key'],
    ['POST', `${mine}/attributes`, '{"key":"a","value":{"deep":["\\udc00"]}}', 'value.deep.0'],
    ['POST', `${mine}/attributes`, '{"key":"a","value":{"x\\ud83d":1}}', 'value.x\ufffd'],
    ['PATCH', mine, '{"context":{"\\udfff":"a"},"metadata":{"version":1}}', 'context.\ufffd'],
    ['POST', '/cart/acme/carts', '{"currency":"EUR","siteCode":"\\ud800"}', 'siteCode'],
    [
      'POST',
      '/customer/acme/signup',
      '{"email":"\\ud800@acme.test","password":"a long \\ud800 one"}',
      'email',
    ],
    ['POST', '/customer/acme/login', '{"email":"anna@acme.test","password":"\\ud800"}', 'password'],
    ['POST', '/customer/acme/password/reset', '{"email":"\\udead@acme.test"}', 'email'],
    ['POST', '/api/sessions?an=acme', '{"public":{"own":{"value":"\\ud800"}}}', 'public.own.value'],
    ['POST', '/price/acme/prices/bulk', '[{"itemId":{"id":"\\ud800"}}]', '0.itemId.id'],
  ] as const)('is refused by its field: %s %s %s [X-12]', async (method, path, text, field) => {
    for (const user of [shopper, staff]) {
      const request = method === 'PATCH' ? user.patch(path) : user.post(path);
      const { body } = await request.set('content-type', 'application/json').send(text).expect(400);
      expect(body.details).toEqual([
        { field, message: 'contains half a surrogate pair, which is not a character' },
      ]);
    }
  });

  it.each([
    ['/api/segments?an=acme&utm_campaign=%ED%A0%80', 'utm_campaign'],
    [
      '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront&siteCode=%ED%BF%BF',
      'siteCode',
    ],
    ['/price/acme/prices?%ED%A0%80=1', '%ED%A0%80'],
    ['/site/acme/sites?q=code:%ff', 'q'],
  ])('is refused in a query: %s [X-12]', async (path, field) => {
    const { body } = await staff.get(path).expect(400);
    expect(body.details).toEqual([{ field, message: 'is not valid UTF-8' }]);
  });

  it.each([`${mine}/attributes/%ED%A0%80`, '/cart/acme/carts/%ff', '/site/acme/sites/%C0%80'])(
    'is refused in a path: %s [X-12, F-24]',
    async (path) => {
      const { body } = await staff.delete(path).expect(400);
      expect(body.message).toMatch(/path/);
    },
  );

  it('is refused in a form [X-12]', async () => {
    const form = 'grant_type=client_credentials&client_id=%ED%A0%80&client_secret=x';
    const { body } = await shop.http.post('/oauth/token').type('form').send(form).expect(400);
    expect(body).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringContaining('client_id'),
    });
  });
});

describe('A body', () => {
  let shop: Shop;
  let shopper: Visitor;
  beforeAll(async () => {
    shop = await openShop();
    shopper = await shop.visitor();
    await shopper.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
  });
  afterAll(() => shop.close());

  const add = (body: Buffer | string, headers: Record<string, string>) =>
    shopper
      .post(`${mine}/attributes`)
      .set({ 'content-type': 'application/json', ...headers })
      .serialize(() => body as string)
      .send({});

  it.each([
    'application/json; charset=utf-8',
    'Application/JSON; Charset="UTF-8"',
    'application/merge-patch+json',
  ])('may be sent as %s [F-21]', async (type) => {
    await add('{"key":"a","value":"ü"}', { 'content-type': type }).expect(201);
    expect((await shopper.get(mine)).body.context.a).toBe('ü');
  });

  it('must be UTF-8 and must not claim anything else [F-21, P-46]', async () => {
    await add('{"key":"a","value":1}', { 'content-type': 'application/json; charset=iso-8859-1' }).expect(
      415,
    );
    await add('{"key":"a","value":1}', { 'content-encoding': 'gzip' }).expect(415);
    const latin = Buffer.from('{"key":"a","value":"ü"}', 'latin1');
    const { body } = await add(latin, {}).expect(400);
    expect(body.details).toEqual([{ field: 'body', message: 'is not valid UTF-8' }]);
  });

  it('may begin with a byte order mark [F-21, P-46]', async () => {
    await add(Buffer.from('\ufeff{"key":"marked","value":1}'), {}).expect(201);
    expect((await shopper.get(mine)).body.context.marked).toBe(1);
  });

  it('may name a field twice: the last one counts [P-46]', async () => {
    await add('{"key":"twice","key":"twice","value":1,"value":2}', {}).expect(201);
    expect((await shopper.get(mine)).body.context.twice).toBe(2);
  });

  it.each(['12345678901234567890', '1e999', '-1e999', '0.12345678901234567890'])(
    'may not contain a number that would come back changed: %s [F-11, P-46]',
    async (number) => {
      const { body } = await add(`{"key":"n","value":{"a":[${number}]}}`, {}).expect(400);
      expect(body.details).toEqual([
        { field: 'value.a.0', message: "is a number that JSON can't hold exactly; send it as a string" },
      ]);
    },
  );

  it.each(['-0', '1e5', '0.1', '0.30000000000000004', '9007199254740991', '-46.633309'])(
    'may contain numbers that come back as they were sent: %s [F-11, P-46]',
    async (number) => {
      await add(`{"key":"n","value":${number}}`, {}).expect(201);
      expect((await shopper.get(mine)).body.context.n).toBeCloseTo(Number(number), 20);
    },
  );

  it('may be a short token form, in any case and with a charset [F-21, X-01]', async () => {
    const form = 'grant_type=client_credentials&client_id=acme-backend&client_secret=acme-backend-secret';
    const ask = (text: string, type = 'Application/X-WWW-Form-UrlEncoded; charset=UTF-8') =>
      shop.http.post('/oauth/token').set('content-type', type).send(text);
    await ask(form).expect(200);
    await ask(form, 'application/x-www-form-urlencoded; charset=latin1').expect(415);
    const { body } = await ask(`${form}&more=${'x'.repeat(17_000)}`).expect(413);
    expect(body).toEqual({ error: 'invalid_request', error_description: expect.any(String) });
    await ask(`${form}&${'a=1&'.repeat(100)}`).expect(400);
  });
});
