import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const mine = '/session-context/acme/me/context';

describe('An employee looks after a shopper’s session', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let shopper: Visitor;
  let byId: string;

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service(
      'acme-backend',
      'acme-backend-secret',
      'tenant=acme session_context.context_manage',
    );
    shopper = await shop.visitor();
    byId = `/session-context/acme/context/${shopper.sessionId}`;
    await shopper.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
  });
  afterAll(() => shop.close());

  it('reads the same document by id as the shopper by token [E-06, E-39, E-42, W-23]', async () => {
    const { body: own } = await shopper.get(mine).expect(200);
    const { body } = await staff.get(byId).expect(200);
    expect(body).toEqual(own);
  });

  it('needs the scope, in either spelling [E-43, E-44, D-06, D-23, C-05, P-13]', async () => {
    const spelled = await shop.service(
      'acme-backend',
      'acme-backend-secret',
      'sessioncontext.context_manage',
    );
    await spelled.get(byId).expect(200);
    const readonly = await shop.service('acme-readonly', 'acme-readonly-secret');
    const { body } = await readonly.get(byId).expect(403);
    expect(body).toMatchObject({ code: 403, details: ['missing scope: session_context.context_manage'] });
    await shop.http.get(byId).expect(401);
    await shopper.get(byId).expect(403);
  });

  it('gets 404 for a session that does not exist [W-25]', async () => {
    const unknown = '62528895-b561-4518-bfdc-2cbf52a07845';
    const { body } = await staff.get(`/session-context/acme/context/${unknown}`).expect(404);
    expect(body).toEqual({ sessionId: unknown, code: 404, message: 'Session not found' });
  });

  it('replaces what the body names and keeps what it leaves out [W-26, D-11]', async () => {
    await staff.post(`${byId}/attributes`, { key: 'kept', value: 'no' }).expect(204);
    const { body: before } = await staff.get(byId).expect(200);
    const { version } = before.metadata;
    await staff.put(byId, { currency: 'USD', context: { vip: 'yes' }, metadata: { version } }).expect(204);
    const { body: after } = await shopper.get(mine).expect(200);
    const metadata = { ...before.metadata, version: version + 1 };
    expect(after).toEqual({ ...before, currency: 'USD', context: { vip: 'yes' }, metadata });
  });

  it('is told of a conflict, and nothing changes [W-27, D-08]', async () => {
    const { body: before } = await staff.get(byId).expect(200);
    const { body } = await staff.put(byId, { currency: 'GBP', metadata: { version: 1 } }).expect(409);
    expect(body).toMatchObject({ code: 409, metadata: { version: before.metadata.version } });
    expect((await staff.get(byId)).body).toEqual(before);
  });

  it('must name the version that was read [W-28]', async () => {
    const { body } = await staff.put(byId, { currency: 'GBP' }).expect(400);
    expect(body.message).toContain('metadata');
  });

  it('changes what the shopper sees at their next read [E-52]', async () => {
    await staff.post(`${byId}/attributes`, { key: 'offer', value: { percent: 10 } }).expect(204);
    const { body } = await shopper.get(mine).expect(200);
    expect(body.context.offer).toEqual({ percent: 10 });
  });

  it('makes a context under an id of its own choice with upsert, and not without [W-29, D-09]', async () => {
    const other = '/session-context/acme/context/kiosk-17';
    const body = { currency: 'GBP', context: { kiosk: '17' }, metadata: { version: 0 } };
    await staff.put(other, body).expect(404);
    await staff.put(`${other}?upsert=false`, body).expect(404);
    await staff.put(`${other}?upsert=true`, body).expect(204);
    const { body: made } = await staff.get(other).expect(200);
    expect(made).toMatchObject({
      sessionId: 'kiosk-17',
      siteCode: 'main',
      currency: 'GBP',
      targetLocation: 'DE',
    });
    expect(made).toMatchObject({ context: { kiosk: '17' }, metadata: { version: 1 } });
  });

  it('gives a session without a cart its context with upsert [W-29]', async () => {
    const looking = await shop.visitor();
    const path = `/session-context/acme/context/${looking.sessionId}?upsert=true`;
    await staff.put(path, { targetLocation: 'FR', metadata: { version: 0 } }).expect(204);
    const { body } = await looking.get(mine).expect(200);
    expect(body).toMatchObject({ targetLocation: 'FR', currency: 'EUR', metadata: { version: 1 } });
  });

  it("can't choose a malformed id", async () => {
    const path = `/session-context/acme/context/${'x'.repeat(200)}?upsert=true`;
    await staff.put(path, { metadata: { version: 0 } }).expect(400);
  });

  it('stays within their own tenant, whatever the path or the header says [W-41, C-12, P-30]', async () => {
    await staff.get('/session-context/Acme/context/x').expect(400);
    await staff.get('/session-context/ac/context/x').expect(400);
    await staff.get(`/session-context/globex/context/${shopper.sessionId}`).expect(403);
    await staff.get(byId).set('Emporix-Tenant', 'globex').expect(403);
    await staff.get(byId).set('Emporix-Tenant', 'acme').expect(200);
    const others = await shop.service('globex-backend', 'globex-backend-secret');
    await others.get(byId).expect(403);
    await others.get(`/session-context/globex/context/${shopper.sessionId}`).expect(404);
  });
});

describe('An employee changes the session of a logged-in customer', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let ben: CustomerUser;
  let byId: string;
  const change = { language: 'fr', metadata: { version: 1 } };

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
    ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    byId = `/session-context/acme/context/${ben.sessionId}`;
    await ben.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
  });
  afterAll(() => shop.close());

  it('needs the saas-token of that customer [W-30, D-10, P-36]', async () => {
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    await staff.put(byId, change).expect(403);
    await staff.put(byId, change).set('saas-token', 'nonsense').expect(403);
    await staff.put(byId, change).set('saas-token', `${ben.accessToken}`).expect(403);
    await staff.put(byId, change).set('saas-token', anna.saasToken).expect(403);
    await staff
      .put(byId, { ...change, customerId: 'somebody' })
      .set('saas-token', ben.saasToken)
      .expect(403);
    await staff.put(byId, change).set('saas-token', ben.saasToken).expect(204);
    expect((await ben.get(mine)).body.language).toBe('fr');
  });

  it('needs none for attributes, which have no version [W-31, W-32]', async () => {
    await staff.post(`${byId}/attributes`, { key: 'note', value: 'called' }).expect(204);
    await staff.delete(`${byId}/attributes/note`).expect(204);
    expect((await ben.get(mine)).body.context).toEqual({});
  });
});
