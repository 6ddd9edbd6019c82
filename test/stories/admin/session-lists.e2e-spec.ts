import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const ANNA = 'anna@acme.test';
const ON_MAIN = { siteCode: 'main', currency: 'EUR' };
const UMBRELLA = {
  itemYrn: 'urn:yaas:hybris:product:product:acme;umbrella',
  quantity: 2,
  price: { priceId: 'umbrella-eur', originalAmount: 19.9, effectiveAmount: 19.9, currency: 'EUR' },
};

describe('An employee of the support desk', () => {
  let shop: Shop;
  let support: ServiceUser;
  let looking: Visitor;
  let buying: Visitor;
  let pounds: Visitor;
  let anna: CustomerUser;
  let cartId: string;

  beforeAll(async () => {
    shop = await openShop();
    support = await shop.service('acme-support');
    const next = async <T>(made: Promise<T>): Promise<T> => {
      shop.clock.advanceSeconds(1);
      return made;
    };
    looking = await next(shop.visitor());
    buying = await next(shop.visitor());
    cartId = (await buying.post('/cart/acme/carts', ON_MAIN).expect(201)).body.cartId;
    await buying.post(`/cart/acme/carts/${cartId}/items`, UMBRELLA).expect(201);
    pounds = await next(shop.visitor({ currency: 'GBP' }));
    await pounds.post('/cart/acme/carts', { siteCode: 'main', currency: 'GBP' }).expect(201);
    anna = await (await next(shop.visitor())).logIn(ANNA, 'demo-Anna-2026');
  });
  afterAll(() => shop.close());

  const list = async (query: Record<string, string> = {}, path = 'sessions') => {
    const { body } = await support.get(`/admin/acme/${path}?${new URLSearchParams(query)}`).expect(200);
    return body as { items: Record<string, unknown>[]; next?: string };
  };
  const ids = async (query: Record<string, string> = {}, path = 'sessions') =>
    (await list(query, path)).items.map(({ sessionId }) => sessionId);

  it('lists the sessions of the tenant, the newest first, each with what it is about', async () => {
    const { items, next } = await list();
    expect(items.map(({ sessionId }) => sessionId)).toEqual(
      [anna, pounds, buying, looking].map(({ sessionId }) => sessionId),
    );
    expect(next).toBeUndefined();
    const times = { createdAt: expect.any(String), lastUsedAt: expect.any(String) };
    const common = { state: 'alive', clientId: 'acme-storefront', ...times };
    const { customerId } = items[0] ?? {};
    expect(items[0]).toEqual({
      ...common,
      sessionId: anna.sessionId,
      kind: 'customer',
      customerId,
      email: ANNA,
      hasContext: false,
    });
    expect(items[2]).toEqual({
      ...common,
      sessionId: buying.sessionId,
      kind: 'anonymous',
      endsAt: expect.any(String),
      siteCode: 'main',
      currency: 'EUR',
      targetLocation: 'DE',
      language: 'en',
      cartId,
      hasContext: true,
      version: 1,
    });
    expect(items[3]).toEqual({
      ...common,
      sessionId: looking.sessionId,
      kind: 'anonymous',
      endsAt: expect.any(String),
      hasContext: false,
    });
  });

  it('finds sessions by each filter, and by several at once', async () => {
    const { items } = await list({ email: ANNA });
    const customerId = String(items[0]?.customerId);
    const createdAt = String((await list({ cartId })).items[0]?.createdAt);
    const found: [Record<string, string>, readonly { sessionId: string }[]][] = [
      [{ kind: 'customer' }, [anna]],
      [{ kind: 'anonymous', currency: 'GBP' }, [pounds]],
      [{ siteCode: 'main' }, [pounds, buying]],
      [{ targetLocation: 'DE', currency: 'EUR' }, [buying]],
      [{ clientId: 'acme-storefront' }, [anna, pounds, buying, looking]],
      [{ clientId: 'nobody' }, []],
      [{ email: ' Anna@ACME.test ' }, [anna]],
      [{ email: 'nobody@acme.test' }, []],
      [{ customerId }, [anna]],
      [{ customerId, email: 'ben@acme.test' }, []],
      [{ customerId, kind: 'anonymous' }, []],
      [{ cartId, currency: 'GBP' }, []],
      [{ state: 'dormant' }, []],
      [{ createdAfter: createdAt }, [anna, pounds, buying]],
      [{ createdBefore: createdAt }, [looking]],
      [{ createdAfter: '2100-01-01' }, []],
    ];
    for (const [query, users] of found) {
      expect(await ids(query), JSON.stringify(query)).toEqual(users.map(({ sessionId }) => sessionId));
    }
    expect(await ids({}, `customers/${customerId}/sessions`)).toEqual([anna.sessionId]);
    expect(await ids({ currency: 'EUR' }, `customers/${customerId}/sessions`)).toEqual([]);
    await support.get('/admin/acme/customers/nobody/sessions').expect(404);
  });

  it('goes from page to page, and misses nothing when sessions begin and end meanwhile', async () => {
    const first = await list({ limit: '2' });
    const late = await shop.visitor();
    const second = await list({ limit: '2', cursor: first.next ?? '' });
    expect(second.items.map(({ sessionId }) => sessionId)).toEqual([buying.sessionId, looking.sessionId]);
    expect(second.next).toBeUndefined();
    const { id: wrong } = { id: Buffer.from('[1e300,"x"]').toString('base64url') };
    for (const cursor of ['nonsense', wrong])
      await support.get(`/admin/acme/sessions?cursor=${cursor}`).expect(400);
    await shop.storage.sessions.remove({ tenant: 'acme', sessionId: late.sessionId });
  });

  it('is told about a filter that does not exist or makes no sense, as a problem (RFC 9457)', async () => {
    for (const query of ['curency=EUR', 'kind=robot', 'createdAfter=yesterday', 'limit=201', 'by=kind']) {
      const { body, headers } = await support.get(`/admin/acme/sessions?${query}`).expect(400);
      expect(headers['content-type']).toMatch('application/problem+json');
      expect(body).toMatchObject({ status: 400, errors: [{ field: query.split('=')[0] }] });
    }
    await support.get('/admin/acme/sessions/count?by=kind,color').expect(400);
    await support.get('/admin/acme/segments?limit=0').expect(400);
  });

  it('reads one session: context, sources, segment and cart, and no cache keeps it', async () => {
    const { body, headers } = await support.get(`/admin/acme/sessions/${buying.sessionId}`).expect(200);
    expect(headers['cache-control']).toBe('no-store');
    const own = await buying.get('/session-context/acme/me/context').expect(200);
    expect(body.context).toEqual(own.body);
    expect(body).toMatchObject({
      kind: 'anonymous',
      cartId,
      cart: {
        id: cartId,
        site: 'main',
        currency: 'EUR',
        total: 39.8,
        items: [{ id: '0', itemYrn: UMBRELLA.itemYrn, quantity: 2, total: 39.8 }],
      },
    });
    expect(body.explain.values).toContainEqual(
      expect.objectContaining({ name: 'store.currencyCode', contextName: 'currency', value: 'EUR' }),
    );
    const { body: bare } = await support.get(`/admin/acme/sessions/${looking.sessionId}`).expect(200);
    expect(bare).not.toHaveProperty('context');
    expect(bare).not.toHaveProperty('cart');
    const { body: missing } = await support.get('/admin/acme/sessions/nothing').expect(404);
    expect(missing).toMatchObject({ status: 404, title: 'Not Found' });
  });

  it('sees sessions by segment, the largest first, with the token that the VTEX dialect sends', async () => {
    const utm = { public: { utm_source: { value: 'letter' } } };
    const begun = await shop.http.post('/api/sessions?an=acme', utm).expect(201);
    const { segmentToken } = begun.body;
    shop.clock.advanceSeconds(60);
    const { body } = await support.get('/admin/acme/segments').expect(200);
    expect(body.total).toBe(body.items.length);
    const conditions = expect.objectContaining({
      utm_source: 'letter',
      channel: 'main',
      currencyCode: 'EUR',
    });
    expect(body.items).toContainEqual({ segmentToken, conditions, sessions: 1 });
    // `looking` and `buying` share the segment of those who chose nothing.
    expect(body.items[0]).toMatchObject({ sessions: 2, conditions: { utm_source: null } });
    expect(await ids({ segment: body.items[0].segmentToken })).toEqual([buying.sessionId, looking.sessionId]);
    const [inSegment] = await ids({ segment: segmentToken });
    const { body: one } = await support.get(`/admin/acme/sessions/${inSegment}`).expect(200);
    expect(one).toMatchObject({ segment: segmentToken, clientId: 'vtex_session' });
    // Without a context, the segment of a customer comes from the profile.
    const { body: annas } = await support.get(`/admin/acme/sessions/${anna.sessionId}`).expect(200);
    expect(await ids({ segment: annas.segment })).toEqual([anna.sessionId]);
    await shop.storage.sessions.remove({ tenant: 'acme', sessionId: String(inSegment) });
  });

  it('counts sessions by what they are, a few seconds late', async () => {
    shop.clock.advanceSeconds(60);
    const count = async (by: string) =>
      (await support.get(`/admin/acme/sessions/count?by=${by}`).expect(200)).body;
    const kinds = await count('kind');
    expect(kinds).toEqual({
      total: 4,
      counts: [
        { kind: 'anonymous', sessions: 3 },
        { kind: 'customer', sessions: 1 },
      ],
      asOf: shop.clock.now().toISOString(),
    });
    const { counts } = await count('siteCode,currency');
    expect(counts).toHaveLength(3);
    expect(counts[0]).toEqual({ sessions: 2 });
    expect(counts).toContainEqual({ siteCode: 'main', currency: 'GBP', sessions: 1 });
    const bySegment = await count('segment');
    expect(bySegment.counts).toContainEqual({ sessions: 1 });
    await shop.visitor();
    expect(await count('kind')).toEqual(kinds);
    shop.clock.advanceSeconds(60);
    expect((await count('kind')).total).toBe(5);
  });

  it('sees a session that its shopper left as dormant, and never one that has ended', async () => {
    shop.clock.advanceSeconds(3_600);
    support = await shop.service('acme-support');
    expect(await ids({ state: 'alive' })).toEqual([anna.sessionId]);
    expect(await ids({ state: 'dormant', currency: 'GBP' })).toEqual([pounds.sessionId]);
    const { body } = await support.get(`/admin/acme/sessions/${pounds.sessionId}`).expect(200);
    expect(body.state).toBe('dormant');
    await (await anna.refreshed()).logOut().expect(204);
    expect(await ids({ email: ANNA })).toEqual([]);
    shop.clock.advanceSeconds(86_400);
    support = await shop.service('acme-support');
    expect(await ids()).toEqual([]);
    await support.get(`/admin/acme/sessions/${pounds.sessionId}`).expect(404);
  });

  it('needs the scope, and sees nothing of another tenant', async () => {
    const reader = await shop.service('acme-readonly');
    for (const path of ['sessions', 'sessions/count', `sessions/${buying.sessionId}`, 'segments']) {
      await reader.get(`/admin/acme/${path}`).expect(403);
      await (await shop.service('globex-backend')).get(`/admin/acme/${path}`).expect(403);
    }
  });
});
