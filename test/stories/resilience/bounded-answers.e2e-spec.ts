import type { Response, Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cart } from '../../../src/cart/index.js';
import { newId } from '../../../src/shared/ids.js';
import { aCart, aPrice, aPriceModel } from '../../support/data/builders.js';
import type { HttpUser, ServiceUser } from '../../support/people/http-user.js';
import { BEN, CARTS, ON_MAIN } from '../../support/data/login-carts.js';
import { openShop, type Shop } from '../../support/shop.js';

const LIMIT = 65_536;
const LARGE = 30_000;
const text = 'x'.repeat(LARGE);

interface Answer {
  readonly rows: readonly { readonly id: string }[];
  readonly next: string | undefined;
}

/** Returns what a page contains and where it continues. */
function read({ body, headers, text: sent }: Response): Answer {
  const [, next] = /^<([^>]+)>; rel="next"$/.exec(String(headers['link'])) ?? [];
  expect(headers['x-page-truncated']).toBe(next === undefined ? undefined : 'true');
  expect(Buffer.byteLength(sent)).toBeLessThan(LIMIT + 100);
  return { rows: body, next };
}

/** Follows `Link` to the end. */
async function readAll(path: string, ask: (path: string) => Test): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (let next: string | undefined = path; next !== undefined; next = answers.at(-1)?.next) {
    answers.push(read(await ask(next).expect(200)));
    expect(answers.length).toBeLessThan(20);
  }
  return answers;
}

const idsOf = (answers: readonly Answer[]): readonly string[] =>
  answers.flatMap(({ rows }) => rows.map(({ id }) => id));

describe('A page of a list that would be larger than MAX_PAGE_BYTES', () => {
  let shop: Shop;
  let staff: ServiceUser;
  beforeAll(async () => {
    shop = await openShop({ env: { MAX_PAGE_BYTES: String(LIMIT) } });
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  it('of carts ends early, says so, and continues after its last row [X-08, X-23]', async () => {
    const ben = await (await shop.visitor()).logIn(...BEN);
    const { cartId } = (await ben.post(CARTS, ON_MAIN).expect(201)).body;
    const one = await shop.storage.carts.find('acme', cartId);
    const made: Cart[] = Array.from({ length: 9 }, (_, i) =>
      aCart({
        tenant: 'acme',
        id: `cart-${i}`,
        owner: one?.owner ?? { kind: 'customer', customerId: 'b' },
        type: `t${i}`,
        mixins: { note: { text } },
      }),
    );
    for (const cart of made) await shop.storage.carts.create(cart);
    const all = [...made.map(({ id }) => id), cartId].toSorted();
    const search = (user: HttpUser) => (path: string) => user.post(path, {}).set('x-total-count', 'true');
    for (const user of [staff, ben]) {
      const answers = await readAll(`${CARTS}/search?sort=id&pageSize=200`, search(user));
      expect(idsOf(answers)).toEqual(all);
      expect(answers.length).toBeGreaterThan(4);
      const { headers } = await search(user)(`${CARTS}/search`).expect(200);
      expect(headers['x-total-count']).toBe('10');
    }
    // A page has the requested size, wherever it starts.
    const { rows } = read(await search(staff)(`${CARTS}/search?sort=id&offset=3&pageSize=1`).expect(200));
    expect(rows.map(({ id }) => id)).toEqual(all.slice(3, 4));
    expect(idsOf(await readAll(`${CARTS}/search?sort=id&pageNumber=2&pageSize=4`, search(staff)))).toEqual(
      all.slice(4),
    );
  });

  it('of carts is measured as sent, not only as stored [X-23]', async () => {
    const visitor = await shop.visitor();
    const lines = Array.from({ length: 100 }, (_, i) => ({
      id: String(i),
      itemYrn: `urn:${i}`,
      itemType: 'INTERNAL' as const,
      keepAsSeparateLineItem: true,
      quantity: 1,
      price: { priceId: 'p', originalAmount: 1, effectiveAmount: 1, currency: 'EUR' },
      extra: {},
    }));
    const owner = { kind: 'session', sessionId: visitor.sessionId } as const;
    for (let i = 0; i < 3; i += 1) {
      await shop.storage.carts.create(
        aCart({ tenant: 'acme', id: `lines-${i}`, owner, type: `t${i}`, items: lines }),
      );
    }
    const answers: Response[] = [];
    let next: string | undefined = `${CARTS}/search?sort=id`;
    while (next !== undefined) {
      const answer: Response = await visitor.post(next, {}).expect(200);
      answers.push(answer);
      [, next] = /^<([^>]+)>/.exec(String(answer.headers['link'])) ?? [];
    }
    // One cart is larger than a page may be, so it gets a page of its own.
    expect(answers.map(({ body }) => body.map(({ id }: { id: string }) => id))).toEqual([
      ['lines-0'],
      ['lines-1'],
      ['lines-2'],
    ]);
  });

  it('of prices, price models or sites does the same [X-08, X-23]', async () => {
    const ids = Array.from({ length: 6 }, (_, i) => `bounded-${i}`);
    for (const id of ids) {
      await shop.storage.prices.create(
        aPrice({ id, itemId: { itemType: 'PRODUCT', id }, mixins: { note: { text } } }),
      );
    }
    await shop.storage.priceModels.change('acme', (models) => [
      ...models,
      ...ids.map((id) => aPriceModel({ id, name: { en: id }, description: { en: text } })),
    ]);
    const [main] = await shop.storage.sites.list('acme');
    if (!main) throw new Error('no site');
    for (const code of ids) {
      await shop.storage.sites.create({ ...main, code, default: false, mixins: { note: { text } } });
    }
    const prices = await readAll('/price/acme/prices?sort=id&q=id:~bounded', (path) => staff.get(path));
    expect([idsOf(prices), prices.length]).toEqual([ids, 3]);
    const models = await readAll('/price/acme/priceModels?sort=id', (path) => staff.get(path));
    expect(idsOf(models)).toEqual([...ids, 'by-quantity']);
    const sites = await readAll('/site/acme/sites?sort=code&expand=mixin:*', (path) => staff.get(path));
    const codes = sites.flatMap(({ rows }) => rows.map((row) => Reflect.get(row, 'code')));
    expect(codes).toEqual(['b2b', ...ids, 'main', 'us'].toSorted());
  });

  it('of matched or found prices continues with the next requested item [X-08, X-23]', async () => {
    const visitor = await shop.visitor();
    const asked = ['bounded-0', 'none', 'bounded-1', 'bounded-2', 'bounded-3', 'also-none', 'bounded-4'];
    const items = asked.map((id) => ({ itemId: { itemType: 'PRODUCT', id }, quantity: { quantity: 1 } }));
    const matched = ['bounded-0', 'bounded-1', 'bounded-2', 'bounded-3', 'bounded-4'];
    const priceIdsOf = (answers: readonly Answer[]) =>
      answers.flatMap(({ rows }) => rows.map((row) => Reflect.get(row, 'priceId')));
    const own = await readAll('/price/acme/match-prices-by-context', (path) => visitor.post(path, { items }));
    expect([priceIdsOf(own), own.length]).toEqual([matched, 3]);
    const at = { siteCode: 'main', targetCurrency: 'EUR', targetLocation: { countryCode: 'DE' } };
    const given = await readAll('/price/acme/match-prices', (path) => staff.post(path, { ...at, items }));
    expect(priceIdsOf(given)).toEqual(matched);
    const found = await readAll('/price/acme/prices/search', (path) => staff.post(path, { itemIds: asked }));
    expect(found.flatMap(({ rows }) => rows.map((row) => Reflect.get(row, 'itemId')))).toEqual(asked);
    await visitor.post('/price/acme/match-prices-by-context?offset=-1', { items }).expect(400);
    const { body } = await visitor
      .post('/price/acme/match-prices-by-context?offset=900', { items })
      .expect(200);
    expect(body).toEqual([]);
  });

  it('has no such header if it is complete [W-60]', async () => {
    const id = newId();
    const { headers } = await staff.get(`/price/acme/prices?q=id:${id}`).expect(200);
    expect(headers).not.toHaveProperty('x-page-truncated');
    expect(headers).not.toHaveProperty('link');
  });
});
