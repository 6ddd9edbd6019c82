import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../../src/events/index.js';
import { HandoverLinks } from '../../support/data/handover-links.js';
import type { Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';
import { Subscriber, typesOf } from '../../support/events/subscriber.js';

const MINE = '/session-context/acme/me/context';
const CARTS = '/cart/acme/carts';
const ON_MAIN = { siteCode: 'main', currency: 'EUR' };
const BEGUN = ['session.began', 'context.created'];

describe('A subscriber is told', () => {
  let shop: Shop;
  let subscriber: Subscriber;
  beforeAll(async () => {
    shop = await openShop();
    subscriber = await Subscriber.of(shop);
  });
  afterAll(() => shop.close());

  const shopper = async (): Promise<Visitor> => {
    const visitor = await shop.visitor();
    await visitor.post(CARTS, ON_MAIN).expect(201);
    return visitor;
  };
  const toldOf = async (visitor: Visitor, ...types: string[]): Promise<readonly StoredEvent[]> => {
    const events = await subscriber.awaited(visitor.sessionId, ...types);
    expect(typesOf(events)).toEqual(types);
    return events;
  };

  it('that a session began, and what its first context is [D-40]', async () => {
    const visitor = await shop.visitor({ currency: 'USD' });
    const { body: cart } = await visitor.post(CARTS, { siteCode: 'main', currency: 'USD' }).expect(201);
    const [began, created] = await toldOf(visitor, ...BEGUN);
    expect(began).toMatchObject({
      tenant: 'acme',
      data: { kind: 'anonymous', clientId: 'acme-storefront', dialect: 'emporix' },
    });
    expect(created?.data).toEqual({
      version: 1,
      siteCode: 'main',
      currency: 'USD',
      targetLocation: 'DE',
      language: 'en',
      cartId: cart.cartId,
      changes: [
        { field: 'siteCode', to: 'main' },
        { field: 'currency', to: 'USD' },
        { field: 'targetLocation', to: 'DE' },
        { field: 'language', to: 'en' },
        { field: 'cartId', to: cart.cartId },
      ],
      by: { kind: 'cart', id: cart.cartId },
    });
  });

  it('of each change of a context, by whom, without the values of attributes [D-40, D-43]', async () => {
    const visitor = await shopper();
    await visitor.patch(MINE, { language: 'de', metadata: { version: 1 } }).expect(204);
    await visitor.post(`${MINE}/attributes`, { key: 'colour', value: 'red' }).expect(201);
    const events = await toldOf(visitor, ...BEGUN, 'context.changed', 'context.changed');
    expect(events.slice(2).map(({ data: { version, changes, by } }) => ({ version, changes, by }))).toEqual([
      { version: 2, changes: [{ field: 'language', from: 'en', to: 'de' }], by: { kind: 'shopper' } },
      { version: 3, changes: [{ field: 'context.colour', valuesOmitted: true }], by: { kind: 'shopper' } },
    ]);
    expect(JSON.stringify(events)).not.toContain('red');
  });

  it('in the order of the changes, each with an id and a sequence of its own [D-40]', async () => {
    const visitor = await shopper();
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        visitor.post(`${MINE}/attributes`, { key: `key${i}`, value: 'x' }).expect(201),
      ),
    );
    const events = await toldOf(visitor, ...BEGUN, ...Array.from({ length: 20 }, () => 'context.changed'));
    const sequences = events.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    expect(new Set(sequences).size).toBe(22);
    expect(new Set(events.map(({ id }) => id)).size).toBe(22);
    expect(events.slice(1).map(({ data }) => data.version)).toEqual(
      Array.from({ length: 21 }, (_, i) => i + 1),
    );
  });

  it('that a session became a customer’s, and that its logout ended it [D-41]', async () => {
    const visitor = await shop.visitor();
    const { customer, customerId } = await loggedIn(visitor);
    await customer.get(`/customer/acme/logout?accessToken=${customer.token}`).expect(204);
    const events = await toldOf(visitor, 'session.began', 'session.became_customers', 'session.ended');
    expect(events[1]?.data).toEqual({ customerId });
    expect(events[2]?.data).toEqual({ cause: 'logout', kind: 'customer', customerId });
  });

  it('that another browser took a session over by a link [D-40, P-79]', async () => {
    const visitor = await shop.visitor();
    const links = new HandoverLinks(shop);
    await links.desktopOf(await links.of(visitor));
    const events = await toldOf(visitor, 'session.began', 'session.handed_over');
    expect(events[1]?.data).toEqual({});
  });

  it('once that a session ended, with the cause: an employee ended it [D-41]', async () => {
    const visitor = await shop.visitor();
    const support = await shop.service('acme-support');
    await support.delete(`/admin/acme/sessions/${visitor.sessionId}`).expect(204);
    await support.delete(`/admin/acme/sessions/${visitor.sessionId}`).expect(404);
    const events = await toldOf(visitor, 'session.began', 'session.ended');
    expect(events[1]?.data).toEqual({ cause: 'employee', kind: 'anonymous' });
  });

  it('nothing while nobody subscribes, and everything from then on [D-42]', async () => {
    const other = await shop.visitor({ tenant: 'globex' });
    const globex = await Subscriber.of(shop, 'globex');
    expect(await globex.all()).toEqual([]);
    const second = await shop.visitor({ tenant: 'globex' });
    expect(typesOf(await globex.awaited(second.sessionId, 'session.began'))).toEqual(['session.began']);
    expect(await globex.about(other.sessionId)).toEqual([]);
  });

  const loggedIn = async (visitor: Visitor) => {
    const credentials = { email: 'anna@acme.test', password: 'demo-Anna-2026' };
    const { body } = await visitor.post('/customer/acme/login', credentials).expect(200);
    const customer = shop.as(body.accessToken);
    const { body: profile } = await customer.get('/customer/acme/me').expect(200);
    return { customer: Object.assign(customer, { token: String(body.accessToken) }), customerId: profile.id };
  };
});
