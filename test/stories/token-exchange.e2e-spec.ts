import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../support/http-user.js';
import { openShop, type Shop } from '../support/shop.js';

const ISSUER = 'https://login.acme.test';

describe('A shopper comes with the token of an outside identity provider', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onesession-idp-'));
  let shop: Shop;
  let provider: Server;
  let sign: (claims: JWTPayload, issuer?: string, kid?: string) => Promise<string>;
  let keysAsked = 0;

  const exchange = (visitor: Visitor, token: string, more = '') =>
    visitor.post(`/customer/acme/exchangeauthtoken?subjectAccessToken=${token}${more}`);
  const zoe = { email: 'zoe@acme.test', email_verified: true, given_name: 'Zoe', family_name: 'Outside' };

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] });
    provider = createServer((request, response) => {
      if (request.url === '/huge') return void response.end(`{"keys":[],"x":"${'x'.repeat(300_000)}"}`);
      if (request.url !== '/jwks') return void response.writeHead(500).end();
      keysAsked += 1;
      response.end(jwks);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => provider.once('listening', resolve));
    const { port } = provider.address() as AddressInfo;
    shop = await openShop({ env: { BOOTSTRAP_FILE: withProviders(folder, port) } });
    sign = (claims, issuer = ISSUER, kid = 'k1') =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid })
        .setIssuer(issuer)
        .setAudience('acme')
        .setSubject('outside-17')
        .setExpirationTime(shop.clock.now().getTime() / 1000 + 60)
        .sign(privateKey);
  });
  afterAll(async () => {
    await shop.close();
    provider.close();
    rmSync(folder, { recursive: true });
  });

  it('gets a customer’s tokens, in the same session [W-22]', async () => {
    const visitor = await shop.visitor();
    const token = await sign(zoe);
    const { body } = await exchange(visitor, token).expect(200);
    expect(body).toMatchObject({
      subject_access_token: token,
      session_id: visitor.sessionId,
      token_type: 'Bearer',
      session_idle_time: 120,
      saas_token: expect.any(String),
    });
    const { body: profile } = await shop.as(body.access_token).get('/customer/acme/me').expect(200);
    expect(profile).toMatchObject({ firstName: 'Zoe', lastName: 'Outside', contactEmail: 'zoe@acme.test' });
  });

  it('is the same customer the next time, and one who signed up is found by the verified e-mail [W-22]', async () => {
    const idOf = async (claims: JWTPayload) => {
      const { body } = await exchange(await shop.visitor(), await sign(claims)).expect(200);
      return (await shop.as(body.access_token).get('/customer/acme/me').expect(200)).body.id;
    };
    expect(await idOf(zoe)).toBe(await idOf(zoe));
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    const { body } = await ben.get('/customer/acme/me').expect(200);
    expect(await idOf({ email: 'Ben@acme.test', email_verified: true })).toBe(body.id);
  });

  it('has no password to log in with', async () => {
    await exchange(await shop.visitor(), await sign(zoe)).expect(200);
    const credentials = { email: 'zoe@acme.test', password: 'undefined' };
    await (await shop.visitor()).post('/customer/acme/login', credentials).expect(401);
  });

  it('is refused with a config that is not declared, or without a token [W-22]', async () => {
    const visitor = await shop.visitor();
    const { body } = await exchange(visitor, await sign(zoe), '&config=nobody').expect(400);
    expect(body.message).toContain('config');
    await visitor.post('/customer/acme/exchangeauthtoken').expect(400);
    const elsewhere = await shop.visitor({ tenant: 'globex' });
    await elsewhere
      .post(`/customer/globex/exchangeauthtoken?subjectAccessToken=${await sign(zoe)}`)
      .expect(400);
  });

  it('is refused with a token that is not good for it', async () => {
    const visitor = await shop.visitor();
    const expired = await sign(zoe);
    const foreign = await sign(zoe, 'https://evil.test');
    const unverified = await sign({ ...zoe, email_verified: false });
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${expired.split('.')[1]}.`;
    for (const token of ['nonsense', foreign, unverified, none, String(visitor.accessToken)]) {
      await exchange(visitor, token).expect(401);
    }
    shop.clock.advanceSeconds(61);
    const { body } = await exchange(visitor, expired).expect(401);
    expect(body.fault.detail.errorcode).toBe('keymanagement.service.access_token_expired');
  });

  it('is told to try again when the provider does not answer', async () => {
    const visitor = await shop.visitor();
    const { headers } = await exchange(visitor, await sign(zoe), '&config=broken').expect(503);
    expect(headers['retry-after']).toBe('1');
    await visitor.get('/session-context/acme/me/context').expect(404);
  });

  it('is told the same when the provider answers with more than a set of keys can be', async () => {
    await exchange(await shop.visitor(), await sign(zoe), '&config=huge').expect(503);
  });

  it('does not make us ask the provider again and again for keys that it does not have', async () => {
    const visitor = await shop.visitor();
    await exchange(await shop.visitor(), await sign(zoe)).expect(200);
    const before = keysAsked;
    for (let i = 0; i < 10; i += 1)
      await exchange(visitor, await sign(zoe, ISSUER, `unknown${i}`)).expect(401);
    expect(keysAsked - before).toBeLessThanOrEqual(1);
  });

  it('needs an anonymous token for it [W-43, W-44]', async () => {
    const path = `/customer/acme/exchangeauthtoken?subjectAccessToken=${await sign(zoe)}`;
    expect((await shop.http.post(path).expect(401)).body).toHaveProperty('fault');
    const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
    expect((await ben.post(path).expect(403)).body).toMatchObject({ type: 'forbidden', status: 403 });
  });
});

/** The demo data, with two identity providers of `acme`: one that answers, and one that does not. */
function withProviders(folder: string, port: number): string {
  const demo = JSON.parse(readFileSync('bootstrap/demo.json', 'utf8'));
  const at = (config: string, path: string) => ({
    config,
    issuer: ISSUER,
    jwksUri: `http://127.0.0.1:${port}${path}`,
    audience: 'acme',
  });
  demo.tenants[0].settings = {
    identityProviders: [at('default', '/jwks'), at('broken', '/broken'), at('huge', '/huge')],
  };
  const file = join(folder, 'bootstrap.json');
  writeFileSync(file, JSON.stringify(demo));
  return file;
}
