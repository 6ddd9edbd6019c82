import { calculateJwkThumbprint, type JWK } from 'jose';
import type { Test } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpUser, type ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';
import { SigningClient } from '../../support/people/signing-client.js';

const PATH = '/admin/acme/clients/acme-feed';
const SITES = '/site/acme/siteslist';

/** Tests run in order: the client goes from a secret to one key, to another key, and back to a secret. */
describe('The keys of a client change', () => {
  let shop: Shop;
  let second: Shop;
  let admin: ServiceUser;
  let first: SigningClient;
  let next: SigningClient;
  const now = (): number => shop.clock.now().getTime() / 1000;
  const signing = (kid: string) => SigningClient.of('acme-feed', 'http://onesession.test', now, { kid });
  const read = async () => (await admin.get(PATH).expect(200)).body;
  const change = async (fields: object): Promise<Test> =>
    admin
      .patch(PATH, { ...fields, metadata: { version: (await read()).metadata.version } })
      .set('x-reason', 'the yearly change of keys');
  const ask = async (client: SigningClient, at = shop): Promise<Test> =>
    at.http
      .post('/oauth/token')
      .type('form')
      .send({ grant_type: 'client_credentials', ...(await client.credentials()) });
  const status = async (token: string, at: Shop): Promise<number> =>
    (await new HttpUser(at.url, token).get(SITES)).status;

  beforeAll(async () => {
    shop = await openShop();
    second = await shop.secondInstance();
    admin = await shop.service();
    first = await signing('k1');
    next = await signing('k2');
    await admin
      .post('/admin/acme/clients', { clientId: 'acme-feed', kind: 'backend', scopes: ['site.site_read'] })
      .expect(201);
  });
  afterAll(async () => {
    await second.close();
    await shop.close();
  });

  it('and each is shown with its thumbprint and when it was added', async () => {
    const added = shop.clock.now().toISOString();
    await change({ jwks: { keys: [first.publicJwk] } });
    shop.clock.advanceSeconds(60);
    await change({ jwks: { keys: [first.publicJwk, next.publicJwk] } });
    const { keys, jwks, tokenEndpointAuthMethods } = await read();
    const shown = async ({ kid, kty, crv, alg, ...rest }: JWK, addedAt: string) => ({
      kid,
      kty,
      crv,
      alg,
      addedAt,
      thumbprint: await calculateJwkThumbprint({ kty, crv, ...rest } as JWK),
    });
    expect(keys).toEqual([
      await shown(first.publicJwk, added),
      await shown(next.publicJwk, shop.clock.now().toISOString()),
    ]);
    expect(jwks).toEqual({ keys: [first.publicJwk, next.publicJwk] });
    expect(tokenEndpointAuthMethods).toEqual([
      'client_secret_basic',
      'client_secret_post',
      'private_key_jwt',
    ]);
    await admin.delete(`${PATH}/secret`).expect(204);
    expect((await read()).tokenEndpointAuthMethods).toEqual(['private_key_jwt']);
  });

  it('and what they open is opened on every instance at once', async () => {
    for (const at of [shop, second])
      for (const one of [first, next]) expect((await ask(one, at)).status).toBe(200);
  });

  it('and one that is removed is refused at once, while its tokens stay valid', async () => {
    const { body } = await ask(first);
    await change({ jwks: { keys: [next.publicJwk] } });
    for (const at of [shop, second]) {
      expect((await ask(first, at)).status).toBe(401);
      expect((await ask(next, at)).status).toBe(200);
      expect(await status(body.access_token, at)).toBe(200);
    }
  });

  it('and if it leaked, its tokens end too: here at once, elsewhere within five seconds', async () => {
    const leaked = next;
    const { body } = await ask(leaked);
    const third = await signing('k3');
    for (const at of [shop, second]) expect(await status(body.access_token, at)).toBe(200);
    const { status: changed } = await change({ jwks: { keys: [third.publicJwk] }, endTokens: true });
    expect(changed).toBe(200);
    expect(await status(body.access_token, shop)).toBe(401);
    shop.clock.advanceSeconds(5);
    for (const at of [shop, second]) {
      expect(await status(body.access_token, at)).toBe(401);
      expect((await ask(leaked, at)).status).toBe(401);
      const fresh = await ask(third, at);
      expect(await status(fresh.body.access_token, at)).toBe(200);
    }
  });

  it('and may be given as PEM text, which names them by their thumbprint', async () => {
    const pem = first.publicPem;
    const thumbprint = await calculateJwkThumbprint(first.publicJwk);
    expect((await change({ jwks: { keys: [pem] } })).status).toBe(200);
    expect((await read()).keys).toMatchObject([{ kid: thumbprint, thumbprint }]);
    expect((await ask(first)).status).toBe(401);
    Object.assign(first.publicJwk, { kid: thumbprint });
    expect((await ask(first)).status).toBe(200);
  });

  it('and the last one goes only after the client was given a secret', async () => {
    const refused = await change({ jwks: null });
    expect({ status: refused.status, message: refused.body.message }).toEqual({
      status: 400,
      message: expect.stringMatching(/^jwks: .*give it something else first$/),
    });
    const { metadata } = await read();
    const { body } = await admin.post(`${PATH}/secret`, { overlapSeconds: 0, metadata }).expect(200);
    expect((await change({ jwks: null })).status).toBe(200);
    expect(await read()).not.toHaveProperty('keys');
    await shop.service('acme-feed', body.secret);
    expect((await ask(first)).status).toBe(401);
  });

  it('and the audit log says who did it, and why', async () => {
    const { lines } = await shop.storage.audit.list('acme', { action: 'client.change', limit: 10 });
    expect(lines).toContainEqual(
      expect.objectContaining({
        actor: { kind: 'service', id: 'acme-backend' },
        target: { kind: 'client', id: 'acme-feed' },
        reason: 'the yearly change of keys',
        result: 'ok',
      }),
    );
    expect(lines.filter(({ result }) => result === 'ok')).toHaveLength(6);
  });
});
