import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedStorage } from '../../../src/storage/embedded/embedded-storage.js';
import { MongoStorage } from '../../../src/storage/mongo/mongo-storage.js';
import type { Storage } from '../../../src/storage/storage.js';
import { FIXTURES, type Told } from '../../moving/release/told.js';
import { asOpened, dropMongo, newMongoUri } from '../../support/store/drivers.js';
import {
  type RawDocument,
  type RawRow,
  readLines,
  writeDocuments,
  writeRows,
} from '../../support/programs/raw-store.js';
import { openShop, type Shop } from '../../support/shop.js';
import { TestClock } from '../../support/test-clock.js';

const STORE = process.env.TEST_DRIVER === 'mongo' ? 'mongo' : 'embedded';
const MINE = '/session-context/acme/me/context';
const ITEM = {
  itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella',
  quantity: 1,
  price: { priceId: 'umbrella-eur', originalAmount: 19.9, effectiveAmount: 19.9, currency: 'EUR' },
};

interface Opened {
  readonly storage: Storage;
  drop(): Promise<void>;
}

const opened = (fixture: string): Promise<Opened> =>
  STORE === 'mongo' ? openedMongo(`${fixture}/mongo.ndjson`) : openedFolder(`${fixture}/embedded.ndjson`);

async function openedFolder(rows: string): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-release-'));
  await writeRows(folder, readLines<RawRow>(rows));
  return {
    storage: await EmbeddedStorage.open(folder),
    drop: async () => rmSync(folder, { recursive: true }),
  };
}

async function openedMongo(documents: string): Promise<Opened> {
  const uri = newMongoUri();
  await writeDocuments(uri, readLines<RawDocument>(documents));
  const storage = MongoStorage.open(uri);
  await storage.prepare();
  storage.update();
  const isOlder = async () =>
    (await storage.sessionDirectory.groups('acme')).some(({ facets }) => facets === undefined);
  while (await isOlder()) await sleep(20);
  return { storage, drop: () => dropMongo(uri, storage) };
}

describe.each(readdirSync(FIXTURES))('A store of an earlier release (%s)', (name) => {
  const fixture = join(FIXTURES, name);
  const told: Told = JSON.parse(readFileSync(join(fixture, `${STORE}.told.json`), 'utf8'));
  const { shopper, customer, account, ended } = told;
  let store: Opened;
  let shop: Shop;
  beforeAll(async () => {
    store = await opened(fixture);
    const clock = new TestClock(new Date(told.at));
    shop = await openShop({ clock, opened: asOpened(store.storage) });
  });
  afterAll(async () => {
    await shop.close();
    await store.drop();
  });

  it('answers each read as that release did, with its tokens and cookies', async () => {
    expect(told.asked.length).toBeGreaterThan(10);
    for (const { path, token, cookie, status, body } of told.asked) {
      const request = shop.as(token ?? '').get(path);
      if (token === undefined) void request.unset('authorization');
      if (cookie !== undefined) void request.set('cookie', cookie);
      const answer = await request;
      expect(answer.body, path).toEqual(asKnownThen(answer.body, body));
      expect(answer.status, path).toBe(status);
    }
  });

  it('has its sessions and customers in the lists of employees', async () => {
    const support = await shop.service('acme-support');
    const { body } = await support.get('/admin/acme/sessions?limit=100').expect(200);
    const listed = body.items.map(({ sessionId }: { sessionId: string }) => sessionId);
    expect(listed).toEqual(expect.arrayContaining([...told.sessions]));
    expect(listed).not.toContain(ended.session);
    const { body: found } = await support.get('/admin/acme/customers?q=carl').expect(200);
    expect(found.items).toMatchObject([{ email: account.email }]);
  });

  it('takes changes of its carts and contexts', async () => {
    const user = shop.as(shopper.access);
    const { body } = await user.get(MINE).expect(200);
    await user.patch(MINE, { currency: 'USD', metadata: { version: body.metadata.version } }).expect(204);
    expect((await user.get(MINE)).body).toMatchObject({ currency: 'USD', context: { colour: 'red' } });
    const cart = shop.as(customer.access);
    await cart.post(`/cart/acme/carts/${customer.cartId}/items?siteCode=main`, ITEM).expect(201);
    const { body: items } = await cart.get(`/cart/acme/carts/${customer.cartId}/items`).expect(200);
    expect(items).toMatchObject([{ quantity: 3 }]);
  });

  it('refreshes its tokens, and keeps the sessions', async () => {
    const query = `tenant=acme&client_id=acme-storefront&refresh_token=${shopper.refresh}`;
    const { body } = await shop.http.get(`/customerlogin/auth/anonymous/refresh?${query}`).expect(200);
    expect(body.sessionId).toBe(shopper.session);
    await shop.as(body.access_token).get(MINE).expect(200);
    const renewed = await shop
      .as(customer.access)
      .get(`/customer/acme/refreshauthtoken?refreshToken=${customer.refresh}`)
      .expect(200);
    const { body: context } = await shop.as(renewed.body.access_token).get(MINE).expect(200);
    expect(context.sessionId).toBe(customer.session);
  });

  it('takes its passwords, gives its carts back, and ends its sessions', async () => {
    const { email, password, cartId } = account;
    const carla = await (await shop.visitor()).logIn(email, password);
    const { body } = await carla.get('/cart/acme/carts?siteCode=main').expect(200);
    expect(body).toMatchObject({ id: cartId, items: [{ quantity: 2 }] });
    const { access } = customer;
    await shop.as(access).get(`/customer/acme/logout?accessToken=${access}`).expect(204);
    await shop.as(access).get(MINE).expect(401);
    await shop.as(ended.access).get(MINE).expect(401);
  });
});

/** A later version may answer more; what it answered then must be the same. */
function asKnownThen(now: unknown, then: unknown): unknown {
  if (Array.isArray(now) && Array.isArray(then) && now.length === then.length)
    return then.map((part, i) => asKnownThen(now[i], part));
  if (!isRecord(now) || !isRecord(then)) return then;
  const known = Object.entries(then).map(([name, part]) => [name, asKnownThen(now[name], part)]);
  return { ...now, ...Object.fromEntries(known) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
