import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Sweeps } from '../../../src/shared/sweeps.js';
import { Device } from '../../support/people/device.js';
import { type FreshStorage, openStorage } from '../../support/store/drivers.js';
import type { CustomerUser, ServiceUser } from '../../support/people/http-user.js';
import { mailsTo } from '../../support/data/mails.js';
import { openShop, type Shop } from '../../support/shop.js';

const EMAIL = 'zebulon@quagmire.test';
const PASSWORD = 'a raven and a writing desk';
const CUSTOMERS = '/admin/acme/customers';

/** Texts that identify the person, wherever they were put. */
const NAMES = [
  'zebulon',
  'Zebulon',
  'quagmire',
  'Quagmire',
  'Crooked Lane',
  'his hat is green',
  'wants a taller hat',
];

const ADDRESS = {
  contactName: 'Zebulon Quagmire',
  street: 'Crooked Lane',
  city: 'Bath',
  country: 'GB',
  tags: [],
};

describe('A person is forgotten', () => {
  let opened: FreshStorage;
  let shop: Shop;
  let admin: ServiceUser;
  beforeAll(async () => {
    opened = await openStorage();
    shop = await openShop({ opened });
    admin = await shop.service();
    await shop.storage.vtexSettings.change('acme', (current) => {
      if (!current) throw new Error('the demo data have settings');
      return { ...current, impersonateInstalled: true };
    });
  });
  afterAll(() => shop.close());

  const isNamedIn = (content: Buffer): string[] =>
    NAMES.filter((name) => content.includes(name, 0, 'utf8') || content.includes(name, 0, 'utf16le'));

  /** Signs up and leaves data in every feature: a guest session that becomes theirs, and one more device. */
  async function person(): Promise<{ id: string; devices: CustomerUser[] }> {
    const guest = await shop.visitor();
    const { body } = await guest
      .post('/customer/acme/signup', { email: EMAIL, password: PASSWORD })
      .expect(201);
    await guest.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    await guest
      .post('/session-context/acme/me/context/attributes', { key: 'note', value: 'his hat is green' })
      .expect((r) => expect(r.status).toBeLessThan(300));
    const first = await guest.logIn(EMAIL, PASSWORD);
    const second = await (await shop.visitor()).logIn(EMAIL, PASSWORD);
    const { body: me } = await first.get('/customer/acme/me').expect(200);
    await first
      .patch('/customer/acme/me', { firstName: 'Zebulon', metadata: { version: me.metadata.version } })
      .expect(200);
    for (let i = 0; i < 5; i += 1) await first.post('/customer/acme/me/addresses', ADDRESS).expect(201);
    await second
      .post('/cart/acme/carts', {
        siteCode: 'main',
        currency: 'EUR',
        type: 'wishlist',
        mixins: { note: { text: 'wants a taller hat' } },
      })
      .expect(201);
    await (await shop.visitor()).post('/customer/acme/password/reset', { email: EMAIL }).expect(204);
    await vi.waitFor(async () => expect(await mailsTo(shop, EMAIL)).toHaveLength(1));
    const employee = new Device(shop.url);
    employee.cookies.set('VtexIdclientAutCookie', admin.accessToken ?? '');
    await employee.begin().expect(201);
    await employee
      .change({
        'vtex-impersonated-customer-email': EMAIL,
        'vtex-impersonation-reason': 'wants a taller hat',
      })
      .expect(200);
    const companies = '/customer-management/acme';
    await admin.put(`${companies}/legal-entities/hatter`, { name: 'Hats', type: 'COMPANY' });
    await admin
      .post(`${companies}/contact-assignments`, {
        legalEntity: { id: 'hatter' },
        customer: { id: body.id },
        mixins: { note: { text: 'Zebulon' } },
      })
      .expect(201);
    return { id: body.id, devices: [first, second] };
  }

  it('after an export of everything stored about them, as one object or line by line [P-72]', async () => {
    const { id, devices } = await person();
    const { body, headers } = await admin.get(`${CUSTOMERS}/${id}/export`).expect(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatchObject({
      customer: { id, email: EMAIL, firstName: 'Zebulon' },
      impersonations: [{ reason: 'wants a taller hat' }],
    });
    expect(JSON.stringify(body.sessions)).toContain('"history":[{');
    expect(body.customer.addresses).toHaveLength(5);
    expect(body.sessions.map((one: { sessionId: string }) => one.sessionId).toSorted()).toEqual(
      devices.map(({ sessionId }) => sessionId).toSorted(),
    );
    expect(body.carts).toHaveLength(2);
    expect(body.mails).toMatchObject([{ kind: 'password-reset' }]);
    expect(isNamedIn(Buffer.from(JSON.stringify(body)))).toEqual(isNamedIn(Buffer.from(NAMES.join())));
    expect(JSON.stringify(body)).not.toMatch(/argon2|hash|secret/i);
    const lines = await admin
      .get(`${CUSTOMERS}/${id}/export`)
      .set('accept', 'application/x-ndjson')
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => done(null, text));
      });
    expect(lines.headers['content-type']).toContain('application/x-ndjson');
    const records = String(lines.body)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ kind }) => kind).filter((kind) => kind !== 'auditLine')).toEqual([
      'customer',
      'session',
      'session',
      'cart',
      'cart',
      'mail',
      'contactAssignment',
      'impersonation',
    ]);
    const audited = records.filter(({ kind }) => kind === 'auditLine').map(({ data }) => data);
    expect(audited).toContainEqual(
      expect.objectContaining({ action: 'customer.export', by: 'service', result: 'ok' }),
    );
    expect(JSON.stringify(audited), 'the employee is left out').not.toContain('acme-backend');
  });

  it('on every device and on disk, and what was erased is counted [P-72]', async () => {
    const { id, devices } = await personOf();
    expect(isNamedIn(await opened.content())).not.toEqual([]);
    const { body } = await admin.delete(`${CUSTOMERS}/${id}`).expect(200);
    expect(body).toEqual({
      erased: {
        customers: 1,
        addresses: 5,
        sessions: 3,
        carts: 2,
        mails: 1,
        history: 7,
        auditAnonymised: 4,
        contactAssignments: 1,
      },
    });
    for (const device of devices) await device.get('/customer/acme/me').expect(401);
    await (
      await shop.visitor()
    )
      .post('/customer/acme/login', { email: EMAIL, password: PASSWORD })
      .expect(401);
    expect(isNamedIn(await opened.content())).toEqual([]);
    const { body: lines } = await admin.get('/admin/acme/impersonations').expect(200);
    expect(lines).toMatchObject([{ customerId: 'erased', reason: 'erased' }]);
    const { body: gone } = await admin.delete(`${CUSTOMERS}/${id}`).expect(404);
    expect(gone).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: `Customer ${id} not found.`,
    });
    await admin
      .get(`${CUSTOMERS}/${id}/export`)
      .expect(404)
      .expect('content-type', /^application\/problem\+json/);
  });

  it('in a browser that shops elsewhere with their login as a cookie [P-72, X-42]', async () => {
    const { id, devices } = await person();
    const browser = new Device(shop.url);
    browser.cookies.set('VtexIdclientAutCookie_acme', devices[0]?.accessToken ?? '');
    const { body: begun } = await browser.begin(undefined, '?items=*').expect(201);
    expect(begun.namespaces.profile).toMatchObject({ firstName: { value: 'Zebulon' } });
    const { body: exported } = await admin.get(`${CUSTOMERS}/${id}/export`).expect(200);
    expect(exported.sessions.map((one: { sessionId: string }) => one.sessionId)).toContain(begun.id);
    const { body } = await admin.delete(`${CUSTOMERS}/${id}`).expect(200);
    expect(body.erased).toMatchObject({ sessions: 4 });
    expect(isNamedIn(await opened.content())).toEqual([]);
    await admin.get(`/admin/acme/sessions/${begun.id}`).expect(404);
  });

  it('and may come back as somebody new', async () => {
    const guest = await shop.visitor();
    await guest.post('/customer/acme/signup', { email: EMAIL, password: PASSWORD }).expect(201);
    const customer = await guest.logIn(EMAIL, PASSWORD);
    const { body } = await customer.get('/customer/acme/me').expect(200);
    expect(body).not.toHaveProperty('firstName');
    await admin.delete(`${CUSTOMERS}/${body.id}`).expect(200);
  });

  it('in the end even if the service stops half-way [P-72]', async () => {
    const { id, devices } = await person();
    const fails = vi
      .spyOn(shop.storage.carts, 'remove')
      .mockRejectedValueOnce(new Error('the plug was pulled'));
    await admin.delete(`${CUSTOMERS}/${id}`).expect(500);
    fails.mockRestore();
    await (
      await shop.visitor()
    )
      .post('/customer/acme/login', { email: EMAIL, password: PASSWORD })
      .expect(401);
    await shop.app.get(Sweeps).run();
    for (const device of devices) await device.get('/customer/acme/me').expect(401);
    expect(isNamedIn(await opened.content())).toEqual([]);
    await admin.delete(`${CUSTOMERS}/${id}`).expect(404);
  });

  it('without leaving a session that a login made at the same moment [P-72]', async () => {
    const { id } = await person();
    await admin.delete(`${CUSTOMERS}/${id}`).expect(200);
    const late = await shop.visitor();
    const now = shop.clock.now();
    await shop.storage.sessions.change({ tenant: 'acme', sessionId: late.sessionId }, now, (session) => ({
      next: { ...session, kind: 'customer', customerId: id },
      result: undefined,
    }));
    shop.clock.advanceSeconds(61);
    await shop.app.get(Sweeps).run();
    expect(await shop.storage.sessions.idsOfCustomer('acme', id)).toEqual([]);
    expect(await shop.storage.erasures.find('acme', id)).toBeUndefined();
  });

  it('only by an administrator of the tenant [P-72]', async () => {
    const { id } = await person();
    const other = await shop.service('globex-backend');
    const { body } = await other.delete(`${CUSTOMERS}/${id}`).expect(403);
    expect(body).toMatchObject({ title: 'Forbidden', status: 403 });
    await other.delete(`/admin/globex/customers/${id}`).expect(404);
    await (await shop.visitor()).delete(`${CUSTOMERS}/${id}`).expect(403);
    for (const path of [`${CUSTOMERS}/${id}`, `${CUSTOMERS}/${id}/sessions`]) {
      const { body: wrong } = await admin.delete(path).set('x-reason', 'x'.repeat(501)).expect(400);
      expect(wrong.errors).toMatchObject([{ field: 'X-Reason' }]);
    }
    const nobody = await shop.http.get(`${CUSTOMERS}/${id}/export`).expect(401);
    expect(nobody.headers['www-authenticate']).toMatch(/^Bearer/);
    await admin.delete(`${CUSTOMERS}/${id}`).expect(200);
  });

  it('or only logged out everywhere by an administrator, and stays a customer [P-15]', async () => {
    const { id, devices } = await person();
    const { body } = await admin.delete(`${CUSTOMERS}/${id}/sessions`).expect(200);
    expect(body).toEqual({ ended: 2 });
    for (const device of devices) {
      await device.get('/customer/acme/me').expect(401);
      await device.refresh().expect(401);
    }
    await (await shop.visitor()).logIn(EMAIL, PASSWORD);
    await admin.delete(`${CUSTOMERS}/nobody/sessions`).expect(404);
    await admin.delete(`${CUSTOMERS}/${id}`).expect(200);
  });

  /** The person of the first test. */
  async function personOf(): Promise<{ id: string; devices: CustomerUser[] }> {
    const device = await (await shop.visitor()).logIn(EMAIL, PASSWORD);
    const { body } = await device.get('/customer/acme/me').expect(200);
    await device.logOut();
    return { id: body.id, devices: [device] };
  }
});
