import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptIdOf } from '../../../src/idempotency/idempotency.service.js';
import { declaredRoutes } from '../../../src/routes/index.js';
import { allOperations, type Operation, pathOf } from '../../support/access/operations.js';
import { bodyFor, makeThings, type Things } from '../../support/access/things.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { aNewTenant } from '../../support/people/new-tenant.js';
import { openShop, type Shop } from '../../support/shop.js';

const CLIENT = 'acme-backend';

describe('A change that is sent again with its Idempotency-Key', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let keys = 0;
  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  const newKey = () => `key-${(keys += 1)}-of-the-story`;
  const person = async () => {
    const visitor = await shop.visitor();
    const account = { email: `again-${(keys += 1)}@acme.test`, password: 'again-Password-2026' };
    const { body } = await visitor.post('/customer/acme/signup', account).expect(201);
    await visitor.logIn(account.email, account.password);
    return { id: String(body.id), ...account };
  };
  const logIn = async ({ email, password }: { email: string; password: string }) =>
    (await shop.visitor()).logIn(email, password);

  it('gets the first answer again, and happens once', async () => {
    const anna = await person();
    const path = `/admin/acme/customers/${anna.id}/sessions`;
    const key = newKey();
    const first = await staff.delete(path).set('Idempotency-Key', `"${key}"`).expect(200);
    expect(first.body).toEqual({ ended: 1 });
    const later = await logIn(anna);
    const second = await staff.delete(path).set('Idempotency-Key', key).expect(200);
    expect(second.body).toEqual(first.body);
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    await later.get('/customer/acme/me').expect(200);
    await staff.delete(path).expect(200, { ended: 1 });
  });

  it('is told apart in the audit log', async () => {
    const { body } = await staff.get('/admin/acme/audit?action=customer.end-sessions&limit=3').expect(200);
    expect(body.items.map(({ result }: { result: string }) => result)).toEqual(['ok', 'repeated', 'ok']);
  });

  it('gets its answer on another instance as well', async () => {
    const anna = await person();
    const key = newKey();
    const other = await shop.secondInstance();
    try {
      await staff.delete(`/admin/acme/customers/${anna.id}`).set('Idempotency-Key', key).expect(200);
      await staff.delete(`/admin/acme/customers/${anna.id}`).expect(404);
      const again = await other
        .as(staff.accessToken ?? '')
        .delete(`/admin/acme/customers/${anna.id}`)
        .set('Idempotency-Key', key);
      expect(again.status).toBe(200);
      expect(again.body.erased.customers).toBe(1);
    } finally {
      await other.app.close();
    }
  });

  it('is not repeated for a request whose reason is wrong', async () => {
    const anna = await person();
    const key = newKey();
    const path = `/admin/acme/customers/${anna.id}/sessions`;
    await staff.delete(path).set('Idempotency-Key', key).expect(200);
    await staff.delete(path).set('Idempotency-Key', key).set('X-Reason', 'x'.repeat(501)).expect(400);
  });

  it('creates a tenant once, for the operator', async () => {
    const key = newKey();
    const operator = await shop.operator();
    const create = (name: string) =>
      operator.post('/admin/tenants', aNewTenant(name)).set('Idempotency-Key', key);
    const first = await create('onceonly').expect(201);
    const second = await create('onceonly').expect(201);
    expect(second.body).toEqual(first.body);
    expect(second.headers['location']).toBe('/admin/tenants/onceonly');
    expect(second.headers['idempotency-replayed']).toBe('true');
    await create('another').expect(422);
    await operator.post('/admin/tenants', aNewTenant('onceonly')).expect(409);
  });

  it('happens once, however many are sent at once', async () => {
    const anna = await person();
    const key = newKey();
    const path = `/admin/acme/customers/${anna.id}`;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => staff.delete(path).set('Idempotency-Key', key)),
    );
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].filter((status) => status !== 200 && status !== 409)).toEqual([]);
    const done = answers.filter(({ status }) => status === 200);
    expect(done.filter(({ headers }) => headers['idempotency-replayed'] === undefined)).toHaveLength(1);
  });

  it('is judged anew when the first one was refused for a reason that may pass', async () => {
    const anna = await person();
    const key = newKey();
    const path = `/admin/acme/customers/${anna.id}/sessions`;
    await staff.delete(path).set('Idempotency-Key', key).set('X-Reason', 'x'.repeat(501)).expect(400);
    await staff.delete(path).set('Idempotency-Key', key).expect(200, { ended: 1 });
  });

  it('gets a refusal again that would not pass', async () => {
    const key = newKey();
    await staff.delete('/admin/acme/customers/nobody').set('Idempotency-Key', key).expect(404);
    const { headers, body } = await staff
      .delete('/admin/acme/customers/nobody')
      .set('Idempotency-Key', key)
      .expect(404);
    expect(headers['idempotency-replayed']).toBe('true');
    expect(headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ status: 404 });
  });

  it('is for the client that sent it: another one has keys of its own', async () => {
    const anna = await person();
    const key = newKey();
    const path = `/admin/acme/customers/${anna.id}/sessions`;
    await staff.delete(path).set('Idempotency-Key', key).expect(200, { ended: 1 });
    const client = { clientId: 'second-desk', kind: 'backend', scopes: ['customer.customer_manage'] };
    const { body } = await staff.post('/admin/acme/clients', client).expect(201);
    const other = await shop.service(client.clientId, body.secret);
    await other.delete(path).set('Idempotency-Key', key).expect(200, { ended: 0 });
    await (await shop.service('acme-readonly')).delete(path).set('Idempotency-Key', key).expect(403);
  });

  it('needs a key that can be read', async () => {
    await staff.delete('/admin/acme/customers/nobody').set('Idempotency-Key', '""').expect(400);
    await staff
      .delete('/admin/acme/customers/nobody')
      .set('Idempotency-Key', 'x'.repeat(256))
      .expect(400)
      .expect('content-type', /problem\+json/);
  });

  it('is forgotten after 24 hours', async () => {
    const anna = await person();
    const key = newKey();
    const path = `/admin/acme/customers/${anna.id}/sessions`;
    await staff.delete(path).set('Idempotency-Key', key).expect(200, { ended: 1 });
    shop.clock.advanceSeconds(86_400);
    staff = await shop.service();
    await logIn(anna);
    await staff.delete(path).set('Idempotency-Key', key).expect(200, { ended: 1 });
  });

  describe('On every route that takes it,', () => {
    const operations = allOperations();
    let things: Things;
    let idempotent: readonly Operation[];
    beforeAll(async () => {
      const visitor = await shop.visitor();
      const owner = await visitor.logIn('ben@acme.test', 'demo-Ben-2026');
      things = await makeThings(owner, await shop.visitor(), staff);
      const routes = declaredRoutes(shop.app).filter((route) => route.idempotent);
      const labels = new Set(routes.map(({ method, template }) => `${method} ${template}`));
      idempotent = operations.filter(({ label }) => labels.has(label));
      expect(idempotent).toHaveLength(routes.length);
      expect(idempotent.length).toBeGreaterThan(1);
    });

    /** Sends a change with a key that another request has taken. */
    const sendTaken = async (operation: Operation, fingerprint: 'same' | 'other', key = newKey()) => {
      const isOperators = operation.path.startsWith('/admin/tenants');
      const [caller, tenant] = isOperators ? [await shop.operator(), '*'] : [staff, 'acme'];
      const clientId = isOperators ? 'operator' : CLIENT;
      const send = () => {
        const request = caller[operation.method](pathOf(operation, things), bodyFor(operation, things));
        return request.set('Idempotency-Key', key);
      };
      const now = shop.clock.now();
      const later = new Date(now.getTime() + 60_000);
      const kept = { tenant, id: keptIdOf({ tenant, clientId, key }), claim: 'other' };
      const { idempotency } = shop.storage;
      if (fingerprint === 'other') {
        await idempotency.take({ ...kept, fingerprint: 'x', claimedUntil: later, erasedAt: later }, now);
        return send();
      }
      // The request itself says what its fingerprint is.
      const take = idempotency.take.bind(idempotency);
      idempotency.take = async (asked, at) => {
        idempotency.take = take;
        await take({ ...asked, claim: 'other' }, at);
        return take(asked, at);
      };
      return send();
    };

    it('another request with the same key is refused', async () => {
      for (const operation of idempotent) {
        const { status, body } = await sendTaken(operation, 'other');
        // Agents are told by 409, as their protocol has it.
        expect(status, operation.label).toBe(operation.path.startsWith('/ucp/') ? 409 : 422);
        expect(JSON.stringify(body)).toContain('use a new key for each change');
      }
    });

    it('the same request has to wait while the first one is under way', async () => {
      for (const operation of idempotent) {
        const { status, headers } = await sendTaken(operation, 'same');
        expect(status, operation.label).toBe(409);
        expect(headers['retry-after']).toBe('1');
      }
    });
  });
});
