import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StoreUnavailable } from '../../../src/shared/domain-error.js';
import { Device } from '../../support/people/device.js';
import type { HttpUser } from '../../support/people/http-user.js';
import { OPERATOR_SECRET, openShop, type Shop } from '../../support/shop.js';

const EMAIL = 'mia@acme.test';
const PASSWORD = 'mia-likes-rain';
const STOREFRONT = { client_id: 'acme-storefront' };
const BACKEND = { client_id: 'acme-backend', client_secret: 'acme-backend-secret' };

describe('A client gives a token back', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
    const visitor = await shop.visitor();
    await visitor.post('/customer/acme/signup', { email: EMAIL, password: PASSWORD }).expect(201);
  });
  afterAll(() => shop.close());

  const revoke = (token: string | undefined, as: Record<string, string> = STOREFRONT): Test =>
    shop.http
      .post('/oauth/revoke')
      .type('form')
      .send({ ...as, ...(token !== undefined && { token }) });
  const refused = async (token: string | undefined, as?: Record<string, string>): Promise<unknown> =>
    (await revoke(token, as).expect(400)).body.error;
  const customer = async () => (await shop.visitor()).logIn(EMAIL, PASSWORD);
  const profile = (user: HttpUser): Test => user.get('/customer/acme/me');

  it('and its session ends at once, with all its tokens [P-75]', async () => {
    for (const which of ['accessToken', 'refreshToken'] as const) {
      const mia = await customer();
      const elsewhere = await customer();
      const { text, headers } = await revoke(mia[which]).expect(200);
      expect(text).toBe('');
      expect(headers['cache-control']).toBe('no-store');
      await profile(mia).expect(401);
      await mia.refresh().expect(401);
      await profile(elsewhere).expect(200);
    }
  });

  it('also of a guest', async () => {
    for (const which of ['accessToken', 'refreshToken'] as const) {
      const visitor = await shop.visitor();
      await revoke(visitor[which]).expect(200);
      await visitor.refresh().expect(401);
    }
  });

  it('and hears no complaint if it never was a token, or is one no more [P-75]', async () => {
    const mia = await customer();
    await mia.logOut().expect(204);
    for (const token of ['never-was-a-token', mia.accessToken, mia.refreshToken])
      await revoke(token).expect(200);
  });

  it('but ends nothing with a token from before the login, or with a used refresh token', async () => {
    const visitor = await shop.visitor();
    const mia = await visitor.logIn(EMAIL, PASSWORD);
    await revoke(visitor.accessToken).expect(200);
    await revoke(visitor.refreshToken).expect(200);
    const next = await mia.refreshed();
    await revoke(mia.refreshToken).expect(200);
    await profile(next).expect(200);
  });

  it('but not one of another client, of the same tenant or of another [P-75]', async () => {
    const mia = await customer();
    for (const token of [mia.accessToken, mia.refreshToken]) {
      expect(await refused(token, BACKEND)).toBe('invalid_grant');
      await revoke(token, { client_id: 'globex-storefront' }).expect(200);
    }
    await profile(mia).expect(200);
  });

  it('unless it is of a kind that is not revoked (RFC 7009 2.2.1)', async () => {
    const mia = await customer();
    expect(await refused(mia.saasToken)).toBe('unsupported_token_type');
    await profile(mia).expect(200);
    const { body } = await new Device(shop.url).begin().expect(201);
    expect(await refused(body.sessionToken)).toBe('invalid_grant');
  });

  it('of a service, and only that token is refused from then on [P-75]', async () => {
    const [one, other] = [await shop.service(), await shop.service()];
    await revoke(one.accessToken, BACKEND).expect(200);
    await one.get('/site/acme/sites').expect(401);
    await other.get('/site/acme/sites').expect(200);
    await revoke(one.accessToken, BACKEND).expect(200);
    await (await shop.service()).get('/site/acme/sites').expect(200);
    const { body } = await other.get('/admin/acme/clients/acme-backend').expect(200);
    expect(body.metadata.version).toBe(1);
  });

  it('of a service, but not one of another client [P-75]', async () => {
    const service = await shop.service();
    const readonly = { client_id: 'acme-readonly', client_secret: 'acme-readonly-secret' };
    expect(await refused(service.accessToken, readonly)).toBe('invalid_grant');
    expect(await refused(service.accessToken)).toBe('invalid_grant');
    await service.get('/site/acme/sites').expect(200);
  });

  it('of the operator', async () => {
    const [one, other] = [await shop.operator(), await shop.operator()];
    await revoke(one.accessToken, { client_id: 'operator', client_secret: OPERATOR_SECRET }).expect(200);
    await one.get('/admin/tenants').expect(401);
    await other.get('/admin/tenants').expect(200);
  });

  it('of a service, which another instance refuses within seconds, and introspects at once [P-75]', async () => {
    const second = await shop.secondInstance();
    const [one, next] = [await shop.service(), await shop.service()];
    for (const { accessToken } of [one, next]) {
      const there = second.as(accessToken ?? '');
      await there.get('/site/acme/sites').expect(200);
      await revoke(accessToken, BACKEND).expect(200);
      const { body } = await second.http
        .post('/oauth/introspect')
        .type('form')
        .send({ ...BACKEND, token: accessToken })
        .expect(200);
      expect(body).toEqual({ active: false });
      shop.clock.advanceSeconds(5);
      await there.get('/site/acme/sites').expect(401);
    }
    await second.close();
  });

  it('and nobody is asked about revoked tokens of a client that revoked none', async () => {
    const asked = vi.spyOn(shop.storage.spentJwts, 'isSpent');
    const readonly = await shop.service('acme-readonly', 'acme-readonly-secret');
    await readonly.get('/site/acme/sites').expect(200);
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  it('only as the client that it is', async () => {
    const { accessToken } = await shop.visitor();
    for (const as of [
      { client_id: 'nobody' },
      { client_id: 'acme-backend' },
      { client_id: 'operator' },
      { ...BACKEND, client_secret: 'wrong' },
      { ...STOREFRONT, client_secret: 'any' },
    ]) {
      const { body } = await revoke(accessToken, as).expect(401);
      expect(body.error).toBe('invalid_client');
    }
  });

  it('and is told what is missing', async () => {
    expect(await refused(undefined)).toBe('invalid_request');
    expect(await refused('any', {})).toBe('invalid_request');
  });

  it('and is not told that it is done while the store does not answer', async () => {
    const visitor = await shop.visitor();
    vi.spyOn(shop.storage.sessions, 'find').mockRejectedValueOnce(new StoreUnavailable());
    await revoke(visitor.accessToken).expect(503);
    await revoke(visitor.accessToken).expect(200);
    await visitor.refresh().expect(401);
  });
});
