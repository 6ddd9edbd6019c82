import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const LINKS = '/admin/acme/console-links';
const SIGN_IN = '/console/sign-in';
const codeIn = (path: string): string => path.replace('/console#link=', '');

describe('A link that signs in to the console', () => {
  let shop: Shop;
  let support: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    support = await shop.service('acme-support');
  });
  afterAll(() => shop.close());

  const newCode = async (body: object = {}): Promise<string> =>
    codeIn((await support.post(LINKS, body).expect(201)).body.path);

  it('carries its code in the fragment, and acts once as the client that made it [P-40]', async () => {
    const made = await support.post(LINKS, { scopes: ['session.session_read'] }).expect(201);
    expect(made.headers['cache-control']).toBe('no-store');
    expect(made.body).toMatchObject({ scopes: ['session.session_read'] });
    const code = codeIn(made.body.path);
    const { body, headers } = await shop.http.post(SIGN_IN, { code }).expect(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 1799,
      scope: 'session.session_read tenant=acme',
      tenant: 'acme',
      client_id: 'acme-support',
    });
    await shop.as(body.access_token).get('/site/acme/sites').expect(200);
    const again = await shop.http.post(SIGN_IN, { code }).expect(401);
    expect(again.body).toMatchObject({ status: 401, detail: expect.stringContaining('ask for a new one') });
  });

  it('can be made without naming scopes, and then grants all scopes of the token', async () => {
    const { body } = await support.post(LINKS, {}).expect(201);
    expect(body.scopes.toSorted()).toEqual(scopesOf(support).toSorted());
  });

  it('grants nobody more than they have [P-40]', async () => {
    const { body } = await support.post(LINKS, { scopes: ['client.client_manage'] }).expect(403);
    expect(body.detail).toContain('client.client_manage');
    await shop.http.post(LINKS).expect(401);
    const visitor = await shop.visitor();
    await visitor.post(LINKS).expect(403);
    const stranger = await shop.service('globex-backend');
    await stranger.post(LINKS).expect(403);
  });

  it('opens nothing after five minutes, and never renews itself beyond its first token [P-40]', async () => {
    const late = await newCode();
    shop.clock.advanceSeconds(301);
    await shop.http.post(SIGN_IN, { code: late }).expect(401);
    const { body } = await shop.http.post(SIGN_IN, { code: await newCode() }).expect(200);
    shop.clock.advanceSeconds(1700);
    const heir = await shop.as(body.access_token).post(LINKS, {}).expect(201);
    const next = await shop.http.post(SIGN_IN, { code: codeIn(heir.body.path) }).expect(200);
    expect(next.body.expires_in).toBeLessThan(100);
  });

  it('refuses what is no code', async () => {
    await shop.http.post(SIGN_IN, { code: 'x' }).expect(400);
    await shop.http.post(SIGN_IN, { code: 'A'.repeat(43) }).expect(401);
  });
});

describe('With RATE_LIMITS=on', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ env: { RATE_LIMITS: 'on' } });
  });
  afterAll(() => shop.close());

  it('is limited by address, so that nobody can try many [P-40]', async () => {
    let status = 401;
    for (let tries = 0; tries < 40 && status !== 429; tries += 1)
      ({ status } = await shop.http.post(SIGN_IN, { code: 'A'.repeat(43) }));
    expect(status).toBe(429);
  });
});

describe('With CONSOLE=off', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ env: { CONSOLE: 'off' } });
  });
  afterAll(() => shop.close());

  it('there is neither a console nor a way to sign in to it [P-40]', async () => {
    for (const path of ['/console', '/console/', '/console/settings.json'])
      await shop.http.get(path).expect(404);
    await shop.http.post(SIGN_IN, { code: 'A'.repeat(43) }).expect(404);
    const support = await shop.service('acme-support');
    await support.post(LINKS).expect(404);
  });
});

function scopesOf({ accessToken }: ServiceUser): string[] {
  const [, payload = ''] = (accessToken ?? '').split('.');
  const { scope } = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return scope.split(' ').filter((one: string) => !one.startsWith('tenant='));
}
