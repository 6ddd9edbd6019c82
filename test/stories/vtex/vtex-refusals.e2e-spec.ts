import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Response, Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import type { HttpUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { expectRefusal } from '../../support/records/refusals.js';
import { openShop, type Shop } from '../../support/shop.js';

/** Every way to reach a session. */
const WAYS = {
  begin: ['post', '/api/sessions'],
  change: ['patch', '/api/sessions'],
  'change by token': ['post', '/api/sessions/{sessionToken}'],
  read: ['get', '/api/sessions'],
  segment: ['get', '/api/segments'],
} as const;
type Way = keyof typeof WAYS;

const CHANGES: readonly Way[] = ['begin', 'change', 'change by token'];
/** The ways that accept a bearer token. */
const BY_BEARER: readonly Way[] = ['begin', 'change', 'read', 'segment'];

const BARE = { tenant: 'bare', client: 'bare-storefront' };
const BACKEND = { clientId: 'bare-backend', secret: 'bare-backend-secret' };

/** Writes the demo data plus a tenant that has no site yet. */
function withBareTenant(folder: string): string {
  const demo = JSON.parse(readFileSync('bootstrap/demo.json', 'utf8'));
  const clients = [
    { clientId: BARE.client, kind: 'storefront' },
    { ...BACKEND, kind: 'backend', scopes: ['session_context.context_manage', 'session.session_read'] },
  ];
  demo.tenants.push({ name: BARE.tenant, clients });
  const file = join(folder, 'bootstrap.json');
  writeFileSync(file, JSON.stringify(demo));
  return file;
}

describe('The VTEX dialect refuses', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-vtex-'));
  let shop: Shop;
  let sessionToken: string;

  const send = (way: Way, user: HttpUser, an = 'acme'): Test => {
    const [method, path] = WAYS[way];
    return user[method](`${path.replace('{sessionToken}', sessionToken)}?an=${an}`);
  };
  const refused = async (status: number, request: Test): Promise<Response> => {
    const response = await request;
    expectRefusal({ template: '/api' }, status, response);
    return response;
  };

  beforeAll(async () => {
    shop = await openShop({ env: { BOOTSTRAP_FILE: withBareTenant(folder) } });
    ({ sessionToken } = (await new Device(shop.url).begin().expect(201)).body);
  });
  afterAll(async () => {
    await shop.close();
    rmSync(folder, { recursive: true });
  });

  it.each(Object.keys(WAYS) as Way[])('an account that does not exist: %s [D-19]', async (way) => {
    const { body } = await refused(404, send(way, shop.http, 'nobody'));
    expect(body.message).toContain('there is no such account');
  });

  it.each(BY_BEARER)('a token of another account, or of a backend: %s [W-77, P-24]', async (way) => {
    for (const stranger of [await shop.visitor({ tenant: 'globex' }), await shop.service()]) {
      await refused(403, send(way, stranger));
    }
  });

  it.each(CHANGES)('a page of another origin: %s', async (way) => {
    const { body } = await refused(403, send(way, shop.http).set('origin', 'https://elsewhere.example'));
    expect(body.message).toContain('vtex.allowedOrigins');
  });

  it.each(CHANGES)('invalid values: %s [W-45]', async (way) => {
    for (const wrong of ['google', { utm_source: 'google' }, { utm_source: { Value: 'google' } }]) {
      const { body } = await refused(400, send(way, shop.http).send({ public: wrong }));
      expect(body.details).toMatchObject([{ field: expect.stringMatching(/^public/) }]);
    }
  });

  it('an invalid segment, both as a cookie and by its token', async () => {
    const device = new Device(shop.url);
    device.cookies.set('vtex_segment', 'nonsense');
    await refused(400, device.segment());
    await refused(400, shop.http.get('/api/segments/nonsense'));
  });

  describe('while the tenant has no site yet', () => {
    let guest: Visitor;
    let staff: ServiceUser;
    beforeAll(async () => {
      guest = await shop.visitor(BARE);
      staff = await shop.service(BACKEND.clientId, BACKEND.secret);
    });

    it.each(BY_BEARER)('%s', async (way) => {
      const { body } = await refused(409, send(way, guest, BARE.tenant));
      expect(body.message).toBe('The tenant has no default site: create one first');
    });

    it('to show an employee what a session contains, or would contain', async () => {
      const session = `/admin/${BARE.tenant}/sessions/${guest.sessionId}`;
      await staff.get(session).expect(409);
      await refused(409, staff.get(`${session}/explain`));
      await refused(409, staff.post(`${session}/dry-run`, { public: { utm_source: { value: 'google' } } }));
    });
  });
});
