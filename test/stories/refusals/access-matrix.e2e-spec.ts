import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaredRoutes, type Route } from '../../../src/routes/index.js';
import { allOperations, type Operation, pathOf } from '../../support/access/operations.js';
import { bodyFor, makeThings, type Things } from '../../support/access/things.js';
import { HttpUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const PERSON = { email: 'matrix@acme.test', password: 'matrix-Password-2026' };
/** Somebody else: what is admitted is executed, and may end all sessions of its caller. */
const ADMITTED = { ...PERSON, email: 'admitted@acme.test' };

/** Tokens that are valid for no route, whatever it declares. */
type Worthless = Readonly<Record<string, string | undefined>>;

/** Valid tokens, by what a route may require. */
interface Good {
  readonly anonymous: string;
  readonly customer: string;
  /** Every scope that exists. */
  readonly service: string;
  /** No scope except `site.site_read`. */
  readonly reader: string;
  readonly operator: string;
}

const operations = allOperations();

describe('A route', () => {
  let shop: Shop;
  let routes: ReadonlyMap<string, Route>;
  let things: Things;
  let worthless: Worthless;
  let ofEnded: readonly string[];
  let foreign: Worthless;
  let good: Good;

  const customerOf = async (tenant: string, client?: string, person = PERSON) => {
    const visitor = await shop.visitor({ tenant, ...(client !== undefined && { client }) });
    return visitor.logIn(person.email, person.password);
  };

  beforeAll(async () => {
    shop = await openShop();
    routes = new Map(declaredRoutes(shop.app).map((route) => [`${route.method} ${route.template}`, route]));
    const admin = () => shop.service();
    for (const tenant of ['acme', 'globex']) {
      await (await shop.visitor({ tenant })).post(`/customer/${tenant}/signup`, PERSON).expect(201);
    }
    await (await shop.visitor()).post('/customer/acme/signup', ADMITTED).expect(201);
    const late = {
      anonymous: (await shop.visitor()).accessToken,
      service: (await admin()).accessToken,
    };
    shop.clock.advanceSeconds(14_400);

    const customer = await customerOf('acme');
    things = await makeThings(customer, await shop.visitor(), await admin());

    const loggedOut = await customerOf('acme');
    await loggedOut.logOut().expect(204);
    const { accessToken: beforeLogin = '', ...visitor } = await shop.visitor();
    await new HttpUser(shop.url, beforeLogin).post('/customer/acme/login', PERSON).expect(200);

    const off = { clientId: 'matrix-off', kind: 'storefront' };
    const offBackend = { clientId: 'matrix-off-backend', kind: 'backend', scopes: ['site.site_read'] };
    await (await admin()).post('/admin/acme/clients', off).expect(201);
    const { body } = await (await admin()).post('/admin/acme/clients', offBackend).expect(201);
    const switchedOff = {
      anonymous: (await shop.visitor({ client: off.clientId })).accessToken,
      customer: (await customerOf('acme', off.clientId)).accessToken,
      service: (await shop.service(offBackend.clientId, body.secret)).accessToken,
    };
    for (const { clientId } of [off, offBackend]) {
      await (
        await admin()
      )
        .patch(`/admin/acme/clients/${clientId}`, { enabled: false, metadata: { version: 1 } })
        .expect(200);
    }

    const begun = await shop.http.post('/api/sessions?an=acme', {}).expect(201);
    worthless = {
      'no token': undefined,
      'an empty token': '',
      'a token of nobody': 'nonsense',
      'an anonymous token that expired': late.anonymous,
      'a service token that expired': late.service,
      'an anonymous token whose client is switched off': switchedOff.anonymous,
      'a customer’s token whose client is switched off': switchedOff.customer,
      'a service token whose client is switched off': switchedOff.service,
      'a saas token': customer.saasToken,
      'a refresh token of a customer': customer.refreshToken,
      'a refresh token of a visitor': visitor.refreshToken,
      'a session token of the VTEX dialect': begun.body.sessionToken,
      'a segment token': begun.body.segmentToken,
    };
    ofEnded = [loggedOut.accessToken ?? '', beforeLogin];
    foreign = {
      'an anonymous token': (await shop.visitor({ tenant: 'globex' })).accessToken,
      'a customer’s token': (await customerOf('globex')).accessToken,
      'a service token': (await shop.service('globex-backend')).accessToken,
    };
    good = {
      anonymous: (await shop.visitor()).accessToken ?? '',
      customer: customer.accessToken ?? '',
      service: (await admin()).accessToken ?? '',
      reader: (await shop.service('acme-readonly')).accessToken ?? '',
      operator: (await shop.operator()).accessToken ?? '',
    };
  });
  afterAll(() => shop.close());

  const ask = async (
    token: string | undefined,
    operation: Operation,
    ids: Things = things,
  ): Promise<Response> =>
    new HttpUser(shop.url, token)[operation.method](pathOf(operation, ids), bodyFor(operation, ids));

  const routeOf = ({ label }: Operation): Route => {
    const route = routes.get(label);
    if (!route) throw new Error(`${label} is described, but no route`);
    return route;
  };

  const asksForBearer = operations.filter(({ label }) => !WITHOUT_BEARER.has(label));

  it('is in this test if it requires a bearer token, and in the list of others if not', () => {
    const open = [...routes].filter(([, { access }]) => access.length === 0).map(([label]) => label);
    expect(new Set(open)).toEqual(WITHOUT_BEARER);
    expect(operations.map(({ label }) => label).toSorted()).toEqual([...routes.keys()].toSorted());
  });

  it.each(asksForBearer)(
    'refuses what is not a token for it: $label [P-17, P-18, P-24, P-30, P-32, X-22]',
    async (operation) => {
      const { access } = routeOf(operation);
      for (const [what, token] of Object.entries(worthless)) {
        const { status, headers } = await ask(token, operation);
        expect(status, what).toBe(401);
        expect(headers['www-authenticate'], what).toMatch(/^Bearer/);
      }
      for (const token of access.includes('unexpired-shopper') ? [] : ofEnded) {
        expect((await ask(token, operation)).status, 'a token whose session has ended').toBe(401);
      }
      for (const [what, token] of Object.entries(foreign)) {
        const { status, body } = await ask(token, operation);
        expect(status, `${what} of another tenant`).toBe(403);
        const missing = Object.fromEntries(Object.keys(things).map((id) => [id, 'missing']));
        const nothing = await ask(token, operation, { ...missing, tenant: 'acme' });
        expect({ status: nothing.status, body: nothing.body }).toEqual({ status, body });
      }
      const { anonymous, customer, service, reader } = good;
      const shoppers = access.includes('unexpired-shopper');
      if (!access.includes('anonymous') && !shoppers)
        await refused(anonymous, operation, 'an anonymous token');
      if (!access.includes('customer') && !shoppers) await refused(customer, operation, 'a customer’s token');
      const scopes = access.filter((one) => one.startsWith('scope:'));
      const services = access.includes('service');
      if (scopes.length === 0 && !services) await refused(service, operation, 'a service token');
      if (!scopes.includes('scope:site.site_read') && !services)
        await refused(reader, operation, 'a service token');
      if (!access.includes('operator'))
        expect((await ask(good.operator, operation)).status, 'the operator').toBe(403);
    },
  );

  const refused = async (token: string, operation: Operation, what: string): Promise<void> => {
    const { status, headers } = await ask(token, operation);
    expect(status, what).toBe(403);
    const needsScopeOnly = routeOf(operation).access.every((one) => one.startsWith('scope:'));
    if (needsScopeOnly) expect(headers['www-authenticate']).toContain('error="insufficient_scope"');
  };

  it.each(asksForBearer)('admits what it declares: $label [P-32]', async (operation) => {
    const { access } = routeOf(operation);
    const isForShoppers = access.includes('unexpired-shopper');
    const admitted = [
      ...(access.includes('anonymous') || isForShoppers ? [(await shop.visitor()).accessToken] : []),
      ...(access.includes('customer') || isForShoppers
        ? [(await customerOf('acme', undefined, ADMITTED)).accessToken]
        : []),
      ...(access.includes('operator') ? [good.operator] : []),
      ...(access.some((one) => one === 'service' || one.startsWith('scope:'))
        ? [(await shop.service()).accessToken]
        : []),
    ];
    expect(admitted).not.toEqual([]);
    for (const token of admitted) {
      const { status } = await ask(token, operation, { tenant: 'acme' });
      if (status === 401) expect(BY_QUERY_TOO).toContain(operation.label);
      if (status === 403) expect(ANSWERS_403).toContain(operation.label);
      expect(status).toBeLessThan(500);
    }
  });

  it('is not executed for refused callers: nothing that they asked for has changed', async () => {
    const owner = new HttpUser(shop.url, good.customer);
    const { body: cart } = await owner.get(`/cart/acme/carts/${things.cartId}`).expect(200);
    expect(cart.items).toHaveLength(1);
    await owner.get(`/customer/acme/me/addresses/${things.addressId}`).expect(200);
    const employee = new HttpUser(shop.url, good.service);
    for (const path of [`/site/acme/sites/${things.siteCode}`, `/admin/acme/clients/${things.clientId}`]) {
      await employee.get(path).expect(200);
    }
    await employee.get(`/session-context/acme/context/${things.sessionId}`).expect(200);
  });
});

/** Routes that require no bearer token. Other stories test what they require instead. */
const WITHOUT_BEARER = new Set([
  'GET /',
  'GET /.well-known/jwks.json',
  'GET /.well-known/oauth-authorization-server',
  'GET /.well-known/ucp',
  'GET /api/segments',
  'GET /api/segments/{segmentToken}',
  'GET /api/sessions',
  'GET /customerlogin/auth/anonymous/login',
  'GET /customerlogin/auth/anonymous/refresh',
  'GET /handover/page.css',
  'GET /handover/page.js',
  'GET /handover/{tenant}',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
  'GET /welcome.css',
  'PATCH /api/sessions',
  'POST /api/sessions',
  'POST /api/sessions/{sessionToken}',
  'POST /console/sign-in',
  'POST /api/vtexid/credential/validate',
  'POST /handover/{tenant}/open',
  'POST /handover/{tenant}/preview',
  'POST /oauth/introspect',
  'POST /oauth/revoke',
  'POST /oauth/token',
  'POST /session-context/{tenant}/handover/redeem',
]);

/** These require a second token in the query, which this test does not have. */
const BY_QUERY_TOO = ['GET /customer/{tenant}/logout', 'GET /customer/{tenant}/refreshauthtoken'];

/** Rights that the guard can't check, such as access to somebody else's session. */
const ANSWERS_403: readonly string[] = [];
