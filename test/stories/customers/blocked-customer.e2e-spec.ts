import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser, ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const ANNA = ['anna@acme.test', 'demo-Anna-2026'] as const;
const ME = '/customer/acme/me';
const BLOCKED = { fault: { detail: { errorcode: 'customer.AccountBlocked' } } };

describe.each([
  {
    flag: 'active',
    blocks: { active: false },
    frees: { active: true },
    shown: { active: false, onHold: false },
  },
  {
    flag: 'onHold',
    blocks: { onHold: true },
    frees: { onHold: false },
    shown: { active: true, onHold: true },
  },
])('A customer whom a backend blocks by $flag', ({ blocks, frees, shown }) => {
  let shop: Shop;
  let staff: ServiceUser;
  let devices: readonly CustomerUser[];
  let anna: string;
  let annaId: string;

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
    const logIn = async () => (await shop.visitor()).logIn(...ANNA);
    devices = [await logIn(), await logIn()];
    annaId = (await devices[0]?.get(ME).expect(200))?.body.id;
    anna = `/customer/acme/customers/${annaId}`;
  });
  afterAll(() => shop.close());

  const logIn = async () => {
    const [email, password] = ANNA;
    return (await shop.visitor()).post('/customer/acme/login', { email, password });
  };

  it('is out at once, on every device', async () => {
    await devices[0]?.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    await staff.patch(anna, blocks).set('X-Reason', 'stolen card').expect(200);
    for (const device of devices) {
      await device.get(ME).expect(401);
      await device.get('/session-context/acme/me/context').expect(401);
      await device.refresh().expect(401);
    }
  });

  it('is seen to be blocked by support, in the list too, and the audit log says why', async () => {
    const support = await shop.service('acme-support');
    const one = `/admin/acme/customers/${annaId}`;
    expect((await support.get(one).expect(200)).body).toMatchObject({ ...shown, sessions: 0 });
    const { body: list } = await support.get(`/admin/acme/customers?email=${ANNA[0]}`).expect(200);
    expect(list.items).toMatchObject([{ id: annaId, ...shown }]);
    const { body: audit } = await support.get('/admin/acme/audit?action=customer.change').expect(200);
    expect(audit.items).toMatchObject([
      { target: { kind: 'customer', id: annaId }, reason: 'stolen card', result: 'ok' },
    ]);
  });

  it('is said to be blocked in the export of what is held of them', async () => {
    const { body } = await staff.get(`/admin/acme/customers/${annaId}/export`).expect(200);
    expect(body.customer).toMatchObject(shown);
  });

  it('stays out: only somebody who knows the password learns why', async () => {
    const told = await logIn();
    expect(told.status).toBe(401);
    expect(told.body).toMatchObject(BLOCKED);
    const guess = { email: ANNA[0], password: 'not-Her-Password' };
    const { body } = await (await shop.visitor()).post('/customer/acme/login', guess).expect(401);
    expect(body).toMatchObject({ fault: { detail: { errorcode: 'customer.InvalidCredentials' } } });
  });

  it('stays out after other changes, which end nothing once more', async () => {
    await staff.patch(anna, { title: 'DR' }).expect(200);
    expect((await logIn()).status).toBe(401);
    expect((await staff.get(anna).expect(200)).body).toMatchObject(blocks);
  });

  it('is let in again, but old tokens stay dead', async () => {
    await staff.patch(anna, frees).expect(200);
    const welcome = await logIn();
    expect(welcome.status).toBe(200);
    const { body } = await staff.get(`/admin/acme/customers/${annaId}`).expect(200);
    expect(body).toMatchObject({ active: true, onHold: false });
    for (const device of devices) {
      await device.get(ME).expect(401);
      await device.refresh().expect(401);
    }
  });
});
