import { decodeJwt } from 'jose';
import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StoreUnavailable } from '../../../src/shared/domain-error.js';
import { Device } from '../../support/people/device.js';
import { OPERATOR_SECRET, openShop, type Shop } from '../../support/shop.js';

const ISSUER = 'http://onesession.test';
const BACKEND = { client_id: 'acme-backend', client_secret: 'acme-backend-secret' };
const GLOBEX = { client_id: 'globex-backend', client_secret: 'globex-backend-secret' };
const OPERATOR = { client_id: 'operator', client_secret: OPERATOR_SECRET };
const EMAIL = 'mia@acme.test';
const PASSWORD = 'mia-likes-rain';
const DEAD = { active: false };

describe('A backend asks what a token is worth', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
    const visitor = await shop.visitor();
    await visitor.post('/customer/acme/signup', { email: EMAIL, password: PASSWORD }).expect(201);
  });
  afterAll(() => shop.close());

  const ask = (token: string | undefined, as: Record<string, string> = BACKEND): Test =>
    shop.http
      .post('/oauth/introspect')
      .type('form')
      .send({ ...as, ...(token !== undefined && { token }) });
  const told = async (token: string | undefined, as?: Record<string, string>): Promise<unknown> =>
    (await ask(token, as).expect(200)).body;
  const customer = async () => (await shop.visitor()).logIn(EMAIL, PASSWORD);

  it('learns who holds an access token, for what and until when (RFC 7662 2.2) [P-75]', async () => {
    const { accessToken = '' } = await shop.service('acme-readonly');
    const { iat, exp, jti, scope } = decodeJwt(accessToken);
    const { body, headers } = await ask(accessToken).expect(200);
    expect(body).toEqual({
      active: true,
      token_use: 'service',
      token_type: 'Bearer',
      scope,
      client_id: 'acme-readonly',
      tenant: 'acme',
      sub: 'acme-readonly',
      iss: ISSUER,
      aud: ISSUER,
      iat,
      exp,
      jti,
    });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('learns the session of shoppers, by each of their tokens', async () => {
    const anna = await customer();
    const ofAnna = { active: true, client_id: 'acme-storefront', tenant: 'acme', sid: anna.sessionId };
    expect(await told(anna.accessToken)).toMatchObject({ ...ofAnna, token_use: 'customer' });
    expect(await told(anna.saasToken)).toMatchObject({ ...ofAnna, token_use: 'saas' });
    expect(await told(anna.refreshToken)).toEqual({
      ...ofAnna,
      token_use: 'refresh',
      sub: decodeJwt(anna.accessToken ?? '').sub,
      iat: expect.any(Number),
      exp: expect.any(Number),
    });
    const { accessToken, sessionId: sid } = await shop.visitor();
    expect(await told(accessToken)).toMatchObject({ token_use: 'anonymous', sid, scope: 'tenant=acme' });
  });

  it('learns of a vtex_session token, which ends with its session', async () => {
    const device = new Device(shop.url);
    const { body } = await device.begin().expect(201);
    const { id: sid, exp, jti } = decodeJwt(body.sessionToken);
    expect(await told(body.sessionToken)).toEqual({
      active: true,
      token_use: 'vtex_session',
      tenant: 'acme',
      sid,
      sub: 'session',
      iss: ISSUER,
      iat: expect.any(Number),
      exp,
      jti,
    });
    const staff = await shop.service();
    await staff
      .delete(`/admin/acme/sessions/${sid as string}`)
      .set('x-reason', 'a test')
      .expect(204);
    expect(await told(body.sessionToken)).toEqual(DEAD);
  });

  it('hears nothing but inactive of a session that ended, whichever of its tokens is shown [P-75]', async () => {
    const anna = await customer();
    await anna.logOut().expect(204);
    for (const token of [anna.accessToken, anna.saasToken, anna.refreshToken]) {
      expect(await told(token)).toEqual(DEAD);
    }
  });

  it('hears the same of tokens from before a login', async () => {
    const visitor = await shop.visitor();
    await visitor.logIn(EMAIL, PASSWORD);
    expect(await told(visitor.accessToken)).toEqual(DEAD);
    expect(await told(visitor.refreshToken)).toEqual(DEAD);
  });

  it('uses no refresh token up by asking, and hears inactive once it was used', async () => {
    const visitor = await shop.visitor();
    for (let i = 0; i < 3; i += 1) expect(await told(visitor.refreshToken)).toMatchObject({ active: true });
    const next = await visitor.refreshed();
    expect(await told(visitor.refreshToken)).toEqual(DEAD);
    expect(await told(next.refreshToken)).toMatchObject({ active: true });
    await next.refreshed();
  });

  it.each([
    ['no token at all', 'never-was-a-token'],
    [
      'a refresh token that nobody got',
      `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}.${'a'.repeat(43)}`,
    ],
  ])('hears inactive of %s', async (_what, token) => {
    expect(await told(token)).toEqual(DEAD);
  });

  it('hears nothing of the tokens of another tenant or of the operator [P-75]', async () => {
    const anna = await customer();
    const { accessToken: operators } = await shop.operator();
    for (const token of [anna.accessToken, anna.saasToken, anna.refreshToken, operators]) {
      expect(await told(token, GLOBEX)).toEqual(DEAD);
    }
    expect(await told(operators, OPERATOR)).toMatchObject({ active: true, token_use: 'operator' });
    expect(await told(anna.accessToken, OPERATOR)).toEqual(DEAD);
  });

  it('must prove who it is, so a storefront learns nothing', async () => {
    const { accessToken } = await shop.visitor();
    for (const as of [
      { ...BACKEND, client_secret: 'wrong' },
      { client_id: 'acme-storefront' },
      { client_id: 'acme-storefront', client_secret: 'any' },
    ]) {
      const { body } = await ask(accessToken, as).expect(401);
      expect(body.error).toBe('invalid_client');
    }
    await shop.http
      .post('/oauth/introspect')
      .auth(BACKEND.client_id, BACKEND.client_secret)
      .type('form')
      .send({ token: accessToken })
      .expect(200, /"active":true/);
  });

  it('is told that the token is missing', async () => {
    const { body } = await ask(undefined).expect(400);
    expect(body).toEqual({ error: 'invalid_request', error_description: 'token is missing' });
  });

  it('hears what the client of the token may do now, not what it might five seconds ago', async () => {
    const staff = await shop.service();
    const { accessToken } = await shop.service('acme-readonly');
    const path = '/admin/acme/clients/acme-readonly';
    expect(await told(accessToken)).toMatchObject({ active: true });
    const { body: client } = await staff.get(path).expect(200);
    const other = shop.storage.clients;
    // As another instance would: this one is not told.
    await other.change('acme', 'acme-readonly', (now) => ({ ...now, scopes: ['site.site_read'] }));
    expect(await told(accessToken)).toMatchObject({ scope: 'site.site_read tenant=acme' });
    await other.change('acme', 'acme-readonly', (now) => ({ ...now, enabled: false }));
    expect(await told(accessToken)).toEqual(DEAD);
    await other.change('acme', 'acme-readonly', (now) => ({ ...now, enabled: true, scopes: client.scopes }));
  });

  it('hears inactive once the time of a token is over', async () => {
    const { accessToken, refreshToken } = await shop.visitor();
    const { accessToken: service } = await shop.service();
    shop.clock.advanceSeconds(365 * 86_400);
    for (const token of [accessToken, refreshToken, service]) expect(await told(token)).toEqual(DEAD);
  });

  it('is not told that a token is inactive while the store does not answer', async () => {
    const { accessToken, refreshToken } = await shop.visitor();
    const find = vi.spyOn(shop.storage.sessions, 'find');
    for (const token of [accessToken, refreshToken]) {
      find.mockRejectedValueOnce(new StoreUnavailable());
      await ask(token).expect(503);
      expect(await told(token)).toMatchObject({ active: true });
    }
    find.mockRestore();
  });
});
