import { exportJWK, generateKeyPair } from 'jose';
import * as oauth from 'oauth4webapi';
import { protectedResourceRequest, validateJwtAccessToken } from 'oauth4webapi';
import {
  clientCredentialsGrant,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  None,
  PrivateKeyJwt,
  tokenIntrospection,
  tokenRevocation,
} from 'openid-client';
import * as openid from 'openid-client';
import { type Dispatcher, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../scripts/guide/blocks.js';
import { runTold } from '../support/told-code.js';
import { ISSUER, ShopService } from './support/shop-service.js';
import { TlsFront } from './support/tls-front.js';
import { printVersion } from './support/versions.js';

const SCOPE = 'tenant=acme site.site_read';
const SECRET = 'acme-readonly-secret';

/** What docs/clients.md tells to write. */
const [BY_SECRET = '', BY_KEY = ''] = blocksFor('test/clients/oauth.clients.ts', 'docs/clients.md');

interface AnonymousTokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** Where the secret goes. */
const METHODS = [
  ['in the body', ClientSecretPost],
  ['in the header', ClientSecretBasic],
] as const;

describe('OAuth clients that others wrote', () => {
  const before: Dispatcher = getGlobalDispatcher();
  let service: ShopService;
  let front: TlsFront;

  beforeAll(async () => {
    for (const name of ['openid-client', 'oauth4webapi']) printVersion(name);
    service = await ShopService.start();
    front = await TlsFront.before(service.url, [new URL(ISSUER).hostname]);
    setGlobalDispatcher(front.dispatcher);
  });
  afterAll(async () => {
    setGlobalDispatcher(before);
    await front?.close();
    await service?.stop();
  });

  const discovered = (secret = SECRET, method = ClientSecretPost): Promise<Configuration> =>
    discovery(new URL(ISSUER), 'acme-readonly', undefined, method(secret), { algorithm: 'oauth2' });

  it('find everything from the issuer’s address alone', async () => {
    const metadata = (await discovered()).serverMetadata();
    expect(metadata).toMatchObject({
      issuer: ISSUER,
      token_endpoint: `${ISSUER}/oauth/token`,
      introspection_endpoint: `${ISSUER}/oauth/introspect`,
      revocation_endpoint: `${ISSUER}/oauth/revoke`,
      jwks_uri: `${ISSUER}/.well-known/jwks.json`,
    });
  });

  it.each(METHODS)('get a service token with their secret %s', async (_where, method) => {
    const tokens = await clientCredentialsGrant(await discovered(SECRET, method), { scope: SCOPE });
    expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'site.site_read tenant=acme' });
    expect(tokens.expiresIn()).toBeGreaterThan(0);
  });

  it('get a token with the code of docs/clients.md', async () => {
    const given = { ...openid, ISSUER, clientId: 'acme-readonly', secret: SECRET };
    const { access_token: token } = await runTold<{ access_token: string }>(BY_SECRET, given);
    expect(await tokenIntrospection(await discovered(), token)).toMatchObject({
      active: true,
      client_id: 'acme-readonly',
      scope: 'site.site_read tenant=acme',
    });
  });

  it('call a resource with the token', async () => {
    const { access_token: token } = await clientCredentialsGrant(await discovered(), { scope: SCOPE });
    const sites = await protectedResourceRequest(token, 'GET', new URL(`${ISSUER}/site/acme/sites`));
    expect(sites.status).toBe(200);
    expect(await sites.json()).toContainEqual(expect.objectContaining({ code: 'main' }));
  });

  it('verify a token by the published keys, as RFC 9068 says', async () => {
    const configuration = await discovered();
    const { access_token: token } = await clientCredentialsGrant(configuration, { scope: SCOPE });
    const request = new Request('https://resource.test/', { headers: { authorization: `Bearer ${token}` } });
    const claims = await validateJwtAccessToken(configuration.serverMetadata(), request, ISSUER);
    expect(claims).toMatchObject({ iss: ISSUER, client_id: 'acme-readonly' });
  });

  it('ask what a token is worth (RFC 7662)', async () => {
    const configuration = await discovered();
    const { access_token: token } = await clientCredentialsGrant(configuration, { scope: SCOPE });
    expect(await tokenIntrospection(configuration, token)).toMatchObject({
      active: true,
      client_id: 'acme-readonly',
      token_type: 'Bearer',
      iss: ISSUER,
      scope: 'site.site_read tenant=acme',
    });
    expect(await tokenIntrospection(configuration, 'nonsense')).toEqual({ active: false });
  });

  it('give a shopper’s token back as a public client, and its session ends (RFC 7009)', async () => {
    const query = new URLSearchParams({ tenant: 'acme', client_id: 'acme-storefront' });
    const login = await fetch(`${ISSUER}/customerlogin/auth/anonymous/login?${query}`);
    const { access_token: token, refresh_token: refreshToken } = (await login.json()) as AnonymousTokens;
    const storefront = await discovery(new URL(ISSUER), 'acme-storefront', undefined, None(), {
      algorithm: 'oauth2',
    });
    const backend = await discovered();
    expect(await tokenIntrospection(backend, token)).toMatchObject({ active: true });
    await tokenRevocation(storefront, refreshToken, { token_type_hint: 'refresh_token' });
    expect(await tokenIntrospection(backend, token)).toEqual({ active: false });
    await tokenRevocation(storefront, token);
  });

  it('give a service token back, and it is refused', async () => {
    const configuration = await discovered();
    const { access_token: token } = await clientCredentialsGrant(configuration, { scope: SCOPE });
    await tokenRevocation(configuration, token);
    expect(await tokenIntrospection(configuration, token)).toEqual({ active: false });
    const url = new URL(`${ISSUER}/site/acme/sites`);
    await expect(protectedResourceRequest(token, 'GET', url)).rejects.toMatchObject({
      cause: [{ scheme: 'bearer', parameters: { error: 'invalid_token' } }],
    });
  });

  describe('that sign assertions (RFC 7523)', () => {
    const scope = 'tenant=acme site.site_read';
    const pairOf = (alg: string) => generateKeyPair(alg, { extractable: true });
    const register = async (clientId: string, jwks: object): Promise<void> => {
      const administrator = await discovery(
        new URL(ISSUER),
        'acme-backend',
        undefined,
        ClientSecretPost('acme-backend-secret'),
        { algorithm: 'oauth2' },
      );
      const { access_token: token } = await clientCredentialsGrant(administrator);
      const body = JSON.stringify({ clientId, kind: 'backend', scopes: ['site.site_read'], jwks });
      const headers = new Headers({ 'content-type': 'application/json' });
      const url = new URL(`${ISSUER}/admin/acme/clients`);
      expect((await protectedResourceRequest(token, 'POST', url, headers, body)).status).toBe(201);
    };

    it.each(['ES256', 'RS256', 'PS256', 'EdDSA'])('with %s, by openid-client', async (alg) => {
      const { privateKey, publicKey } = await pairOf(alg);
      const clientId = `acme-signs-${alg.toLowerCase()}`;
      await register(clientId, { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1' }] });
      const method = PrivateKeyJwt({ key: privateKey, kid: 'k1' });
      const configuration = await discovery(new URL(ISSUER), clientId, undefined, method, {
        algorithm: 'oauth2',
      });
      expect(configuration.serverMetadata()).toMatchObject({
        token_endpoint_auth_methods_supported: expect.arrayContaining(['private_key_jwt']),
        token_endpoint_auth_signing_alg_values_supported: expect.arrayContaining([alg]),
      });
      const { access_token: token } = await clientCredentialsGrant(configuration, { scope });
      expect(await tokenIntrospection(configuration, token)).toMatchObject({ client_id: clientId });
      await tokenRevocation(configuration, token);
      expect(await tokenIntrospection(configuration, token)).toEqual({ active: false });
    });

    it('with the code of docs/clients.md', async () => {
      const { privateKey, publicKey } = await pairOf('ES256');
      await register('acme-feed', { keys: [{ ...(await exportJWK(publicKey)), kid: '2026-01' }] });
      const { config } = await runTold<{ config: Configuration }>(BY_KEY, { ...openid, ISSUER, privateKey });
      expect(await clientCredentialsGrant(config, { scope })).toMatchObject({
        scope: 'site.site_read tenant=acme',
      });
    });

    it('by oauth4webapi, and a key that is not theirs is refused', async () => {
      const [own, other] = [await pairOf('ES256'), await pairOf('ES256')];
      await register('acme-signs', { keys: [{ ...(await exportJWK(own.publicKey)), kid: 'k1' }] });
      const server = (await discovered()).serverMetadata();
      const client = { client_id: 'acme-signs' };
      const grant = async ({ privateKey: key }: typeof own) => {
        const method = oauth.PrivateKeyJwt({ key, kid: 'k1' });
        const response = await oauth.clientCredentialsGrantRequest(server, client, method, { scope });
        return oauth.processClientCredentialsResponse(server, client, response);
      };
      expect(await grant(own)).toMatchObject({ scope: 'site.site_read tenant=acme' });
      await expect(grant(other)).rejects.toMatchObject({ cause: [{ scheme: 'basic' }] });
    });
  });

  it.each([
    ['of another tenant', 'tenant=globex site.site_read'],
    ['that they do not have', 'tenant=acme cart.cart_manage'],
  ])('understand that a scope %s is refused', async (_whose, scope) => {
    await expect(clientCredentialsGrant(await discovered(), { scope })).rejects.toMatchObject({
      status: 400,
      error: 'invalid_scope',
      error_description: expect.any(String),
    });
  });

  it.each(METHODS)('understand that the secret %s is wrong', async (_where, method) => {
    const configuration = await discovered('not-the-secret', method);
    await expect(clientCredentialsGrant(configuration, { scope: SCOPE })).rejects.toMatchObject({
      status: 401,
      cause: [{ scheme: 'basic' }],
    });
  });

  it('understand the challenge of a resource that wants a better token', async () => {
    const url = new URL(`${ISSUER}/site/acme/sites`);
    await expect(protectedResourceRequest('not-a-token', 'GET', url)).rejects.toMatchObject({
      cause: [{ scheme: 'bearer', parameters: { error: 'invalid_token' } }],
    });
  });
});
