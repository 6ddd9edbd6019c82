import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sweeps } from '../../../src/shared/sweeps.js';
import { CustomerUser, type Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';
import { Subscriber, typesOf } from '../../support/events/subscriber.js';

const PASSWORD = 'demo-Anna-2026';
const EMAIL = 'anna@acme.test';
const HOUR = 3_600;

describe('A subscriber learns how a session ended', () => {
  let shop: Shop;
  let subscriber: Subscriber;
  beforeAll(async () => {
    shop = await openShop({
      env: {
        ANONYMOUS_LIFETIME_SECONDS: `${HOUR}`,
        ANONYMOUS_DORMANT_SECONDS: `${2 * HOUR}`,
        ANONYMOUS_MAX_SECONDS: `${4 * HOUR}`,
        ANONYMOUS_REFRESH_REUSE: 'end',
      },
    });
    subscriber = await Subscriber.of(shop);
  });
  afterAll(() => shop.close());

  const sweep = () => shop.app.get(Sweeps).run();
  /** What was told of a session beside its beginning. */
  const endOf = async (sessionId: string, more = 0) => {
    const types = Array.from({ length: 2 + more }, () => 'any');
    const events = await subscriber.awaited(sessionId, ...types);
    expect(typesOf(events).filter((type) => type === 'session.ended')).toHaveLength(1);
    return events.at(-1)?.data;
  };
  const signedUp = async (email: string): Promise<CustomerUser> => {
    const visitor = await shop.visitor();
    await visitor.post('/customer/acme/signup', { email, password: PASSWORD }).expect(201);
    return visitor.logIn(email, PASSWORD);
  };
  const idOf = async (customer: CustomerUser): Promise<string> =>
    (await customer.get('/customer/acme/me').expect(200)).body.id;

  it('that its time was over, once, though it was dormant for long [D-41]', async () => {
    const visitor = await shop.visitor();
    shop.clock.advanceSeconds(2 * HOUR);
    await sweep();
    expect(typesOf(await subscriber.awaited(visitor.sessionId, 'any'))).toEqual(['session.began']);
    shop.clock.advanceSeconds(HOUR);
    await sweep();
    await sweep();
    expect(await endOf(visitor.sessionId)).toEqual({ cause: 'expired', kind: 'anonymous' });
  });

  it('that it had lasted as long as a session may [D-41]', async () => {
    let visitor: Visitor = await shop.visitor();
    shop.clock.advanceSeconds(2 * HOUR);
    visitor = await visitor.refreshed();
    shop.clock.advanceSeconds(2 * HOUR);
    await sweep();
    expect(await endOf(visitor.sessionId)).toEqual({ cause: 'limit', kind: 'anonymous' });
  });

  it('that a used refresh token came back [D-41]', async () => {
    const visitor = await shop.visitor();
    await visitor.refreshed();
    shop.clock.advanceSeconds(HOUR / 2);
    await visitor.refresh().expect(401);
    expect(await endOf(visitor.sessionId, 1)).toEqual({ cause: 'reuse', kind: 'anonymous' });
    expect(typesOf(await subscriber.about(visitor.sessionId))).toEqual([
      'session.began',
      'refresh_token.reused',
      'session.ended',
    ]);
  });

  it('that the customer set another password [D-41]', async () => {
    const email = 'dora@acme.test';
    const customer = await signedUp(email);
    const customerId = await idOf(customer);
    const other = await (await shop.visitor()).logIn(email, PASSWORD);
    await customer
      .post('/customer/acme/password/change', { currentPassword: PASSWORD, newPassword: 'another-Anna-2026' })
      .expect(({ status }) => expect(status).toBeLessThan(300));
    expect(await endOf(other.sessionId, 1)).toEqual({ cause: 'password', kind: 'customer', customerId });
  });

  it('that the customer was erased, and nothing more of the customer than an id [D-41, D-43]', async () => {
    const customer = await signedUp('emma@acme.test');
    const customerId = await idOf(customer);
    const backend = await shop.service();
    await backend.delete(`/admin/acme/customers/${customerId}`).expect(200);
    expect(await endOf(customer.sessionId, 1)).toEqual({ cause: 'erased', kind: 'customer', customerId });
    const told = await subscriber.awaited(customerId, 'customer.created', 'customer.erased');
    expect(typesOf(told).at(-1)).toBe('customer.erased');
  });
});

describe('A tenant that wants the values of attributes in events', () => {
  let shop: Shop;
  afterAll(() => shop.close());

  it('gets them until the customer is erased [D-43]', async () => {
    shop = await openShop({ settings: { eventsWithAttributeValues: true } });
    const subscriber = await Subscriber.of(shop);
    const visitor = await shop.visitor();
    await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    await visitor
      .post('/session-context/acme/me/context/attributes', { key: 'colour', value: 'red' })
      .expect(201);
    const changed = async () => (await subscriber.awaited(visitor.sessionId, 'a', 'b', 'c'))[2]?.data.changes;
    expect(await changed()).toEqual([{ field: 'context.colour', to: 'red' }]);
    const customer = await visitor.logIn(EMAIL, PASSWORD);
    const { body } = await customer.get('/customer/acme/me').expect(200);
    await subscriber.awaited(visitor.sessionId, 'a', 'b', 'c', 'd');
    await (await shop.service()).delete(`/admin/acme/customers/${body.id}`).expect(200);
    expect(await changed()).toEqual([]);
  });
});
