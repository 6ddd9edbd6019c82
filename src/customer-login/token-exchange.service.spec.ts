import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Logger } from '@nestjs/common';
import { exportJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { aSite } from '../../test/support/data/builders.js';
import { LoginServices } from '../../test/support/people/login-services.js';
import type { Shopper } from '../session/index.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { TokenExchangeService } from './token-exchange.service.js';

const ISSUER = 'https://login.acme.test';
const EMAIL = 'zoe@acme.test';
/** By `kid`; one key for all algorithms of its family. */
const keys = new Map<string, KeyPairKeyObjectResult>([
  ['rsa', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ['p256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
  ['p384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
  ['p521', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
  ['ed25519', generateKeyPairSync('ed25519')],
]);

describe('The token of an identity provider', () => {
  let services: LoginServices;
  let server: Server;
  let service: TokenExchangeService;
  let me: Shopper;

  const sign = (alg: string, kid: string) =>
    new SignJWT({ email: EMAIL, email_verified: true })
      .setProtectedHeader({ alg, kid })
      .setIssuer(ISSUER)
      .setAudience('acme')
      .setSubject('outside-17')
      .setExpirationTime(services.clock.now().getTime() / 1000 + 60)
      .sign(
        keys.get(kid)?.privateKey ?? new TextEncoder().encode('a secret that both sides know, as it must be'),
      );

  beforeAll(async () => {
    Logger.overrideLogger(false);
    services = await LoginServices.open();
    await services.storefront('acme-storefront');
    await services.storage.sites.create(aSite('main', { default: true }));
    const published = await Promise.all(
      [...keys].map(async ([kid, { publicKey }]) => ({ ...(await exportJWK(publicKey)), kid })),
    );
    server = createServer(({ url }, response) => {
      response.end(url === '/jwks' ? JSON.stringify({ keys: published }) : '{"keys":7}');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const at = (config: string) => ({
      config,
      issuer: ISSUER,
      jwksUri: `http://127.0.0.1:${port}/${config === 'default' ? 'jwks' : config}`,
      audience: 'acme',
    });
    const settings = { identityProviders: [at('default'), at('odd')] };
    await services.storage.tenants.create({ name: 'acme', settings });
    const { tenants, customers, logins, clock } = services;
    service = new TokenExchangeService(tenants, customers, logins, clock);
  });
  afterAll(async () => {
    Logger.overrideLogger(['log', 'warn', 'error']);
    server.close();
    await services.close();
  });
  beforeEach(async () => {
    me = await services.shopper(await services.sessions.begin('acme', 'acme-storefront', {}));
  });

  it.each([
    ['RS256', 'rsa'],
    ['RS384', 'rsa'],
    ['RS512', 'rsa'],
    ['PS256', 'rsa'],
    ['PS384', 'rsa'],
    ['PS512', 'rsa'],
    ['ES256', 'p256'],
    ['ES384', 'p384'],
    ['ES512', 'p521'],
    ['EdDSA', 'ed25519'],
  ])('may be signed with %s, for which only the provider has the key [W-22]', async (alg, kid) => {
    const { session } = await service.exchange(me, await sign(alg, kid), {});
    expect(session).toMatchObject({ kind: 'customer', sessionId: me.sessionId });
  });

  it.each(['HS256', 'HS512'])(
    'is refused when it is signed with %s, a secret that both sides know',
    async (alg) => {
      await expect(service.exchange(me, await sign(alg, 'none'), {})).rejects.toThrow(Unauthenticated);
    },
  );

  it('is logged with the customer and the provider, but without any part of the token', async () => {
    const log = vi.spyOn(Logger.prototype, 'log').mockImplementation(() => {});
    const { session } = await service.exchange(me, await sign('ES256', 'p256'), {});
    const { customerId: customer, sessionId } = session;
    const fields = { tenant: 'acme', customer, sessionId, config: 'default', account: 'proven' };
    expect(log.mock.calls).toEqual([[fields, expect.any(String)]]);
    log.mockRestore();
  });

  it('can not be checked if the issuer’s keys are malformed: it may be tried again, and the error keeps the cause', async () => {
    const tried = service.exchange(me, await sign('ES256', 'p256'), { config: 'odd' });
    await expect(tried).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'The identity provider did not return its keys; try again',
      cause: expect.any(Error),
    });
  });
});
