import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MongoStorage } from '../../src/storage/mongo/mongo-storage.js';
import { demoItem } from '../support/data/demo-items.js';
import { Device } from '../support/people/device.js';
import { asOpened, dropMongo, newMongoUri } from '../support/store/drivers.js';
import { CARTS, ON_MAIN } from '../support/data/login-carts.js';
import { openShop, type Shop } from '../support/shop.js';

/** What each request asks of the database, in order: each command is a round trip. */
describe('A shopper', () => {
  let uri: string;
  let storage: MongoStorage;
  let shop: Shop;
  let asked: string[] = [];
  beforeAll(async () => {
    uri = newMongoUri('monitorCommands=true');
    storage = MongoStorage.open(uri);
    await storage.prepare();
    await storage.connection.collection('sessions').dropIndex('gone_at');
    storage.connection.getClient().on('commandStarted', ({ commandName, command }) => {
      // Each instance asks this for all tenants together, whether or not anybody calls.
      if (command[commandName] === 'event_interests') return;
      asked.push(`${commandName} ${command[commandName]}`);
    });
    shop = await openShop({ opened: asOpened(storage) });
  });
  afterAll(async () => {
    await shop.app.close();
    await dropMongo(uri, storage);
  });

  it('who puts an item into a cart asks for the session, the cart and the price, and writes once [F-01, D-42]', async () => {
    const shopper = await shop.visitor();
    const { cartId } = (await shopper.post(CARTS, ON_MAIN).expect(201)).body;
    const items = `${CARTS}/${cartId}/items`;
    await shopper.post(items, demoItem('umbrella-eur')).expect(201);
    asked = [];
    await shopper.post(items, demoItem('umbrella-eur')).expect(201);
    expect(asked).toEqual(['find sessions', 'find carts', 'find prices', 'update carts']);
    asked = [];
    await shopper.put(`${items}/0?partial=true`, { quantity: 5 }).expect(204);
    expect(asked).toEqual(['find sessions', 'find carts', 'find prices', 'update carts']);
  });

  it('who begins a session is one insert, and who adds an attribute one read and one update [W-08, D-42]', async () => {
    await shop.visitor();
    asked = [];
    const shopper = await shop.visitor();
    expect(asked).toEqual(['insert sessions']);
    await shopper.post(CARTS, ON_MAIN).expect(201);
    asked = [];
    const attributes = '/session-context/acme/me/context/attributes';
    await shopper.post(attributes, { key: 'latitude', value: '48.13' }).expect(201);
    expect(asked).toEqual(['find sessions', 'update sessions']);
  });

  it('who makes a first cart writes its slot, the cart and the session [E-12]', async () => {
    await (await shop.visitor()).post(CARTS, ON_MAIN).expect(201);
    const shopper = await shop.visitor();
    asked = [];
    await shopper.post(CARTS, ON_MAIN).expect(201);
    expect(asked).toEqual(['find sessions', 'update cart_owners', 'insert carts', 'update sessions']);
  });

  it('for whom an employee acts is looked up once for all session apps, whose settings are remembered', async () => {
    const staff = await shop.service();
    await staff.put('/admin/acme/session-apps/impersonate', {}).expect(204);
    const device = new Device(shop.url, 'acme');
    device.cookies.set('VtexIdclientAutCookie', staff.accessToken ?? '');
    await device.begin().expect(201);
    const actingFor = (email: string) => ({
      'vtex-impersonated-customer-email': email,
      'vtex-impersonation-reason': 'orders by telephone',
    });
    await device.change(actingFor('anna@acme.test')).expect(200);
    asked = [];
    await device.change(actingFor('ben@acme.test')).expect(200);
    expect(asked).toEqual([
      'find sessions',
      'find customer_emails',
      'find customers',
      'insert impersonations',
      'insert audit',
      'update sessions',
    ]);
  });

  it('asks for the price models too when the price has one [F-01, F-02]', async () => {
    const shopper = await shop.visitor();
    const { cartId } = (await shopper.post(CARTS, ON_MAIN).expect(201)).body;
    await shopper.get(`${CARTS}/${cartId}`).expect(200);
    asked = [];
    await shopper.post(`${CARTS}/${cartId}/items`, demoItem('postcard-eur', 20)).expect(201);
    expect(asked).toEqual([
      'find sessions',
      'find carts',
      'find prices',
      'find tenant_price_models',
      'update carts',
    ]);
  });
});
