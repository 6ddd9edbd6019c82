import { relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { SqliteIdempotencyRepository } from '../../examples/store/sqlite-idempotency.js';
import { SqlitePriceModelRepository } from '../../examples/store/sqlite-price-models.js';
import { idempotencyContract } from '../contracts/idempotency.contract.js';
import { priceModelContract } from '../contracts/price-model.contract.js';
import { asOpened, type FreshStorage, openStorage } from '../support/store/drivers.js';
import { openShop, type Shop } from '../support/shop.js';

describe('The example of a store keeps what its ports promise', () => {
  const database = new DatabaseSync(':memory:');
  afterAll(() => database.close());

  const models = new SqlitePriceModelRepository(database);
  const keys = new SqliteIdempotencyRepository(database);
  describe('price models', () => priceModelContract(() => models));
  describe('keys of changes', () => idempotencyContract(() => keys));
});

describe('The page of the example', () => {
  it('says how to run this', () => {
    const commands = blocksFor('test/examples/store.spec.ts', 'examples/store/README.md');
    expect(commands).toEqual([`npm test -- ${relative('.', import.meta.filename)}\n`]);
  });
});

describe('A service with the adapters of the example', () => {
  const database = new DatabaseSync(':memory:');
  let rest: FreshStorage;
  let shop: Shop;
  beforeAll(async () => {
    rest = await openStorage();
    const own = {
      priceModels: new SqlitePriceModelRepository(database),
      idempotency: new SqliteIdempotencyRepository(database),
    };
    shop = await openShop({ opened: asOpened(Object.assign(Object.create(rest.storage), own)) });
  });
  afterAll(async () => {
    await shop.close();
    await rest.drop();
    database.close();
  });

  it('has the price models of the demo data in them', async () => {
    const row = database.prepare("SELECT models FROM price_models WHERE tenant = 'acme'").get();
    expect(JSON.parse(String(row?.['models'])).length).toBeGreaterThan(0);
    const staff = await shop.service();
    const { body } = await staff.get('/price/acme/priceModels').expect(200);
    expect(body.length).toBeGreaterThan(0);
  });
});
