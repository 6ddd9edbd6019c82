import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StoreUnavailable } from '../../../src/shared/domain-error.js';
import { Device } from '../../support/device.js';
import type { HttpUser } from '../../support/http-user.js';
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
    for (const token of ['nonsense', mia.accessToken, mia.refreshToken]) await revoke(token).expect(200);
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
    const { accessToken: service } = await shop.service();
    const { accessToken: operators } = await shop.operator();
    expect(await refused(mia.saasToken)).toBe('unsupported_token_type');
    expect(await refused(service, BACKEND)).toBe('unsupported_token_type');
    const operator = { client_id: 'operator', client_secret: OPERATOR_SECRET };
    expect(await refused(operators, operator)).toBe('unsupported_token_type');
    await profile(mia).expect(200);
    const { body } = await new Device(shop.url).begin().expect(201);
    expect(await refused(body.sessionToken)).toBe('invalid_grant');
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
