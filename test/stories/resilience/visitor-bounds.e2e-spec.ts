import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../../support/records/asked.js';
import { demoItem } from '../../support/data/demo-items.js';
import type { CustomerUser, HttpUser, Visitor } from '../../support/people/http-user.js';
import { BEN, CARTS, ON_MAIN } from '../../support/data/login-carts.js';
import { expectRefusal } from '../../support/records/refusals.js';
import { openShop, type Shop } from '../../support/shop.js';
import { DESCRIBED } from '../../wire/operations.js';

const ATTRIBUTES = '/session-context/acme/me/context/attributes';

const ofType = (type: number | string) => ({ ...ON_MAIN, type: `type-${type}` });

const textOf = (bytes: number): string => 'x'.repeat(bytes);

const openCartsOf = async (owner: HttpUser): Promise<number> =>
  (await owner.post(`${CARTS}/search`, {}).set('x-total-count', 'true').expect(200)).body.length;

describe('What one owner may store', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('is limited to twenty open carts, however many are requested at once; closing one makes room [X-08]', async () => {
    const visitor = await shop.visitor();
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => visitor.post(CARTS, ofType(i))));
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(20);
    const refused = answers.filter(({ status }) => status === 400);
    expect(refused).toHaveLength(20);
    for (const { body } of refused) expect(body.message).toContain('MAX_OPEN_CARTS');
    expect(await openCartsOf(visitor)).toBe(20);
    await visitor.get(`${CARTS}?siteCode=main&type=one-more&create=true`).expect(400);
    await visitor.get(`${CARTS}?siteCode=main&legalEntityId=other&create=true`).expect(400);
    await visitor.put(`${CARTS}/${made[0]?.body.cartId}`, { status: 'CLOSED' }).expect(204);
    await visitor.get(`${CARTS}?siteCode=main&type=one-more&create=true`).expect(200);
    await visitor.post(CARTS, ofType('yet-another')).expect(400);
  });

  it('stays limited when a login brings a guest’s carts: only the one in use comes along [X-08, E-25]', async () => {
    const older = await (await shop.visitor()).logIn(...BEN);
    for (let i = 0; i < 20; i += 1) await older.post(CARTS, ofType(i)).expect(201);
    const guest = await shop.visitor();
    const used = (await guest.post(CARTS, ofType('in-use')).expect(201)).body.cartId;
    const others: string[] = [];
    for (let i = 0; i < 3; i += 1)
      others.push((await guest.post(CARTS, ofType(`guest-${i}`)).expect(201)).body.cartId);
    const ben = await guest.logIn(...BEN);
    const { body: own } = await ben.get(`${CARTS}/${used}`).expect(200);
    expect(own.customerId).toBeDefined();
    expect(await openCartsOf(ben)).toBe(21);
    // The others still belong to the session and are not lost.
    for (const id of others) {
      const { body } = await ben.get(`${CARTS}/${id}`).expect(200);
      expect(body.customerId).toBeUndefined();
    }
    expect(await openCartsOf(ben)).toBe(21);
  });

  it('is limited to so many lines and bytes per cart, by settings that the refusal names [X-08]', async () => {
    const visitor = await shop.visitor();
    const { cartId } = (await visitor.post(CARTS, ON_MAIN).expect(201)).body;
    const large = { keepAsSeparateLineItem: true, mixins: { note: textOf(60_000) } };
    const answers: number[] = [];
    for (let i = 0; i < 18; i += 1) {
      const { status, body } = await visitor.post(
        `${CARTS}/${cartId}/items`,
        demoItem('umbrella-eur', 1, large),
      );
      answers.push(status);
      if (status !== 201) expect(body.message).toMatch(/1048576.*MAX_CART_BYTES/);
    }
    expect(answers).toEqual([...Array<number>(17).fill(201), 413]);
  });

  it('is limited to so many bytes per customer, addresses and mixins included [X-08]', async () => {
    const ben = await (await shop.visitor()).logIn(...BEN);
    const addresses = '/customer/acme/me/addresses';
    const large = { country: 'DE', mixins: { note: { text: textOf(60_000) } } };
    const answers: number[] = [];
    let last: string | undefined;
    for (let i = 0; i < 9; i += 1) {
      const { status, body } = await ben.post(addresses, large);
      answers.push(status);
      if (status === 201) last = body.id;
      else expect(body.message).toMatch(/524288.*MAX_CUSTOMER_BYTES/);
    }
    expect(answers).toEqual([...Array<number>(8).fill(201), 413]);
    await ben.patch('/customer/acme/me', { mixins: { note: { text: textOf(60_000) } } }).expect(413);
    await ben.delete(`${addresses}/${last}`).expect(204);
    await ben.post(addresses, large).expect(201);
  });
});

describe('A lower limit of lines', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ env: { MAX_CART_LINES: '2', MAX_OPEN_CARTS: '1' } })));
  afterAll(() => shop.close());

  it('applies to adding and to merging [X-08]', async () => {
    const guest = await shop.visitor();
    const { cartId } = (await guest.post(CARTS, ON_MAIN).expect(201)).body;
    for (const price of ['umbrella-eur', 'raincoat-eur'] as const) {
      await guest.post(`${CARTS}/${cartId}/items`, demoItem(price)).expect(201);
    }
    const { body } = await guest.post(`${CARTS}/${cartId}/items`, demoItem('postcard-eur')).expect(400);
    expect(body.message).toMatch(/^items: .*2 \(MAX_CART_LINES\)/);
    const ben = await (await shop.visitor()).logIn(...BEN);
    const target = (await ben.post(CARTS, ON_MAIN).expect(201)).body.cartId;
    await ben.post(`${CARTS}/${target}/items`, demoItem('postcard-eur')).expect(201);
    const staff = await shop.service();
    const { body: merged } = await staff.post(`${CARTS}/${target}/merge`, { carts: [cartId] }).expect(400);
    expect(merged.message).toMatch(/^carts: .*2 \(MAX_CART_LINES\)/);
    expect((await guest.post(CARTS, ofType(1)).expect(400)).body.message).toContain('MAX_OPEN_CARTS');
  });
});

describe('How many carts an address may make in a minute', () => {
  const ELSEWHERE = '203.0.113.9';
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({
      env: { RATE_LIMITS: 'on', NEW_CARTS_PER_MINUTE: '3', TRUSTED_PROXIES: '127.0.0.1' },
    });
  });
  afterAll(() => shop.close());

  it('is limited across its sessions and routes, without affecting backends and other addresses [X-08]', async () => {
    const visitors = await Promise.all(Array.from({ length: 4 }, () => shop.visitor()));
    const [one, two, three, four] = visitors as [Visitor, Visitor, Visitor, Visitor];
    await one.post(CARTS, ON_MAIN).expect(201);
    await two.get(`${CARTS}?siteCode=main&create=true`).expect(200);
    await three.post(CARTS, ON_MAIN).expect(201);
    // This cart is found, not made.
    await two.get(`${CARTS}?siteCode=main&create=true`).expect(200);
    const { body, headers } = await four.post(CARTS, ON_MAIN).expect(429);
    expect(body.message).toContain('NEW_CARTS_PER_MINUTE');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await four.get(`${CARTS}?siteCode=main&create=true`).expect(429);
    await four.post(CARTS, ON_MAIN).set('x-forwarded-for', ELSEWHERE).expect(201);
    const staff = await shop.service();
    const customerId = (await staff.get('/customer/acme/customers').catch(() => undefined))?.body?.[0]?.id;
    await staff.post(CARTS, { ...ON_MAIN, customerId: customerId ?? 'somebody' }).expect(201);
  });
});

describe('How much an address may store in a minute', () => {
  const KB = 1024;
  let shop: Shop;
  let visitor: Visitor;
  let ben: CustomerUser;
  beforeAll(async () => {
    shop = await openShop({
      env: { RATE_LIMITS: 'on', WRITTEN_BYTES_PER_MINUTE: String(64 * KB), TRUSTED_PROXIES: '127.0.0.1' },
    });
    visitor = await shop.visitor();
    ben = await (await shop.visitor()).logIn(...BEN);
    await visitor.post(CARTS, ON_MAIN).expect(201);
  });
  afterAll(() => shop.close());

  /** Gives each test its own network. */
  let networks = 0;
  const from = (): string => `198.51.100.${(networks += 1)}`;

  it('is limited across tokens, cookies and dialects [X-08]', async () => {
    const address = from();
    const write = (bytes: number) =>
      visitor.post(ATTRIBUTES, { key: 'note', value: textOf(bytes) }).set('x-forwarded-for', address);
    await write(20 * KB).expect(201);
    await ben
      .patch('/customer/acme/me', { mixins: { note: { text: textOf(20 * KB) } } })
      .set('x-forwarded-for', address)
      .expect(200);
    await shop.http
      .post('/api/sessions?an=acme', { public: { note: { value: textOf(15 * KB) } } })
      .set('x-forwarded-for', address)
      .expect(201);
    const { body, headers } = await write(20 * KB).expect(429);
    expect(body.message).toContain('65536 bytes/min (WRITTEN_BYTES_PER_MINUTE)');
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    await shop.http
      .post('/api/sessions?an=acme', { public: { note: { value: 'short' } } })
      .set('x-forwarded-for', address)
      .expect(429);
    // Reading still works, including asking for prices, and so do other addresses.
    await visitor.get(ATTRIBUTES.replace('/attributes', '')).set('x-forwarded-for', address).expect(200);
    await visitor
      .post('/price/acme/match-prices-by-context', {
        items: [{ itemId: { itemType: 'PRODUCT', id: 'umbrella' }, quantity: { quantity: 1 } }],
      })
      .set('x-forwarded-for', address)
      .expect(200);
    await visitor.post(`${CARTS}/search`, {}).set('x-forwarded-for', address).expect(200);
    await visitor
      .post(ATTRIBUTES, { key: 'note', value: 'short' })
      .set('x-forwarded-for', from())
      .expect(201);
  });

  it('includes values in the URL and bodies sent in chunks [X-08]', async () => {
    const address = from();
    for (let i = 0; i < 8; i += 1) {
      await shop.http
        .post(`/api/sessions?an=acme&utm_source=${textOf(7 * KB)}`, {})
        .set('x-forwarded-for', address)
        .expect(201);
    }
    const statuses: number[] = [];
    for (let i = 0; i < 2; i += 1)
      statuses.push(await sentInChunks(shop.url, visitor, address, textOf(7 * KB)));
    expect(statuses).toEqual([201, 429]);
  });

  it('is not limited for backends [X-08]', async () => {
    const staff = await shop.service();
    const address = from();
    const path = `/session-context/acme/context/${visitor.sessionId}/attributes`;
    for (let i = 0; i < 3; i += 1) {
      await staff
        .post(path, { key: `note-${i}`, value: textOf(40 * KB) })
        .set('x-forwarded-for', address)
        .expect(204);
    }
  });
});

function sentInChunks(url: string, visitor: Visitor, address: string, value: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      `${url}${ATTRIBUTES}`,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${visitor.accessToken}`,
          'content-type': 'application/json',
          'transfer-encoding': 'chunked',
          'x-forwarded-for': address,
        },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    sent.on('error', reject);
    sent.write('{"key":"chunks","value":"');
    sent.write(value);
    sent.end('"}');
  });
}

describe('Every operation by which shoppers write', () => {
  /** What these receive is not stored, and they have limits of their own. */
  const OF_OTHERS = new Set([
    'POST /ucp/{tenant}/carts',
    'PUT /ucp/{tenant}/carts/{cartId}',
    'POST /oauth/token',
    'POST /oauth/introspect',
    'POST /oauth/revoke',
    'POST /console/sign-in',
    'POST /handover/{tenant}/open',
    'POST /handover/{tenant}/preview',
    'POST /session-context/{tenant}/handover/redeem',
    'POST /customer/{tenant}/login',
    'DELETE /customer/{tenant}/me',
  ]);
  const writing = DESCRIBED.filter(
    ({ name, statuses }) => statuses.includes(429) && statuses.includes(413) && !OF_OTHERS.has(name),
  );
  let shop: Shop;
  let users: readonly HttpUser[];
  beforeAll(async () => {
    shop = await openShop({ env: { RATE_LIMITS: 'on', WRITTEN_BYTES_PER_MINUTE: '1024' } });
    const guest = await shop.visitor();
    users = [await shop.visitor(), await guest.logIn(...BEN)];
    await users[0]?.post(CARTS, { ...ON_MAIN, mixins: { note: textOf(1024) } }).expect(429);
  });
  afterAll(() => shop.close());

  it.each(writing)('is refused once the address’s budget is used up: $name [X-08]', async (operation) => {
    const { template } = operation;
    const path = template.startsWith('/api/') ? { ...operation, template: `${template}?an=acme` } : operation;
    const answers = await Promise.all(users.map((user) => ask(user, path).send({ some: 'thing' })));
    const refused = answers.find(({ status }) => status === 429);
    if (!refused) throw new Error(`${answers.map(({ status }) => status).join(', ')} instead of 429`);
    expectRefusal(operation, 429, refused);
    expect(refused.body.message).toContain('WRITTEN_BYTES_PER_MINUTE');
  });
});
