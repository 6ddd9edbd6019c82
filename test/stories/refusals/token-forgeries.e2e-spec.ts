import {
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CompactSign, decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigningKeys } from '../../../src/auth/keys/signing-keys.js';
import { Device } from '../../support/people/device.js';
import type { CustomerUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const ME = '/customer/acme/me';
const WHO = 'authentication.storeUserEmail';

/** What a forger has: a valid token to copy, the published key, a key pair and a web server. */
interface Forger {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: string;
  readonly published: JsonWebKey;
  readonly own: KeyObject;
  readonly ownPublic: JsonWebKey;
  readonly web: string;
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

async function signed(
  { header, payload, own }: Forger,
  changes: Record<string, unknown> = {},
  key = own,
): Promise<string> {
  const protectedHeader = { ...header, alg: 'ES256', ...changes };
  return new CompactSign(Buffer.from(payload)).setProtectedHeader(protectedHeader).sign(key);
}

function hmac({ header, payload }: Forger, secret: string): string {
  const text = `${encoded({ ...header, alg: 'HS256' })}.${Buffer.from(payload).toString('base64url')}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

const p384 = createPrivateKey(
  generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
);

/** RFC 8725 sections 2.1, 3.1 and 3.10. */
const FORGERIES: readonly (readonly [string, (forger: Forger) => string | Promise<string>])[] = [
  [
    'no algorithm',
    ({ header, payload }) =>
      `${encoded({ ...header, alg: 'none' })}.${Buffer.from(payload).toString('base64url')}.`,
  ],
  ['the public key as an HMAC secret', (forger) => hmac(forger, JSON.stringify(forger.published))],
  ['an empty HMAC secret', (forger) => hmac(forger, '')],
  ['another curve', (forger) => signed(forger, { alg: 'ES384' }, p384)],
  ['a key of the forger under our kid', (forger) => signed(forger)],
  ['a key in its header', (forger) => signed(forger, { jwk: forger.ownPublic })],
  ['a key in its header, and no kid', (forger) => signed(forger, { jwk: forger.ownPublic, kid: undefined })],
  ['the address of a key set', (forger) => signed(forger, { jku: `${forger.web}/jwks.json`, kid: 'forged' })],
  [
    'the address of a certificate',
    (forger) => signed(forger, { x5u: `${forger.web}/cert.pem`, kid: 'forged' }),
  ],
  ['a path as kid', (forger) => signed(forger, { kid: '../../../../dev/null' })],
  ['a query as kid', (forger) => signed(forger, { kid: "' OR '1'='1" })],
  ['the name of an object member as kid', (forger) => signed(forger, { kid: '__proto__' })],
  ['an object as kid', (forger) => signed(forger, { kid: { $ne: null } })],
];

describe('A forged token', () => {
  let shop: Shop;
  let web: Server;
  let calls = 0;
  let own: KeyObject;
  let ownPublic: JsonWebKey;
  let published: JsonWebKey;
  let anna: CustomerUser;
  let device: Device;

  beforeAll(async () => {
    shop = await openShop();
    web = createServer((_request, response) => {
      calls += 1;
      response.end(JSON.stringify({ keys: [{ ...ownPublic, kid: 'forged', alg: 'ES256', use: 'sig' }] }));
    }).listen(0, '127.0.0.1');
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    [own, ownPublic] = [pair.privateKey, pair.publicKey.export({ format: 'jwk' })];
    published = (await shop.http.get('/.well-known/jwks.json').expect(200)).body.keys[0];
    anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    device = new Device(shop.url);
    await device.begin().expect(201);
  });
  afterAll(async () => {
    web.close();
    await shop.close();
  });

  const forgerWith = (token = ''): Forger => ({
    header: decodeProtectedHeader(token),
    payload: JSON.stringify(decodeJwt(token)),
    published,
    own,
    ownPublic,
    web: `http://127.0.0.1:${(web.address() as AddressInfo).port}`,
  });

  it.each(FORGERIES)('with %s is refused as a bearer token [P-22, P-23]', async (_, forge) => {
    const { headers } = await shop
      .as(await forge(forgerWith(anna.accessToken)))
      .get(ME)
      .expect(401);
    expect(headers['www-authenticate']).toContain('Bearer');
  });

  it.each(FORGERIES)('with %s is refused as a saas-token [P-22, P-23]', async (_, forge) => {
    const forged = await forge(forgerWith(anna.saasToken));
    await anna
      .post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' })
      .set('saas-token', forged)
      .expect(403);
  });

  it.each(FORGERIES)('with %s opens no VTEX session [P-22, P-23]', async (_, forge) => {
    const thief = new Device(shop.url);
    thief.cookies.set('vtex_session', await forge(forgerWith(device.cookies.get('vtex_session'))));
    await thief.read().expect(401);
  });

  it.each(FORGERIES)('with %s authenticates nobody by cookie [P-22, P-23]', async (_, forge) => {
    const thief = new Device(shop.url);
    thief.cookies.set('VtexIdclientAutCookie_acme', await forge(forgerWith(anna.accessToken)));
    await thief.begin().expect(201);
    expect(await thief.values(WHO)).toEqual({});
  });

  it('makes the service call nobody [P-23]', () => {
    expect(calls).toBe(0);
  });
});

describe('A token with the service’s own signature', () => {
  let shop: Shop;
  let anna: CustomerUser;
  beforeAll(async () => {
    shop = await openShop();
    anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
  });
  afterAll(() => shop.close());

  /** Returns what a broken issuer might issue: signed with the right key, but with other claims or another header. */
  async function resigned(
    token: string | undefined,
    claims: Record<string, unknown>,
    header: Record<string, unknown> = {},
  ): Promise<string> {
    const { privateKey } = await shop.app.get(SigningKeys).current();
    const payload = Buffer.from(JSON.stringify({ ...decodeJwt(token ?? ''), ...claims }));
    const sign = new CompactSign(payload).setProtectedHeader({
      ...decodeProtectedHeader(token ?? ''),
      alg: 'ES256',
      ...header,
    });
    return sign.sign(privateKey, { crit: { 'urn:ours': true } });
  }

  it('is valid as it is', async () => {
    await shop
      .as(await resigned(anna.accessToken, {}))
      .get(ME)
      .expect(200);
  });

  it.each([
    ['another issuer', { iss: 'http://elsewhere.test' }],
    ['another audience', { aud: 'http://elsewhere.test' }],
    ['no audience', { aud: undefined }],
    ['no issuer', { iss: undefined }],
    ['no end', { exp: undefined }],
    ['no tenant', { tenant: undefined }],
    ['no session', { sid: undefined }],
  ])('but %s is refused, both as a bearer and as a saas-token [P-24]', async (_, claims) => {
    await shop
      .as(await resigned(anna.accessToken, claims))
      .get(ME)
      .expect(401);
    const cart = { siteCode: 'main', currency: 'EUR' };
    const saas = await resigned(anna.saasToken, claims);
    await anna.post('/cart/acme/carts', cart).set('saas-token', saas).expect(403);
  });

  it('but with an extension that must be understood is refused [P-23]', async () => {
    const header = { crit: ['urn:ours'], 'urn:ours': true };
    await shop
      .as(await resigned(anna.accessToken, {}, header))
      .get(ME)
      .expect(401);
    const saas = await resigned(anna.saasToken, {}, header);
    await anna
      .post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' })
      .set('saas-token', saas)
      .expect(403);
  });

  it.each(['saas+jwt', 'jwt', 'JWT', undefined])(
    'but of type %s is not an access token [P-24]',
    async (typ) => {
      await shop
        .as(await resigned(anna.accessToken, {}, { typ }))
        .get(ME)
        .expect(401);
    },
  );

  /** Other ways to write the same bytes: blanks, padding, and bits that stand for nothing. */
  const RESPELT: readonly (readonly [string, (signature: string) => string])[] = [
    ['blanks', (signature) => `${signature.slice(0, 9)}${' '.repeat(99)}${signature.slice(9)}`],
    ['padding', (signature) => `${signature}==`],
    [
      'other unused bits',
      (signature) => `${signature.slice(0, -1)}${{ A: 'B', Q: 'R', g: 'h', w: 'x' }[signature.at(-1) ?? '']}`,
    ],
  ];

  it.each(RESPELT)(
    'but with %s in the signature is refused: it is remembered as it is written [X-37]',
    async (_, respelt) => {
      const spell = (token: string | undefined): string =>
        (token ?? '').replace(/[^.]*$/, (signature) => respelt(signature));
      const device = new Device(shop.url);
      await device.begin().expect(201);
      await device.read().expect(200);
      device.cookies.set('vtex_session', `"${spell(device.cookies.get('vtex_session'))}"`);
      await device.read().expect(401);
      await anna
        .post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' })
        .set('saas-token', spell(anna.saasToken))
        .expect(403);
    },
  );
});
