import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionEnder } from '../../../src/customer/credentials/session-ender.js';
import { SessionService } from '../../../src/session/index.js';
import { StoreUnavailable } from '../../../src/shared/domain-error.js';
import { newId } from '../../../src/shared/ids.js';
import { CustomerUser, HttpUser, type ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const PASSWORD = 'mia-likes-rain';
const ME = '/customer/acme/me';
const CONTEXT = '/session-context/acme/me/context';
const BLOCKED = { fault: { detail: { errorcode: 'customer.AccountBlocked' } } };
const FLAGS = [
  ['active', { active: false }],
  ['onHold', { onHold: true }],
] as const;

/** On MongoDB each instance has its own connection. */
describe.each(FLAGS)('With two instances, a customer who is blocked on one by %s', (_, blocks) => {
  let first: Shop;
  let second: Shop;
  let devices: readonly CustomerUser[];
  let mia: string;
  let email: string;
  beforeAll(async () => {
    first = await openShop();
    second = await first.secondInstance();
  });
  afterAll(async () => {
    await second.close();
    await first.close();
  });
  beforeEach(async () => {
    email = `mia-${newId()}@acme.test`;
    const visitor = await first.visitor();
    await visitor.post('/customer/acme/signup', { email, password: PASSWORD }).expect(201);
    devices = [await visitor.logIn(email, PASSWORD), await (await second.visitor()).logIn(email, PASSWORD)];
    await devices[0]?.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    mia = `/customer/acme/customers/${(await devices[0]?.get(ME).expect(200))?.body.id}`;
  });

  const at = ({ url }: Shop, { accessToken, ...user }: CustomerUser): CustomerUser =>
    new CustomerUser(url, 'acme', {
      access_token: accessToken ?? '',
      refresh_token: user.refreshToken,
      saas_token: user.saasToken,
      session_id: user.sessionId,
    });

  it('is out of the other at once: reads, refreshes and logins [E-52, P-11]', async () => {
    // Both have just served all of her tokens.
    for (const shop of [first, second])
      for (const device of devices) await at(shop, device).get(ME).expect(200);
    await (await first.service()).patch(mia, blocks).expect(200);
    for (const device of devices) {
      const there = at(second, device);
      await there.get(CONTEXT).expect(401);
      await there.get(ME).expect(401);
      await there.refresh().expect(401);
    }
    const login = { email, password: PASSWORD };
    const { body } = await (await second.visitor()).post('/customer/acme/login', login).expect(401);
    expect(body).toMatchObject(BLOCKED);
  });

  it('is let in by the other at once when the first lets her in [E-52]', async () => {
    const staff = await first.service();
    await staff.patch(mia, blocks).expect(200);
    await staff.patch(mia, { active: true, onHold: false }).expect(200);
    const again = await (await second.visitor()).logIn(email, PASSWORD);
    await at(first, again).get(ME).expect(200);
    for (const device of devices) await at(second, device).get(ME).expect(401);
  });
});

describe.each(FLAGS)('An instance dies in the middle of a block by %s', (_, blocks) => {
  let shop: Shop;
  let staff: ServiceUser;
  let devices: readonly CustomerUser[];
  let mia: string;
  let email: string;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());
  beforeEach(async () => {
    email = `mia-${newId()}@acme.test`;
    staff = await shop.service();
    const visitor = await shop.visitor();
    await visitor.post('/customer/acme/signup', { email, password: PASSWORD }).expect(201);
    devices = [await visitor.logIn(email, PASSWORD), await (await shop.visitor()).logIn(email, PASSWORD)];
    mia = `/customer/acme/customers/${(await devices[0]?.get(ME).expect(200))?.body.id}`;
    shop.clock.advanceSeconds(1);
  });

  /** Leaves the state of a crash: the flag is written, and the sessions are still alive. */
  const blockAndDie = async (): Promise<void> => {
    vi.spyOn(shop.app.get(SessionService), 'endAllOfBlocked').mockRejectedValueOnce(new StoreUnavailable());
    await staff.patch(mia, blocks).expect(503);
    for (const device of devices) await device.get(ME).expect(200);
  };
  const expectOut = async (): Promise<void> => {
    for (const device of devices) {
      await device.get(ME).expect(401);
      await device.refresh().expect(401);
    }
    const login = { email, password: PASSWORD };
    const { body } = await (await shop.visitor()).post('/customer/acme/login', login).expect(401);
    expect(body).toMatchObject(BLOCKED);
  };

  it('and the next one ends the sessions before it serves anything [X-03, P-14]', async () => {
    await blockAndDie();
    const next = await shop.secondInstance();
    await expectOut();
    await next.app.close();
  });

  it('and running ones end them soon [X-03, P-14]', async () => {
    await blockAndDie();
    shop.clock.advanceSeconds(15);
    await shop.app.get(SessionEnder).pass(15);
    await expectOut();
  });

  it('and a repetition of the block ends them before it is answered [X-03, P-14]', async () => {
    const other = await shop.secondInstance();
    await blockAndDie();
    await new HttpUser(other.url, staff.accessToken).patch(mia, blocks).expect(200);
    await expectOut();
    await other.app.close();
  });

  it('and before anything was written: nothing ends, and the block can be repeated [X-03]', async () => {
    const change = vi.spyOn(shop.storage.customers, 'change').mockRejectedValueOnce(new StoreUnavailable());
    await staff.patch(mia, blocks).expect(503);
    change.mockRestore();
    await shop.app.get(SessionEnder).pass(0);
    for (const device of devices) await device.get(ME).expect(200);
    await staff.patch(mia, blocks).expect(200);
    await expectOut();
  });

  it('or a login comes in the middle of one, and opens nothing [X-03, P-14]', async () => {
    const sessions = shop.app.get(SessionService);
    const { becomeCustomers } = sessions;
    const late = vi.spyOn(sessions, 'becomeCustomers').mockImplementationOnce(async (...given) => {
      await staff.patch(mia, blocks).expect(200);
      return becomeCustomers.apply(sessions, given);
    });
    const login = { email, password: PASSWORD };
    await (await shop.visitor()).post('/customer/acme/login', login).expect(401);
    late.mockRestore();
    const { id = '' } = (await shop.storage.customers.findByEmail('acme', email)) ?? {};
    expect(await shop.storage.sessions.idsOfCustomer('acme', id)).toEqual([]);
    await expectOut();
  });
});
