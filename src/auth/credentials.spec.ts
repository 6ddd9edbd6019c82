import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { CompactEncrypt, CompactSign, decodeProtectedHeader, type JWTHeaderParameters, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestClock } from '../../test/support/test-clock.js';
import { type Config, readConfig } from '../config/config.schema.js';
import { Forbidden, StoreUnavailable, Unauthenticated } from '../shared/domain-error.js';
import { type AdmittedClient, ClientGate, type TokenClient } from './client-gate.js';
import { Credentials } from './credentials.js';
import { type SigningKeyRecord, SigningKeyRepository } from './keys/signing-key.repository.js';
import { SigningKeys } from './keys/signing-keys.js';
import { Operator } from './operator.js';
import type { ShopperPrincipal } from './principal.types.js';
import { type SessionTokenClaims, ShopperGate } from './shopper-gate.js';
import { AccessTokens } from './tokens/access-tokens.js';
import { CarriedTokens } from './tokens/carried-tokens.js';
import { TokenIssuer } from './tokens/token-issuer.js';

const ISSUER = 'http://onesession.test';

class Keys extends SigningKeyRepository {
  records: SigningKeyRecord[] = [];
  reads = 0;
  override async list(): Promise<readonly SigningKeyRecord[]> {
    this.reads += 1;
    return this.records.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  }
  override async add(key: SigningKeyRecord): Promise<boolean> {
    this.records.push(key);
    return true;
  }
  override async reencrypt(): Promise<boolean> {
    return false;
  }
  override async remove(kid: string): Promise<boolean> {
    const before = this.records.length;
    this.records = this.records.filter((key) => key.kid !== kid);
    return this.records.length < before;
  }
}

/** Knows one client that is switched on. */
class Clients extends ClientGate {
  readonly asked: TokenClient[] = [];
  enabled = true;
  scopes = ['site.site_read', 'session_context.context_manage'];
  override async authorize(client: TokenClient): Promise<AdmittedClient> {
    this.asked.push(client);
    const ended = client.epoch !== undefined && client.epoch !== 'epoch';
    if (!this.enabled || client.tenant !== 'acme' || ended) throw new Unauthenticated();
    return { scopes: this.scopes, email: 'staff@acme.test' };
  }
  override async authorizeOperator(): Promise<void> {
    throw new Error('Not asked about a token of another epoch');
  }
}

class Sessions extends ShopperGate {
  readonly asked: SessionTokenClaims[] = [];
  alive = true;
  override async authorize(claims: SessionTokenClaims): Promise<ShopperPrincipal> {
    this.asked.push(claims);
    if (!this.alive) throw new Unauthenticated();
    return {
      kind: claims.token_use,
      tenant: claims.tenant,
      clientId: 'acme-storefront',
      sessionId: claims.sid,
      customerId: claims.sub,
      scopes: [],
      expiresAt: new Date(claims.exp * 1000),
    };
  }
}

describe('Credentials', () => {
  beforeAll(() => Logger.overrideLogger(false));
  afterAll(() => Logger.overrideLogger(['log', 'warn', 'error']));

  const config: Config = readConfig({ NODE_ENV: 'test', ISSUER, KEYS_SECRET: 'a secret of this test only' });
  let clock: TestClock;
  let repository: Keys;
  let keys: SigningKeys;
  let clients: Clients;
  let sessions: Sessions;
  let credentials: Credentials;
  let issuer: TokenIssuer;
  beforeEach(async () => {
    clock = new TestClock();
    repository = new Keys();
    keys = new SigningKeys(repository, config, clock);
    clients = new Clients();
    sessions = new Sessions();
    const carried = new CarriedTokens(keys, config);
    credentials = new Credentials(
      new AccessTokens(keys, config),
      carried,
      clients,
      sessions,
      new Operator(config),
      clock,
    );
    issuer = new TokenIssuer(keys, config, clock);
  });

  const subject = {
    tenant: 'acme',
    clientId: 'acme-storefront',
    sessionId: 'session',
    epoch: 'epoch',
    grant: 'grant',
  };
  const anonymous = async (seconds = 3600) => (await issuer.shopperToken(subject, seconds)).token;
  const customers = async () => (await issuer.shopperToken({ ...subject, customerId: 'anna' }, 3600)).token;
  const saas = () => issuer.saasToken({ ...subject, customerId: 'anna' });
  const vtexSession = (seconds = 3600) =>
    issuer.vtexSessionToken({ ...subject, accountId: 'account', version: 1 }, seconds);
  const service = async (names = ['site.site_read']) =>
    (await issuer.serviceToken({ tenant: 'acme', clientId: 'acme-backend', epoch: 'epoch' }, names)).token;

  /** Signed with our own key, or another; in all else as it says. */
  const forged = async (
    claims: Record<string, unknown>,
    header: Partial<JWTHeaderParameters> = {},
    key?: KeyObject,
  ): Promise<string> => {
    const { kid, privateKey } = await keys.current();
    const now = Math.floor(clock.now().getTime() / 1000);
    const common = {
      iss: ISSUER,
      aud: ISSUER,
      sub: 'session',
      client_id: 'acme-storefront',
      tenant: 'acme',
      scope: 'tenant=acme',
      token_use: 'anonymous',
      sid: 'session',
      epoch: 'epoch',
      iat: now,
      exp: now + 3600,
      jti: randomUUID(),
    };
    const crit = Object.fromEntries((header.crit ?? []).map((name) => [name, true]));
    return new CompactSign(new TextEncoder().encode(JSON.stringify({ ...common, ...claims })))
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, ...header })
      .sign(key ?? privateKey, { crit });
  };

  describe('take an access token', () => {
    it('of ours, and remember that its signature was good', async () => {
      const token = await anonymous();
      const { claims } = await credentials.verified(token);
      expect(claims).toMatchObject({ token_use: 'anonymous', sid: 'session', tenant: 'acme' });
      const { reads } = repository;
      expect((await credentials.verified(token)).claims).toBe(claims);
      expect(repository.reads).toBe(reads);
      expect((await credentials.verified(await forged({}))).claims).toMatchObject({ sid: 'session' });
    });

    it.each([
      ['of another issuer', { iss: 'http://elsewhere.test' }],
      ['without an issuer', { iss: undefined }],
      ['for another audience', { aud: 'http://elsewhere.test' }],
      ['without an audience', { aud: undefined }],
      ['for no kind of caller', { token_use: 'employee' }],
      ['without a session', { sid: undefined }],
      ['without an epoch', { epoch: undefined }],
      ['without an end', { exp: undefined }],
    ])('not one %s, though our key signed it [P-24]', async (_what, claims) => {
      await expect(credentials.verified(await forged(claims))).rejects.toThrow(Unauthenticated);
    });

    it.each([
      ['with a critical extension', { crit: ['exp'], exp: 1 }],
      ['of the type of a saas token', { typ: 'saas+jwt' }],
      ['of the type of a session token', { typ: 'jwt' }],
      ['without a type', { typ: undefined }],
      ['of a key that is not ours', { kid: 'unknown' }],
      ['of a key with a path for a name', { kid: '../../etc/passwd' }],
      ['of a key with the name of a property', { kid: '__proto__' }],
      ['without a key', { kid: undefined }],
    ])('not one %s [P-22, P-23]', async (_what, header) => {
      await expect(credentials.verified(await forged({}, header))).rejects.toThrow(Unauthenticated);
    });

    it('not one that another key signed under the name of ours [P-22]', async () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      await expect(credentials.verified(await forged({}, {}, privateKey))).rejects.toThrow(Unauthenticated);
    });

    it('of another instance, whose signature is checked, of each kind [P-22]', async () => {
      const other = new TokenIssuer(new SigningKeys(repository, config, clock), config, clock);
      const { token } = await other.shopperToken(subject, 3600);
      const saasToken = await other.saasToken({ ...subject, customerId: 'anna' });
      const session = await other.vtexSessionToken({ ...subject, accountId: 'account', version: 1 }, 3600);
      const spoilt = (one: string) =>
        one.replace(/.{8}$/, (end) => (end === 'AAAAAAAA' ? 'BBBBBBBB' : 'AAAAAAAA'));
      await expect(credentials.verified(spoilt(token))).rejects.toThrow(Unauthenticated);
      await expect(credentials.saasCustomer(spoilt(saasToken), 'acme')).rejects.toThrow(Forbidden);
      await expect(credentials.vtexSession(spoilt(session), 'acme')).rejects.toThrow(Unauthenticated);
      expect((await credentials.verified(token)).claims).toMatchObject({ sid: 'session' });
      expect(await credentials.saasCustomer(saasToken, 'acme')).toMatchObject({ customerId: 'anna' });
      expect(await credentials.vtexSession(session, 'acme')).toMatchObject({ sessionId: 'session' });
    });

    it('that was issued here only as long as its key is there, also when it is shown for the first time [X-20]', async () => {
      const [token, session] = [await anonymous(), await vtexSession()];
      await keys.drop((await keys.current()).kid);
      await expect(credentials.verified(token)).rejects.toThrow(Unauthenticated);
      await expect(credentials.vtexSession(session, 'acme')).rejects.toThrow(Unauthenticated);
    });

    it('not one of another kind, at any door [P-24]', async () => {
      for (const token of [await saas(), await vtexSession()]) {
        await expect(credentials.verified(token)).rejects.toThrow(Unauthenticated);
        await expect(credentials.named(token)).rejects.toThrow(Unauthenticated);
      }
      for (const token of [await customers(), await vtexSession()]) {
        await expect(credentials.saasCustomer(token, 'acme')).rejects.toThrow(Forbidden);
      }
      for (const token of [await customers(), await saas(), await service()]) {
        await expect(credentials.vtexSession(token, 'acme')).rejects.toMatchObject({ fault: 'no-session' });
      }
    });

    it('of the operator, which names no tenant, at one door only, and of the operator of now [P-24, P-34]', async () => {
      const token = await forged({
        token_use: 'operator',
        tenant: undefined,
        sid: undefined,
        epoch: 'another',
      });
      const { claims } = await credentials.verifiedOfAnybody(token);
      if (claims.token_use !== 'operator') throw new Error('not of the operator');
      await expect(credentials.expectOperator(claims)).rejects.toThrow(Unauthenticated);
      const refused = [
        credentials.verified(token),
        credentials.named(token),
        credentials.bearer(token, 'acme'),
        credentials.saasCustomer(token, 'acme').catch(() => Promise.reject(new Unauthenticated())),
      ];
      for (const one of refused) await expect(one).rejects.toThrow(Unauthenticated);
    });

    it('until its last second, also one that was seen before [P-17]', async () => {
      const token = await anonymous(10);
      clock.advanceSeconds(9);
      await credentials.verified(token);
      clock.advanceSeconds(1);
      await expect(credentials.verified(token)).rejects.toMatchObject({ fault: 'expired-token' });
      expect(await credentials.named(token)).toMatchObject({ sid: 'session' });
    });

    it('that was issued in the future, because the clock was set back [F-26]', async () => {
      const token = await anonymous();
      clock.setBy(-86_400);
      await credentials.verified(token);
    });

    it('not while the store is unavailable, which is reported as such and not as an invalid token', async () => {
      repository.list = () => Promise.reject(new StoreUnavailable());
      const token = await forgedElsewhere();
      await expect(credentials.verified(token)).rejects.toThrow(StoreUnavailable);
    });

    const forgedElsewhere = async (): Promise<string> => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return new SignJWT({}).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'x' }).sign(privateKey);
    };
  });

  describe('are issued', () => {
    it('with the type, the scope and the lifetime of their kind, told as one second less [E-10, W-02]', async () => {
      const { token, ...guest } = await issuer.shopperToken(subject, 3600);
      expect(guest).toEqual({ expiresIn: 3599, scope: 'tenant=acme' });
      expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
      expect((await issuer.shopperToken({ ...subject, customerId: 'anna' }, 60)).scope).toBe(
        'customer.customerprofile_view customer.customerprofile_edit customer.customer_read_own ' +
          'customer.customer_manage_own tenant=acme',
      );
      const client = { tenant: 'acme', clientId: 'acme-backend', epoch: 'epoch' };
      expect((await issuer.serviceToken(client, [])).expiresIn).toBe(config.SERVICE_TOKEN_SECONDS - 1);
      expect(decodeProtectedHeader(await saas()).typ).toBe('saas+jwt');
      expect(decodeProtectedHeader(await vtexSession()).typ).toBe('jwt');
    });

    it('and admitted until then, with nothing that they do not say', async () => {
      const { claims } = await credentials.verified(await service());
      expect(await credentials.authenticate(claims)).toMatchObject({
        expiresAt: new Date(claims.exp * 1000),
      });
      clients.authorize = async () => ({ scopes: [] });
      expect(await credentials.authenticate(claims)).not.toHaveProperty('email');
      const guest = await credentials.verified(await forged({}));
      expect(await credentials.authenticateUnexpired(guest.claims)).not.toHaveProperty('grant');
    });
  });

  describe('authenticate', () => {
    const admitted = async (token: string) =>
      credentials.authenticate((await credentials.verified(token)).claims);

    it('a service, with the scopes that its client still has, in the spelling of the token', async () => {
      const token = await service(['site.site_read', 'price.price_read', 'sessioncontext.context_manage']);
      expect(await admitted(token)).toMatchObject({
        kind: 'service',
        clientId: 'acme-backend',
        email: 'staff@acme.test',
        scopes: ['site.site_read', 'sessioncontext.context_manage'],
      });
      clients.scopes = ['price.price_read'];
      expect((await admitted(token)).scopes).toEqual(['price.price_read']);
      const asked = { clientId: 'acme-backend', tenant: 'acme', epoch: 'epoch', jti: expect.any(String) };
      expect(clients.asked.at(-1)).toEqual(asked);
    });

    it('nobody whose client is switched off, before a session is read [X-22]', async () => {
      const all = [await anonymous(), await customers(), await service()];
      clients.enabled = false;
      for (const token of all) {
        const { claims } = await credentials.verified(token);
        await expect(credentials.authenticate(claims)).rejects.toThrow(Unauthenticated);
        await expect(credentials.authenticateUnexpired(claims)).rejects.toThrow(Unauthenticated);
      }
      expect(sessions.asked).toEqual([]);
      await expect(credentials.saasCustomer(await saas(), 'acme')).rejects.toThrow(Forbidden);
    });

    it('no shopper whose session has ended, but for the route that takes those too [D-03]', async () => {
      sessions.alive = false;
      await expect(admitted(await customers())).rejects.toThrow(Unauthenticated);
      const { claims } = await credentials.verified(await customers());
      expect(await credentials.authenticateUnexpired(claims)).toEqual({
        kind: 'customer',
        tenant: 'acme',
        clientId: 'acme-storefront',
        sessionId: 'session',
        grant: 'grant',
        customerId: 'anna',
        scopes: expect.arrayContaining(['customer.customer_read_own']),
        expiresAt: new Date(claims.exp * 1000),
      });
      const guest = (await credentials.verified(await anonymous())).claims;
      expect(await credentials.authenticateUnexpired(guest)).not.toHaveProperty('customerId');
      expect(
        await credentials.authenticateUnexpired((await credentials.verified(await service())).claims),
      ).toMatchObject({
        kind: 'service',
        email: 'staff@acme.test',
      });
    });

    it('a bearer at its own tenant only, before anything is read [P-30]', async () => {
      const token = await customers();
      expect(await credentials.bearer(token, 'acme')).toMatchObject({ sessionId: 'session' });
      const { length } = sessions.asked;
      const elsewhere = credentials.bearer(token, 'globex');
      await expect(elsewhere).rejects.toThrow(Forbidden);
      await expect(elsewhere).rejects.toThrow('The token belongs to another tenant');
      expect(sessions.asked).toHaveLength(length);
    });

    it('no bearer that ended, though a customer’s session has no end [P-17]', async () => {
      const token = await customers();
      clock.advanceSeconds(3600);
      await expect(credentials.bearer(token, 'acme')).rejects.toMatchObject({ fault: 'expired-token' });
      expect(sessions.asked).toEqual([]);
    });

    it('a token of an earlier request as long as it is good [X-07, F-53]', async () => {
      const verified = await credentials.verified(await customers());
      expect(await credentials.authenticateAgain(verified)).toMatchObject({ customerId: 'anna' });
      sessions.alive = false;
      await expect(credentials.authenticateAgain(verified)).rejects.toThrow(Unauthenticated);
      sessions.alive = true;
      clock.advanceSeconds(3600);
      const over = credentials.authenticateAgain(verified);
      await expect(over).rejects.toThrow(Unauthenticated);
      await expect(over).rejects.toMatchObject({ fault: 'expired-token' });
    });
  });

  describe('take a saas token', () => {
    it('of a customer whose session is alive', async () => {
      expect(await credentials.saasCustomer(await saas(), 'acme')).toMatchObject({ customerId: 'anna' });
      expect(sessions.asked).toEqual([
        expect.objectContaining({ token_use: 'customer', sub: 'anna', grant: 'grant', scope: '' }),
      ]);
      expect(clients.asked).toEqual([{ clientId: 'acme-storefront', tenant: 'acme' }]);
    });

    it('not one that ended, of another tenant, or of a session that ended [P-24, P-26]', async () => {
      const token = await saas();
      await expect(credentials.saasCustomer(token, 'globex')).rejects.toThrow(Forbidden);
      expect(sessions.asked, 'the session of another tenant is not even read').toEqual([]);
      sessions.alive = false;
      await expect(credentials.saasCustomer(token, 'acme')).rejects.toThrow(Forbidden);
      sessions.alive = true;
      clock.advanceSeconds(config.CUSTOMER_TOKEN_SECONDS);
      await expect(credentials.saasCustomer(token, 'acme')).rejects.toThrow(Forbidden);
      const nonsense = credentials.saasCustomer('nonsense', 'acme');
      await expect(nonsense).rejects.toThrow(Forbidden);
      await expect(nonsense).rejects.toThrow(
        'saas-token: is not valid, or its session has ended: log the customer in again',
      );
    });

    it.each([
      ['another issuer', { iss: 'http://elsewhere.test' }],
      ['another audience', { aud: 'http://elsewhere.test' }],
      ['no audience', { aud: undefined }],
    ])('not one with %s [P-24]', async (_what, claims) => {
      const token = await forged({ sub: 'anna', ...claims }, { typ: 'saas+jwt' });
      await expect(credentials.saasCustomer(token, 'acme')).rejects.toThrow(Forbidden);
    });

    it('and report an unavailable store as such, not as an invalid token', async () => {
      sessions.authorize = () => Promise.reject(new StoreUnavailable());
      await expect(credentials.saasCustomer(await saas(), 'acme')).rejects.toThrow(StoreUnavailable);
    });
  });

  describe('take a vtex_session token', () => {
    it('and tell which session it names, and of which epoch [X-02]', async () => {
      const named = { tenant: 'acme', sessionId: 'session', epoch: 'epoch' };
      expect(await credentials.vtexSession(await vtexSession(), 'acme')).toEqual(named);
      expect(await credentials.vtexSessionIfAny(await vtexSession(), 'acme')).toEqual(named);
    });

    it('not one that ended or is of another account; then none is named [W-69, W-77]', async () => {
      const token = await vtexSession(10);
      await expect(credentials.vtexSession(token, 'globex')).rejects.toMatchObject({ fault: 'no-session' });
      expect(await credentials.vtexSessionIfAny(token, 'globex')).toBeUndefined();
      clock.advanceSeconds(10);
      await expect(credentials.vtexSession(token, 'acme')).rejects.toMatchObject({ fault: 'no-session' });
      expect(await credentials.vtexSessionIfAny(token, 'acme')).toBeUndefined();
      expect(await credentials.vtexSessionIfAny('nonsense', 'acme')).toBeUndefined();
      expect(await credentials.vtexSessionIfAny(undefined, 'acme')).toBeUndefined();
    });

    it('not one with an audience: that is another kind of token [P-24]', async () => {
      const claims = { 'account.id': 'a', id: 'session', version: 1, account: 'acme' };
      const with_ = await forged(claims, { typ: 'jwt' });
      await expect(credentials.vtexSession(with_, 'acme')).rejects.toMatchObject({ fault: 'no-session' });
      const without = await forged({ ...claims, aud: undefined }, { typ: 'jwt' });
      expect(await credentials.vtexSession(without, 'acme')).toMatchObject({ sessionId: 'session' });
    });

    it('and report an unavailable store as such, not as an invalid token', async () => {
      const token = await vtexSession();
      keys.publicKey = () => Promise.reject(new StoreUnavailable());
      await expect(credentials.vtexSessionIfAny(token, 'acme')).rejects.toThrow(StoreUnavailable);
    });
  });

  describe('follow the signing keys', () => {
    const kidOf = async (token: string) => (await credentials.verified(token)).kid;

    it('tokens of before a rotation stay good, new ones have the new key [P-27]', async () => {
      const before = await anonymous();
      await keys.rotate();
      const after = await anonymous();
      expect(await kidOf(before)).not.toBe(await kidOf(after));
      expect((await keys.list()).map(({ signs }) => signs)).toEqual([true, false]);
      expect((await keys.jwks()).keys).toHaveLength(2);
    });

    it('a dropped key takes its tokens along at once, seen before or not, and another signs [X-20, P-29]', async () => {
      const [seen, unseen, remembered] = [await anonymous(), await anonymous(), await customers()];
      const kid = await kidOf(seen);
      const verified = await credentials.verified(remembered);
      expect(await keys.drop(kid)).toBe(true);
      for (const token of [seen, unseen]) {
        await expect(credentials.verified(token)).rejects.toThrow(Unauthenticated);
      }
      await expect(credentials.authenticateAgain(verified)).rejects.toThrow(Unauthenticated);
      expect((await keys.jwks()).keys).toHaveLength(1);
      await credentials.verified(await anonymous());
      expect(await keys.drop(kid)).toBe(false);
    });

    it('within five seconds when another instance has dropped it [X-20, P-29]', async () => {
      const token = await anonymous();
      await kidOf(token);
      await new SigningKeys(repository, config, clock).drop(await kidOf(token));
      clock.advanceSeconds(4.9);
      await credentials.verified(token);
      clock.advanceSeconds(0.1);
      await expect(credentials.verified(token)).rejects.toThrow(Unauthenticated);
    });

    it('a key that another instance has just made is looked up at once [P-27]', async () => {
      await anonymous();
      const other = new SigningKeys(repository, config, clock);
      await other.rotate();
      const { token } = await new TokenIssuer(other, config, clock).shopperToken(subject, 3600);
      await credentials.verified(token);
    });

    it('a rotation signs with the new key also after the clock was set back [P-27]', async () => {
      const before = await kidOf(await anonymous());
      clock.setBy(-3600);
      await keys.rotate();
      expect(await kidOf(await anonymous())).not.toBe(before);
    });

    it('rotation waits until the newest key is old enough, and never happens with 0 days', async () => {
      const first = await kidOf(await anonymous());
      clock.advanceDays(90);
      await keys.rotateAfter(0);
      await keys.rotateAfter(91);
      expect(await kidOf(await anonymous())).toBe(first);
      await keys.rotateAfter(90);
      expect(await kidOf(await anonymous())).not.toBe(first);
    });
  });

  describe('open keys that were encrypted', () => {
    const keysWith = (secrets: string) =>
      new SigningKeys(repository, { ...config, KEYS_SECRET: secrets }, clock);
    const OLD = 'the secret of before';
    const NEW = 'the secret of today';

    it('with any secret of the list, and encrypt with the first [X-20]', async () => {
      const { kid } = await keysWith(OLD).current();
      const both = keysWith(`${NEW}, ${OLD}`);
      expect((await both.current()).kid).toBe(kid);
      await both.rotate();
      expect((await keysWith(NEW).current()).kid).not.toBe(kid);
      await expect(keysWith(OLD).current()).rejects.toThrow(/KEYS_SECRET does not open signing key/);
    });

    it('with a secret that has a comma, from before there were lists [X-20]', async () => {
      const whole = 'a secret, with a comma in it';
      await repository.add(await encryptedWith(whole));
      expect((await keysWith(whole).current()).kid).toBe('before');
    });

    const encryptedWith = async (secret: string): Promise<SigningKeyRecord> => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const jwk = privateKey.export({ format: 'jwk' });
      const { d: _private, ...publicJwk } = jwk;
      const encryptedPrivateJwk = await new CompactEncrypt(new TextEncoder().encode(JSON.stringify(jwk)))
        .setProtectedHeader({ alg: 'PBES2-HS512+A256KW', enc: 'A256GCM' })
        .encrypt(new TextEncoder().encode(secret));
      return {
        kid: 'before',
        publicJwk: JSON.stringify({ ...publicJwk, kid: 'before', alg: 'ES256', use: 'sig' }),
        encryptedPrivateJwk,
        createdAt: new Date(clock.now().getTime() + 1000),
      };
    };
  });
});
