import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openShop, type Shop } from '../../support/shop.js';

const client = { client_id: 'acme-backend', client_secret: 'acme-backend-secret' };
const grant = { grant_type: 'client_credentials', ...client };

describe('A backend asks for a service token', () => {
  let shop: Shop;
  const ask = (form: Record<string, string>) => shop.http.post('/oauth/token').type('form').send(form);

  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('gets one for four hours, which is not refreshed [W-01, W-02]', async () => {
    const scope = 'tenant=acme session_context.context_manage';
    const { body, headers } = await ask({ ...grant, scope }).expect(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^eyJ/),
      token_type: 'Bearer',
      expires_in: 14399,
      session_idle_time: 120,
      refresh_token: '',
      refresh_token_expires_in: 0,
      scope: 'session_context.context_manage tenant=acme',
    });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('gets no refresh token at all if it asks as OAuth libraries do, which refuse an empty one', async () => {
    const { body } = await ask(grant).set('accept', 'application/json').expect(200);
    expect(body).toMatchObject({ access_token: expect.any(String), token_type: 'Bearer' });
    expect(Object.keys(body).filter((key) => key.startsWith('refresh_token'))).toEqual([]);
  });

  it('may send its credentials in a Basic header, but not twice', async () => {
    const basic = Buffer.from('acme-backend:acme-backend-secret').toString('base64');
    const form = { grant_type: 'client_credentials' };
    await ask(form).set('authorization', `Basic ${basic}`).expect(200);
    const { body } = await ask(grant).set('authorization', `Basic ${basic}`).expect(400);
    expect(body.error).toBe('invalid_request');
  });

  it('gets none for two tenants at once, in either order [X-17, F-30, P-34]', async () => {
    for (const scope of [
      'tenant=acme tenant=globex site.site_read',
      'tenant=globex site.site_read tenant=acme',
    ]) {
      const { body } = await ask({ ...grant, scope }).expect(400);
      expect(body.error).toBe('invalid_scope');
    }
    await ask({ ...grant, scope: 'tenant=acme tenant=acme' }).expect(200);
  });

  it('may also send a bearer token, which is ignored here [F-30]', async () => {
    const { accessToken = '' } = await shop.visitor();
    for (const token of [accessToken, 'nonsense']) {
      await ask(grant).set('authorization', `Bearer ${token}`).expect(200);
      const { body } = await ask({ grant_type: 'client_credentials' })
        .set('authorization', `Bearer ${token}`)
        .expect(400);
      expect(body.error).toBe('invalid_request');
    }
  });

  it("needs a secret, and can't use an empty one if its client has none [P-03]", async () => {
    const publicOne = { grant_type: 'client_credentials', client_id: 'acme-storefront' };
    for (const form of [publicOne, { ...publicOne, client_secret: '' }]) {
      const { body } = await ask(form).expect(401);
      expect(body.error).toBe('invalid_client');
    }
    const basic = Buffer.from('acme-storefront:').toString('base64');
    await ask({ grant_type: 'client_credentials' }).set('authorization', `Basic ${basic}`).expect(401);
  });

  it("can't tell a wrong secret from an unknown client [W-03, P-04]", async () => {
    const wrong = await ask({ ...grant, client_secret: 'wrong' }).expect(401);
    const unknown = await ask({ ...grant, client_id: 'nobody' }).expect(401);
    const publicOne = await ask({ ...grant, client_id: 'acme-storefront' }).expect(401);
    expect(wrong.body).toEqual({ error: 'invalid_client', error_description: expect.any(String) });
    expect(unknown.body).toEqual(wrong.body);
    expect(publicOne.body).toEqual(wrong.body);
    expect(wrong.headers['www-authenticate']).toContain('Basic');
  });

  it("can't use any other grant [W-04, P-74]", async () => {
    for (const grant_type of ['password', 'implicit', 'authorization_code', 'refresh_token']) {
      const { body } = await ask({ ...client, grant_type }).expect(400);
      expect(body.error).toBe('unsupported_grant_type');
    }
    expect((await ask(client).expect(400)).body.error).toBe('invalid_request');
  });

  it('is granted no more than the client may have, in the requested spelling [W-05, D-06, C-03, P-33, P-34]', async () => {
    const readonly = {
      grant_type: 'client_credentials',
      client_id: 'acme-readonly',
      client_secret: 'acme-readonly-secret',
    };
    const both = await ask({ ...readonly, scope: 'site.site_read cart.cart_manage' }).expect(200);
    expect(both.body.scope).toBe('site.site_read tenant=acme');
    const none = await ask({ ...readonly, scope: 'cart.cart_manage' }).expect(400);
    expect(none.body.error).toBe('invalid_scope');
    const foreign = await ask({ ...readonly, scope: 'tenant=globex site.site_read' }).expect(400);
    expect(foreign.body.error).toBe('invalid_scope');
    const spelled = await ask({ ...grant, scope: 'sessioncontext.context_manage' }).expect(200);
    expect(spelled.body.scope).toBe('sessioncontext.context_manage tenant=acme');
  });

  it('must send a form, with each field once [P-47]', async () => {
    await shop.http.post('/oauth/token', grant).expect(415);
    const twice = 'grant_type=client_credentials&client_id=a&client_id=b';
    const { body } = await shop.http.post('/oauth/token').type('form').send(twice).expect(400);
    expect(body.error).toBe('invalid_request');
  });

  it('is told where to find the keys, which contain no private part [P-28, P-27]', async () => {
    const { body } = await shop.http.get('/.well-known/oauth-authorization-server').expect(200);
    expect(body).toMatchObject({
      issuer: 'http://onesession.test',
      jwks_uri: 'http://onesession.test/.well-known/jwks.json',
    });
    const { body: jwks } = await shop.http.get('/.well-known/jwks.json').expect(200);
    expect(jwks.keys[0]).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
    expect(jwks.keys[0]).not.toHaveProperty('d');
  });
});
