import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StoreUnavailable } from '../../../src/shared/domain-error.js';
import { Authorizer } from '../../support/programs/authorizer.js';
import { openShop, type Shop } from '../../support/shop.js';

describe('The authorizer of examples/gateway', () => {
  let shop: Shop;
  let authorizer: Authorizer;
  const ask = (token?: string): Promise<Response> =>
    fetch(authorizer.url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });

  beforeAll(async () => {
    shop = await openShop();
    authorizer = await Authorizer.start(shop.url);
  });
  afterAll(async () => {
    await authorizer.stop();
    await shop.close();
  });

  it('lets shoppers and services through, and says who they are', async () => {
    const visitor = await shop.visitor();
    const { status, headers } = await ask(visitor.accessToken);
    expect(status).toBe(204);
    expect(headers.get('x-session-tenant')).toBe('acme');
    expect(headers.get('x-session-id')).toMatch(/^[\da-f-]{36}$/);
    expect(headers.get('x-session-subject')).toBe(headers.get('x-session-id'));
    const service = await ask((await shop.service()).accessToken);
    expect(service.status).toBe(204);
    expect(service.headers.get('x-session-scope')).toContain('session_context.context_manage');
  });

  it('refuses what is no access token that is active now', async () => {
    const visitor = await shop.visitor();
    expect((await ask()).status).toBe(401);
    expect((await ask('not-a-token')).status).toBe(401);
    expect((await ask(visitor.refreshToken)).status).toBe(401);
    await shop.http
      .post('/oauth/revoke')
      .type('form')
      .send({ client_id: 'acme-storefront', token: visitor.accessToken })
      .expect(200);
    expect((await ask(visitor.accessToken)).status).toBe(401);
  });

  it('lets nobody through while the service can not say', async () => {
    const { accessToken } = await shop.visitor();
    vi.spyOn(shop.storage.sessions, 'find').mockRejectedValueOnce(new StoreUnavailable());
    expect((await ask(accessToken)).status).toBe(503);
    expect((await ask(accessToken)).status).toBe(204);
  });
});
