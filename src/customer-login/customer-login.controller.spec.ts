import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aCustomer, aSite } from '../../test/support/data/builders.js';
import { LoginServices } from '../../test/support/people/login-services.js';
import { OutsideIssuer } from '../../test/support/people/outside-issuer.js';
import { hashToken } from '../customer/credentials/mailed-token.js';
import { BrowserCookies, type Customer } from '../customer/index.js';
import type { Shopper, TokenSet } from '../session/index.js';
import { Forbidden, InvalidInput, Unauthenticated, Unavailable } from '../shared/domain-error.js';
import { newSecret } from '../shared/ids.js';
import { CustomerLoginController } from './customer-login.controller.js';
import { OptInController } from './opt-in.controller.js';
import { TokenExchangeService } from './token-exchange.service.js';

const SHOP = 'acme-storefront';
const PASSWORD = 'a fine password';
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 ' +
  'Mobile/15E148 Safari/604.1';
const REQUEST = { headers: { 'user-agent': PHONE } } as FastifyRequest;
const REPLY = {} as FastifyReply;

/** Remembers the sessions for which it was asked to renew the cookie. */
class RecordedCookies extends BrowserCookies {
  readonly renewed: unknown[] = [];
  override async renew(
    _request: FastifyRequest,
    _reply: FastifyReply,
    session: { readonly tenant: string; readonly sessionId: string },
  ): Promise<void> {
    this.renewed.push(session.sessionId);
  }
}

describe('A customer’s login', () => {
  let services: LoginServices;
  let issuer: OutsideIssuer;
  let cookies: RecordedCookies;
  let controller: CustomerLoginController;
  let anna: Customer;
  let visitor: TokenSet;
  let me: Shopper;

  const begin = () => services.sessions.begin('acme', SHOP, { currency: 'EUR' });
  const logIn = (email = anna.email, password = PASSWORD) =>
    controller.logIn(me, { email, password }, REQUEST, REPLY);
  /** Logs a customer in. */
  const loggedIn = async () => {
    const { access_token: accessToken, refresh_token: refreshToken } = await logIn();
    return { accessToken, refreshToken, me: await services.shopper({ accessToken }) };
  };
  const tokensOf = ({ sessionId }: { sessionId: string }) => ({
    access_token: expect.stringMatching(/^eyJ/),
    expires_in: 30 * 86_400 - 1,
    refresh_token: expect.stringContaining(sessionId),
    refresh_token_expires_in: 86_399,
    token_type: 'Bearer',
    session_id: sessionId,
  });
  const olderNames = (answer: {
    access_token: string;
    expires_in: number;
    refresh_token: string;
    refresh_token_expires_in: number;
  }) => ({
    accessToken: answer.access_token,
    expiresIn: answer.expires_in,
    refreshToken: answer.refresh_token,
    refreshTokenExpiresIn: answer.refresh_token_expires_in,
  });

  beforeAll(async () => {
    Logger.overrideLogger(false);
    services = await LoginServices.open();
    issuer = await OutsideIssuer.open(() => services.clock.now().getTime() / 1000);
    await services.storefront(SHOP);
    await services.storage.sites.create(aSite('main', { default: true }));
    const settings = { identityProviders: issuer.providers };
    await services.storage.tenants.create({ name: 'acme', settings });
  });
  afterAll(async () => {
    Logger.overrideLogger(['log', 'warn', 'error']);
    issuer.close();
    await services.close();
  });
  beforeEach(async () => {
    cookies = new RecordedCookies();
    services.carts.brought.length = 0;
    const { tenants, customers, logins, clock } = services;
    const exchanges = new TokenExchangeService(tenants, customers, logins, clock);
    controller = new CustomerLoginController(logins, exchanges, customers, cookies, clock);
    anna = aCustomer({ passwordHash: await services.passwords.hash(PASSWORD) });
    await services.storage.customers.create(anna);
    visitor = await begin();
    me = await services.shopper(visitor);
  });

  describe('with a password', () => {
    it('makes the session the customer’s, with its cart, and answers under both names [E-21, E-25, W-14]', async () => {
      const answer = await logIn();
      const saasToken = answer.saasToken;
      expect(answer).toStrictEqual({
        ...tokensOf(visitor),
        ...olderNames(answer),
        saas_token: saasToken,
        saasToken,
        initialPassword: false,
      });
      expect(decodeJwt(saasToken)).toMatchObject({ sub: anna.id, sid: visitor.sessionId });
      expect(await services.stored(visitor)).toMatchObject({
        kind: 'customer',
        customerId: anna.id,
        device: 'Safari on iOS',
      });
      expect(services.carts.brought).toMatchObject([{ sessionId: visitor.sessionId, customerId: anna.id }]);
      expect(cookies.renewed).toEqual([visitor.sessionId]);
      expect((await services.customers.find('acme', anna.id))?.lastLogin).toEqual(services.clock.now());
    });

    it('is refused with a wrong one and changes nothing [W-15]', async () => {
      await expect(logIn(anna.email, 'a wrong password')).rejects.toMatchObject({
        fault: 'wrong-credentials',
      });
      await expect(logIn('nobody@acme.test')).rejects.toMatchObject({ fault: 'wrong-credentials' });
      expect(await services.stored(visitor)).toMatchObject({ kind: 'anonymous' });
      expect(services.carts.brought).toEqual([]);
      expect(cookies.renewed).toEqual([]);
      await logIn();
    });

    it('is undone if the credentials have changed meanwhile: its session ends [X-03]', async () => {
      const { storage, clock } = services;
      await storage.customers.change('acme', anna.id, (current) => ({
        ...current,
        credentialChanges: { ids: ['later'], newestAt: clock.now() },
      }));
      const late = services.logins.takeOver(me, anna);
      await expect(late).rejects.toThrow(Unauthenticated);
      await expect(late).rejects.toMatchObject({ fault: 'wrong-credentials' });
      expect(await services.stored(visitor)).toBeUndefined();
      expect(services.carts.brought).toEqual([]);
    });
  });

  describe('ends by a logout', () => {
    it('with its own access token, at once [E-35, W-16]', async () => {
      const hers = await loggedIn();
      await controller.logOut(hers.me, { accessToken: hers.accessToken });
      expect(await services.stored(hers.me)).toBeUndefined();
    });

    it('and with the tokens from before the login, which belong to the same session', async () => {
      const hers = await loggedIn();
      await controller.logOut(hers.me, { accessToken: visitor.accessToken });
      expect(await services.stored(hers.me)).toBeUndefined();
    });

    it('but goes on after a token of another session, tenant or kind [W-16, P-19]', async () => {
      const hers = await loggedIn();
      const other = await begin();
      const globex = { tenant: 'globex', clientId: SHOP, epoch: 'e', grant: 'g' };
      const foreign = { ...globex, sessionId: visitor.sessionId };
      const backend = { clientId: 'acme-backend', tenant: 'acme', epoch: 'epoch' };
      const wrong = [
        other.accessToken,
        (await services.issuer.shopperToken(foreign, 60)).token,
        (await services.issuer.serviceToken(backend, ['site.site_read'])).token,
      ];
      for (const accessToken of wrong) {
        const tried = controller.logOut(hers.me, { accessToken });
        await expect(tried).rejects.toThrow(Forbidden);
        await expect(tried).rejects.toThrow('accessToken does not belong to the session of the bearer token');
      }
      await expect(controller.logOut(hers.me, { accessToken: 'nonsense' })).rejects.toThrow(Unauthenticated);
      expect(await services.stored(hers.me)).toBeDefined();
      expect(await services.stored(other)).toBeDefined();
    });
  });

  describe('is renewed by its refresh token', () => {
    it('under the same session, with new tokens under both names [W-14, W-17]', async () => {
      const hers = await loggedIn();
      const answer = await controller.refresh(hers.me, { refreshToken: hers.refreshToken });
      expect(answer).toStrictEqual({ ...tokensOf(visitor), ...olderNames(answer) });
      expect(answer.refresh_token).not.toBe(hers.refreshToken);
    });

    it('with a legal entity from then on, which validation shows [W-17, W-18]', async () => {
      const hers = await loggedIn();
      const query = { refreshToken: hers.refreshToken, legalEntityId: 'branch-7' };
      const { access_token: accessToken } = await controller.refresh(hers.me, query);
      const valid = await controller.validate(await services.shopper({ accessToken }));
      expect(valid.legalEntityId).toBe('branch-7');
    });

    it('but not with a malformed token', async () => {
      const hers = await loggedIn();
      await expect(controller.refresh(hers.me, { refreshToken: 'nonsense' })).rejects.toThrow(
        Unauthenticated,
      );
    });
  });

  describe('is validated', () => {
    it('as a guest’s token before it: remaining seconds, scope and session, but no e-mail [W-18]', async () => {
      services.clock.advanceSeconds(600);
      expect(await controller.validate(me)).toStrictEqual({
        token_type: 'Bearer',
        expires_in: 2999,
        scope: 'tenant=acme',
        sessionId: visitor.sessionId,
      });
    });

    it('with the e-mail of the customer [W-18]', async () => {
      const hers = await loggedIn();
      expect(await controller.validate(hers.me)).toStrictEqual({
        token_type: 'Bearer',
        expires_in: 30 * 86_400 - 1,
        scope: expect.stringContaining('tenant=acme'),
        sessionId: visitor.sessionId,
        email: anna.email,
      });
    });

    it('without an e-mail once the customer is erased', async () => {
      const hers = await loggedIn();
      const erased = { ...hers.me, customerId: 'nobody' };
      expect(await controller.validate(erased)).not.toHaveProperty('email');
    });
  });

  describe('by the link of a double opt-in', () => {
    const waiting = async () => {
      const secret = newSecret();
      const optIn = {
        hash: hashToken(secret),
        expiresAt: new Date(services.clock.now().getTime() + 60_000),
      };
      await services.storage.customers.change('acme', anna.id, (current) => ({
        ...current,
        unconfirmed: true,
        optIn,
      }));
      return `${anna.id}.${secret}`;
    };
    const activate = (token: string) =>
      new OptInController(services.optIns, services.logins, cookies).activate(me, token, REQUEST, REPLY);

    it('makes the session the customer’s, with its cart [W-13, E-25]', async () => {
      const answer = await activate(await waiting());
      expect(answer).toMatchObject({ ...tokensOf(visitor), saas_token: expect.any(String) });
      expect(await services.stored(visitor)).toMatchObject({ customerId: anna.id, device: 'Safari on iOS' });
      expect(services.carts.brought).toMatchObject([{ sessionId: visitor.sessionId }]);
      expect(cookies.renewed).toEqual([visitor.sessionId]);
      expect(await services.customers.find('acme', anna.id)).not.toHaveProperty('unconfirmed');
    });

    it('works once', async () => {
      const token = await waiting();
      await activate(token);
      me = await services.shopper(await begin());
      await expect(activate(token)).rejects.toThrow(
        'token: is unknown, already used or expired: request a new one',
      );
    });
  });

  describe('with the token of an outside identity provider', () => {
    let email: string;
    const exchange = async (
      claims: object = {},
      config?: string,
      signing: Parameters<OutsideIssuer['sign']>[1] = {},
    ) => {
      const subjectAccessToken = await issuer.sign({ email, email_verified: true, ...claims }, signing);
      const query = { subjectAccessToken, ...(config !== undefined && { config }) };
      return controller.exchange(me, query, REQUEST, REPLY);
    };
    beforeEach(() => {
      email = `Zoe-${visitor.sessionId}@acme.test`;
    });

    it('creates the customer the first time, and makes the session theirs [W-22]', async () => {
      const answer = await exchange({ given_name: 'Zoe', family_name: 'Outside' });
      const { subject_access_token, ...rest } = answer;
      expect(subject_access_token).toMatch(/^eyJ/);
      expect(rest).toStrictEqual({
        ...tokensOf(visitor),
        saas_token: expect.stringMatching(/^eyJ/),
        session_idle_time: 120,
        scope: expect.stringContaining('tenant=acme'),
      });
      const customer = await services.storage.customers.findByLogin('acme', email);
      expect(customer).toMatchObject({ firstName: 'Zoe', lastName: 'Outside', contactEmail: email });
      expect(await services.stored(visitor)).toMatchObject({
        customerId: customer?.id,
        device: 'Safari on iOS',
      });
      expect(services.carts.brought).toMatchObject([{ sessionId: visitor.sessionId }]);
      expect(cookies.renewed).toEqual([visitor.sessionId]);
    });

    it('finds the customer by the verified e-mail afterwards, and needs no name [W-22]', async () => {
      await exchange();
      const made = await services.storage.customers.findByLogin('acme', email);
      expect(made).not.toHaveProperty('firstName');
      expect(made).not.toHaveProperty('lastName');
      visitor = await begin();
      me = await services.shopper(visitor);
      await exchange({ given_name: 'Another' });
      expect(await services.stored(visitor)).toMatchObject({ customerId: made?.id });
    });

    it('needs a provider that the tenant declares, and the refusal names the field [W-22, W-45]', async () => {
      await expect(exchange({}, 'nobody')).rejects.toThrow(InvalidInput);
      await expect(exchange({}, 'nobody')).rejects.toThrow(
        'config: the tenant has no identity provider named nobody',
      );
      me = { ...me, tenant: 'globex' };
      await expect(exchange()).rejects.toThrow('config: the tenant has no identity provider named default');
    });

    it.each([
      ['says of no e-mail that it is verified', { email_verified: false }],
      ['says so in another type', { email_verified: 'true' }],
      ['says no e-mail', { email: undefined }],
      ['says what is no e-mail', { email: 'zoe' }],
      ['says a name that is no text', { given_name: 7 }],
      ['says a name of more than 256 characters', { family_name: 'x'.repeat(257) }],
    ])('is refused if it %s', async (_what, claims) => {
      await expect(exchange(claims)).rejects.toMatchObject({ fault: 'invalid-token' });
      expect(await services.stored(visitor)).toMatchObject({ kind: 'anonymous' });
    });

    it('takes a name of 256 characters', async () => {
      const name = 'x'.repeat(256);
      await exchange({ given_name: name, family_name: name });
      const made = await services.storage.customers.findByLogin('acme', email);
      expect(made).toMatchObject({ firstName: name, lastName: name });
    });

    it.each([
      ['of another issuer', { issuer: 'https://evil.test' }],
      ['for another audience', { audience: 'globex' }],
      ['without an end', { without: 'exp' }],
      ['about nobody', { without: 'sub' }],
    ] as const)('is refused if it is %s', async (_what, signing) => {
      await expect(exchange({}, 'default', signing)).rejects.toMatchObject({ fault: 'invalid-token' });
    });

    it('is refused if it is not a token, or one of this service’s', async () => {
      for (const subjectAccessToken of ['nonsense', visitor.accessToken]) {
        const tried = controller.exchange(me, { subjectAccessToken }, REQUEST, REPLY);
        await expect(tried).rejects.toThrow(Unauthenticated);
      }
    });

    it('is told apart if it has expired, and refused if it is from the future [P-25]', async () => {
      const now = services.clock.now().getTime() / 1000;
      await expect(exchange({ exp: now - 4 })).resolves.toBeDefined();
      visitor = await begin();
      me = await services.shopper(visitor);
      for (const exp of [now - 5, now - 3600])
        await expect(exchange({ exp })).rejects.toMatchObject({ fault: 'expired-token' });
      await expect(exchange({ nbf: now + 61 })).rejects.toMatchObject({ fault: 'invalid-token' });
      await expect(exchange({ iat: now + 61 })).rejects.toMatchObject({ fault: 'invalid-token' });
      await expect(exchange({ nbf: now + 60, iat: now + 60 })).resolves.toBeDefined();
    });

    it("may be retried if the provider’s keys can't be read", async () => {
      for (const config of ['broken', 'huge']) {
        await expect(exchange({}, config)).rejects.toThrow(Unavailable);
        await expect(exchange({}, config)).rejects.toThrow(
          'The identity provider did not return its keys; try again',
        );
      }
      expect(await services.stored(visitor)).toMatchObject({ kind: 'anonymous' });
    });

    it('fetches the provider’s keys once', async () => {
      await exchange();
      const before = issuer.keysAsked;
      await expect(exchange({}, 'default', { kid: 'unknown' })).rejects.toThrow(Unauthenticated);
      me = await services.shopper(await begin());
      await exchange();
      expect(issuer.keysAsked).toBe(before);
    });
  });
});
