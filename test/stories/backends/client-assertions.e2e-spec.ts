import { createHmac } from 'node:crypto';
import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StoreUnavailable } from '../../../src/shared/domain-error.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';
import { JWT_BEARER, KeyServer, SigningClient } from '../../support/people/signing-client.js';

const ISSUER = 'http://onesession.test';
const CLIENTS = '/admin/acme/clients';
const SCOPES = ['site.site_read'];

describe('A backend authenticates with a key of its own', () => {
  let shop: Shop;
  let second: Shop;
  let admin: ServiceUser;
  let exporter: SigningClient;
  const now = (): number => shop.clock.now().getTime() / 1000;
  const signing = (clientId: string, options?: { alg?: string; kid?: string }) =>
    SigningClient.of(clientId, ISSUER, now, options);
  const ask = (form: Record<string, string>, at = shop): Test =>
    at.http
      .post('/oauth/token')
      .type('form')
      .send({ grant_type: 'client_credentials', ...form });
  const register = (client: SigningClient, fields: object = { jwks: { keys: [client.publicJwk] } }) =>
    admin.post(CLIENTS, { clientId: client.clientId, kind: 'backend', scopes: SCOPES, ...fields });
  /** All refusals look the same. */
  const refused = async (form: Record<string, string>, at = shop): Promise<void> => {
    const { body, headers } = await ask(form, at).expect(401);
    expect(body).toEqual({ error: 'invalid_client', error_description: 'Client authentication failed' });
    expect(headers['www-authenticate']).toBe('Basic realm="onesession"');
  };

  beforeAll(async () => {
    shop = await openShop({ env: { SESSION_APPS_PRIVATE_ADDRESSES: 'allow' } });
    second = await shop.secondInstance();
    admin = await shop.service();
    exporter = await signing('acme-exporter');
    const { body } = await register(exporter).expect(201);
    expect(body).toMatchObject({ hasSecret: false, jwks: { keys: [exporter.publicJwk] } });
    expect(body).not.toHaveProperty('secret');
  });
  afterAll(async () => {
    await second.close();
    await shop.close();
  });

  it.each([ISSUER, `${ISSUER}/oauth/token`, [ISSUER], [ISSUER, `${ISSUER}/oauth/token`]])(
    'for a token, with the audience %j',
    async (aud) => {
      const { body } = await ask(await exporter.credentials({ aud })).expect(200);
      expect(body.scope).toBe('site.site_read tenant=acme');
      await shop.as(body.access_token).get('/site/acme/sites').expect(200);
    },
  );

  it('and may send its id beside the assertion, if the two agree', async () => {
    await ask({ ...(await exporter.credentials()), client_id: 'acme-exporter' }).expect(200);
    await refused({ ...(await exporter.credentials()), client_id: 'acme-backend' });
  });

  it.each(['RS256', 'PS256', 'ES384', 'EdDSA', 'Ed25519'])('with a key for %s', async (alg) => {
    const client = await signing(`acme-${alg.toLowerCase()}`, { alg });
    await register(client).expect(201);
    await ask(await client.credentials()).expect(200);
  });

  it('to introspect and to revoke a token', async () => {
    const { body } = await ask(await exporter.credentials()).expect(200);
    const token: string = body.access_token;
    const send = async (path: string) =>
      shop.http
        .post(path)
        .type('form')
        .send({ token, ...(await exporter.credentials()) })
        .expect(200);
    expect((await send('/oauth/introspect')).body).toMatchObject({
      active: true,
      client_id: 'acme-exporter',
    });
    await send('/oauth/revoke');
    expect((await send('/oauth/introspect')).body).toEqual({ active: false });
  });

  it.each([
    ['another audience', { aud: 'https://elsewhere.test' }],
    ['no audience', { aud: undefined }],
    ['an audience that could use it here', { aud: [ISSUER, 'https://elsewhere.test'] }],
    ['another route as its audience', { aud: `${ISSUER}/oauth/introspect` }],
    ['another issuer', { iss: 'acme-backend' }],
    ['another subject', { sub: 'acme-backend' }],
    ['no issuer', { iss: undefined }],
    ['no subject', { sub: undefined }],
    ['the subject of nobody', { iss: 'nobody', sub: 'nobody' }],
    ['no end', { exp: undefined }],
    ['no id', { jti: undefined }],
    ['an empty id', { jti: '' }],
    ['a long id', { jti: 'x'.repeat(257) }],
  ])('but not with an assertion that has %s', async (_what, claims) => {
    await refused(await exporter.credentials(claims));
  });

  it('but not with one that is over, lasts too long, or begins later', async () => {
    await ask(await exporter.credentials({ exp: now() - 29 })).expect(200);
    await refused(await exporter.credentials({ exp: now() - 30 }));
    await ask(await exporter.credentials({ exp: now() + 600 })).expect(200);
    await refused(await exporter.credentials({ exp: now() + 631 }));
    await refused(await exporter.credentials({ nbf: now() + 31 }));
    await refused(await exporter.credentials({ iat: now() + 31 }));
  });

  it('but not twice with the same one, on whichever instance', async () => {
    const form = await exporter.credentials();
    const answers = await Promise.all([shop, second, shop, second].map((at) => ask(form, at)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
    await refused(form, second);
    const jti = 'an id that the client uses again';
    await ask(await exporter.credentials({ jti })).expect(200);
    await refused(await exporter.credentials({ jti, exp: now() + 90 }));
  });

  it('while an id of one client says nothing about another client', async () => {
    const other = await signing('acme-other');
    await register(other).expect(201);
    for (const client of [exporter, other]) await ask(await client.credentials({ jti: 'same' })).expect(200);
  });

  it('but not with the key of another client, even under the same kid', async () => {
    const thief = await signing('acme-thief');
    await register(thief).expect(201);
    await refused(await thief.credentials({ iss: 'acme-exporter', sub: 'acme-exporter' }));
    await ask(await thief.credentials()).expect(200);
  });

  it.each([
    ['none', { alg: 'none' }, () => ''],
    [
      'HS256 with the public key as the secret',
      { alg: 'HS256', kid: 'k1' },
      (input: string) =>
        createHmac('sha256', JSON.stringify(exporter.publicJwk)).update(input).digest('base64url'),
    ],
    ['a key of its own', { alg: 'ES256', jwk: {} }, () => 'AAAA'],
    ['an unknown extension', { alg: 'ES256', crit: ['b64'], b64: false }, () => 'AAAA'],
  ])('but not with the algorithm %s', async (_what, header, sign) => {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const input = `${encode(header)}.${encode(exporter.claims())}`;
    await refused({ client_assertion_type: JWT_BEARER, client_assertion: `${input}.${sign(input)}` });
  });

  it.each(['not-a-token', 'a.b.c', 'eyJhbGciOiJFUzI1NiJ9..', 'x'.repeat(9_000)])(
    'but not with %s',
    async (assertion) => {
      await refused({ client_assertion_type: JWT_BEARER, client_assertion: assertion });
    },
  );

  it('but not with an assertion of another kind', async () => {
    const { client_assertion = '' } = await exporter.credentials();
    const type = 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer';
    await refused({ client_assertion, client_assertion_type: type });
  });

  it('and is told if it sends too much or too little', async () => {
    const form = await exporter.credentials();
    const invalid = async (test: Test) => expect((await test.expect(400)).body.error).toBe('invalid_request');
    await invalid(ask({ ...form, client_secret: 'any' }));
    await invalid(ask(form).set('authorization', `Basic ${btoa('acme-exporter:any')}`));
    await invalid(ask({ client_assertion_type: JWT_BEARER }));
    await invalid(ask({ client_assertion: form['client_assertion'] ?? '' }));
    await ask(form).expect(200);
  });

  it('but not as the operator, as a storefront, or without registered keys', async () => {
    for (const clientId of ['operator', 'acme-storefront', 'acme-backend']) {
      await refused(await (await signing(clientId)).credentials());
    }
  });

  it('but not while it is switched off', async () => {
    const client = await signing('acme-off');
    await register(client, { enabled: false, jwks: { keys: [client.publicJwk] } }).expect(201);
    await refused(await client.credentials());
  });

  it('and its assertion is not used up while the store does not answer', async () => {
    const form = await exporter.credentials();
    vi.spyOn(shop.storage.spentJwts, 'spend').mockRejectedValueOnce(new StoreUnavailable());
    await ask(form).expect(503);
    await ask(form).expect(200);
  });

  describe('that it publishes itself', () => {
    let keys: KeyServer;
    let partner: SigningClient;
    beforeAll(async () => {
      partner = await signing('acme-partner');
      keys = await KeyServer.open(partner.publicJwk);
      await register(partner, { jwksUri: keys.uri }).expect(201);
    });
    afterAll(() => keys.close());

    it('which is fetched once', async () => {
      for (let i = 0; i < 3; i += 1) await ask(await partner.credentials()).expect(200);
      expect(keys.asked).toBe(1);
    });

    it('and again for an unknown kid, but not for each of many', async () => {
      const next = await signing('acme-partner', { kid: 'k2' });
      keys.publish(partner.publicJwk, next.publicJwk);
      shop.clock.advanceSeconds(10);
      await ask(await next.credentials()).expect(200);
      expect(keys.asked).toBe(2);
      const unknown = await signing('acme-partner', { kid: 'k3' });
      for (let i = 0; i < 5; i += 1) await refused(await unknown.credentials());
      expect(keys.asked).toBe(2);
      shop.clock.advanceSeconds(10);
      for (let i = 0; i < 5; i += 1) await refused(await unknown.credentials());
      expect(keys.asked).toBe(3);
    });

    it('until it is withdrawn for ten minutes', async () => {
      const next = await signing('acme-partner', { kid: 'k4' });
      keys.publish(next.publicJwk);
      await ask(await partner.credentials()).expect(200);
      shop.clock.advanceSeconds(600);
      await refused(await partner.credentials());
      await ask(await next.credentials()).expect(200);
    });

    it.each([
      ['is not there', 404, '{}'],
      ['has no keys', 200, '{}'],
      ['is no JSON', 200, 'keys'],
      ['is too large', 200, `{"keys":[],"x":"${'x'.repeat(70_000)}"}`],
      ['is elsewhere', 302, ''],
    ])('but not if the set %s, which is asked for only now and then', async (_what, status, body) => {
      const client = await signing(`acme-broken-${status}-${body.length}`);
      const broken = await KeyServer.open();
      Object.assign(broken, { status, body, location: status === 302 ? keys.uri : undefined });
      await register(client, { jwksUri: broken.uri }).expect(201);
      for (let i = 0; i < 3; i += 1) await refused(await client.credentials());
      expect(broken.asked).toBe(1);
      broken.close();
    });
  });
});

describe('An administrator gives keys to a client', () => {
  let shop: Shop;
  let admin: ServiceUser;
  let client: SigningClient;
  const now = (): number => shop.clock.now().getTime() / 1000;
  const version = async (): Promise<number> =>
    (await admin.get(`${CLIENTS}/acme-feed`).expect(200)).body.metadata.version;
  const change = async (fields: object): Promise<Test> =>
    admin.patch(`${CLIENTS}/acme-feed`, { ...fields, metadata: { version: await version() } });
  const token = (form: Record<string, string>): Test =>
    shop.http
      .post('/oauth/token')
      .type('form')
      .send({ grant_type: 'client_credentials', ...form });

  beforeAll(async () => {
    shop = await openShop();
    admin = await shop.service();
    client = await SigningClient.of('acme-feed', ISSUER, now);
  });
  afterAll(() => shop.close());

  it('beside its secret, and then takes the secret away', async () => {
    const { body } = await admin
      .post(CLIENTS, { clientId: 'acme-feed', kind: 'backend', scopes: SCOPES })
      .expect(201);
    const secret = { client_id: 'acme-feed', client_secret: body.secret };
    await admin.delete(`${CLIENTS}/acme-feed/secret`).expect(400);
    const changed = await change({ jwks: { keys: [client.publicJwk] } });
    expect(changed).toMatchObject({ status: 200, body: { hasSecret: true } });
    await token(secret).expect(200);
    await token(await client.credentials()).expect(200);
    for (let i = 0; i < 2; i += 1) await admin.delete(`${CLIENTS}/acme-feed/secret`).expect(204);
    await token(secret).expect(401);
    await token(await client.credentials()).expect(200);
    expect((await change({ jwks: null })).status).toBe(400);
    await admin.delete(`${CLIENTS}/nobody/secret`).expect(404);
  });

  it('of one kind at a time', async () => {
    const jwksUri = 'https://feed.example/jwks.json';
    const { body } = await change({ jwksUri });
    expect(body).toMatchObject({ jwksUri });
    expect(body).not.toHaveProperty('jwks');
    expect((await change({ jwksUri, jwks: { keys: [client.publicJwk] } })).status).toBe(400);
    const back = await change({ jwks: { keys: [client.publicJwk] } });
    expect(back.body).not.toHaveProperty('jwksUri');
    expect((await change({ name: 'Feed' })).body).toMatchObject({ jwks: { keys: [client.publicJwk] } });
  });

  it('and is told which are not accepted, without a word of a private one', async () => {
    const rsa = await SigningClient.of('x', ISSUER, now, { alg: 'RS256' });
    const wrong = [
      {},
      { keys: [] },
      { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] },
      { keys: [{ ...client.publicJwk, d: 'c2VjcmV0' }] },
      { keys: [{ ...client.publicJwk, x: 'AAAA' }] },
      { keys: [{ ...client.publicJwk, alg: 'HS256' }] },
      { keys: [{ ...client.publicJwk, use: 'enc' }] },
      { keys: [{ ...rsa.publicJwk, n: rsa.publicJwk.n?.slice(0, 170) }] },
      { keys: [client.publicJwk, rsa.publicJwk] },
      { keys: Array.from({ length: 11 }, (_, i) => ({ ...client.publicJwk, kid: `${i}` })) },
    ];
    for (const jwks of [...wrong, 'text', 7, []]) {
      const { status, body } = await change({ jwks });
      expect({ jwks, status }).toEqual({ jwks, status: 400 });
      expect(body.message).toMatch(/^jwks/);
      expect(JSON.stringify(body)).not.toContain('c2VjcmV0');
    }
  });

  it.each([
    'http://feed.example/jwks.json',
    'https://127.0.0.1/jwks.json',
    'https://[::1]/jwks.json',
    'https://169.254.169.254/jwks.json',
    'https://user@feed.example/jwks.json',
    'file:///etc/passwd',
    'not-a-token',
  ])('but not an address like %s', async (jwksUri) => {
    const { status, body } = await change({ jwksUri });
    expect(status).toBe(400);
    expect(body.message).toMatch(/^jwksUri/);
  });

  it('and a name that leads to this machine is never connected to', async () => {
    const feed = await SigningClient.of('acme-feed', ISSUER, now);
    const keys = await KeyServer.open(feed.publicJwk);
    expect(
      (await change({ jwksUri: keys.uri.replace('http:', 'https:').replace('127.0.0.1', 'localhost') }))
        .status,
    ).toBe(200);
    await token(await feed.credentials()).expect(401);
    expect(keys.asked).toBe(0);
    keys.close();
  });

  it('but not to a storefront, nor to a client with scopes that the administrator lacks', async () => {
    const jwks = { keys: [client.publicJwk] };
    await admin.post(CLIENTS, { clientId: 'acme-page', kind: 'storefront', jwks }).expect(400);
    await admin
      .post(CLIENTS, { clientId: 'acme-clerk', kind: 'backend', scopes: ['client.client_manage'], jwks })
      .expect(201);
    const clerk = await SigningClient.of('acme-clerk', ISSUER, now);
    await admin
      .patch(`${CLIENTS}/acme-clerk`, { jwks: { keys: [clerk.publicJwk] }, metadata: { version: 1 } })
      .expect(200);
    const { body } = await token(await clerk.credentials()).expect(200);
    const patch = { jwks, metadata: { version: await version() } };
    await shop.as(body.access_token).patch(`${CLIENTS}/acme-feed`, patch).expect(403);
  });
});
