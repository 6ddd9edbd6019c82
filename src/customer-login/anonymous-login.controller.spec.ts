import { Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCustomer, aSite } from '../../test/support/data/builders.js';
import { LoginServices } from '../../test/support/people/login-services.js';
import { InvalidInput, Unauthenticated } from '../shared/domain-error.js';
import { AnonymousLoginController } from './anonymous-login.controller.js';
import { DeviceCookie } from './device-cookie.js';

const SHOP = 'acme-storefront';
const FROM_SHOP = { tenant: 'acme', client_id: SHOP };

describe('An anonymous login', () => {
  let services: LoginServices;
  let controller: AnonymousLoginController;
  const requestWith = (headers: Record<string, string>) =>
    ({ headers, protocol: 'https', host: 'api.acme.test' }) as FastifyRequest;
  const logIn = (query: object = {}, headers: Record<string, string> = {}) =>
    controller.logIn(requestWith(headers), { ...FROM_SHOP, ...query });
  const refresh = (query: object) => controller.refresh({ ...FROM_SHOP, ...query });
  const cookieOf = async (sessionId: string, over: { tenant?: string } = {}) => {
    const session = await services.stored({ sessionId });
    const subject = { tenant: 'acme', accountId: 'id', sessionId, version: 1, epoch: session?.epoch ?? '' };
    const token = await services.issuer.vtexSessionToken({ ...subject, ...over }, 3600);
    return `${services.config.VTEX_SESSION_COOKIE}=${token}`;
  };

  beforeAll(async () => {
    Logger.overrideLogger(false);
    services = await LoginServices.open();
    await services.storefront(SHOP);
    await services.storefront('acme-kiosk');
    await services.storefront('globex-storefront', 'globex');
    await services.storage.sites.create(aSite('main', { default: true }));
    await services.storage.sites.create(aSite('us', { currency: 'USD', availableCurrencies: ['USD'] }));
    const vtex = { allowedOrigins: ['https://shop.acme.test'] };
    await services.storage.tenants.create({ name: 'acme', settings: { vtex } });
    const cookies = new DeviceCookie(services.tenants, services.config);
    controller = new AnonymousLoginController(services.anonymousLogins, cookies);
  });
  afterAll(async () => {
    Logger.overrideLogger(['log', 'warn', 'error']);
    await services.close();
  });

  describe('begins a session', () => {
    it('and returns its tokens under Emporix’ names [E-10, W-06]', async () => {
      const answer = await logIn();
      expect(answer).toStrictEqual({
        token_type: 'Bearer',
        access_token: expect.stringMatching(/^eyJ/),
        expires_in: 3599,
        refresh_token: expect.stringContaining(answer.sessionId),
        refresh_token_expires_in: 86_399,
        sessionId: expect.any(String),
        scope: 'tenant=acme',
      });
    });

    it('that remembers what the query asked for and nothing else of it [W-07]', async () => {
      const asked = { siteCode: 'us', currency: 'USD', targetLocation: 'US', language: 'en' };
      const { sessionId } = await logIn({ 'hybris-tenant': 'acme', ...asked });
      expect((await services.stored({ sessionId }))?.asked).toEqual(asked);
    });

    it('for a tenant by its older name [F-25]', async () => {
      const query = { client_id: SHOP, 'hybris-tenant': 'acme' };
      expect(await controller.logIn(requestWith({}), query)).toMatchObject({ scope: 'tenant=acme' });
    });

    it('but not for a client that is not a storefront of the tenant [W-08]', async () => {
      for (const client_id of ['nobody', 'globex-storefront'])
        await expect(logIn({ client_id })).rejects.toMatchObject({ fault: 'unknown-client' });
    });

    it('but not with a value that the tenant does not know [D-24]', async () => {
      await expect(logIn({ siteCode: 'mars' })).rejects.toThrow(InvalidInput);
      await expect(logIn({ siteCode: 'us', currency: 'EUR' })).rejects.toThrow(/^currency: /);
    });
  });

  describe('of a browser that has a session by cookie', () => {
    it('continues that session [D-22]', async () => {
      const { sessionId } = await logIn();
      const cookie = await cookieOf(sessionId);
      expect(await logIn({ currency: 'EUR' }, { cookie })).toMatchObject({ sessionId });
      expect((await services.stored({ sessionId }))?.asked).toEqual({ currency: 'EUR' });
    });

    it('continues the first of several that opens one', async () => {
      const [one, other] = [await logIn(), await logIn()];
      const name = services.config.VTEX_SESSION_COOKIE;
      const cookie = `${name}=nonsense; ${await cookieOf(one.sessionId)}; ${await cookieOf(other.sessionId)}`;
      expect(await logIn({}, { cookie })).toMatchObject({ sessionId: one.sessionId });
    });

    it('continues it on a page of the shop and on no other page [X-15]', async () => {
      const { sessionId } = await logIn();
      const cookie = await cookieOf(sessionId);
      const own = await logIn(
        {},
        { cookie, origin: 'https://shop.acme.test', 'sec-fetch-site': 'same-site' },
      );
      expect(own.sessionId).toBe(sessionId);
      const foreign = { cookie, origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' };
      expect((await logIn({}, foreign)).sessionId).not.toBe(sessionId);
    });

    it('begins a new one if the session is another storefront’s or tenant’s, or a customer’s [P-10, P-24]', async () => {
      const { sessionId, access_token: accessToken } = await logIn();
      const cookie = await cookieOf(sessionId);
      expect((await logIn({ client_id: 'acme-kiosk' }, { cookie })).sessionId).not.toBe(sessionId);
      const foreign = await cookieOf(sessionId, { tenant: 'globex' });
      expect((await logIn({}, { cookie: foreign })).sessionId).not.toBe(sessionId);
      const { session } = await services.shopper({ accessToken });
      await services.sessions.becomeCustomers(session, 'anna');
      expect((await logIn({}, { cookie: await cookieOf(sessionId) })).sessionId).not.toBe(sessionId);
    });
  });

  describe('is refreshed', () => {
    it('by its refresh token, under the same id [W-09]', async () => {
      const { sessionId, refresh_token } = await logIn();
      const answer = await refresh({ refresh_token });
      expect(answer).toMatchObject({ token_type: 'Bearer', sessionId, expires_in: 3599 });
      expect(answer.refresh_token).not.toBe(refresh_token);
    });

    it('the older way by its access token, expired or not, without a new refresh token [W-10]', async () => {
      const { sessionId, access_token: anonymous_token, refresh_token } = await logIn();
      services.clock.advanceSeconds(2 * 3600);
      const answer = await refresh({ anonymous_token });
      expect(answer).toMatchObject({ sessionId, expires_in: 3599 });
      expect(answer).not.toHaveProperty('refresh_token');
      expect(answer).not.toHaveProperty('refresh_token_expires_in');
      await refresh({ refresh_token });
    });

    it('by the refresh token if both are given', async () => {
      const { access_token: anonymous_token } = await logIn();
      const { sessionId, refresh_token } = await logIn();
      expect(await refresh({ refresh_token, anonymous_token })).toMatchObject({ sessionId });
    });

    it('by neither if there is none, and the answer names the field [W-45]', async () => {
      await expect(refresh({})).rejects.toThrow(InvalidInput);
      await expect(refresh({})).rejects.toThrow('refresh_token: is missing');
    });

    it('only at its own storefront [W-08, P-10]', async () => {
      const { refresh_token, access_token: anonymous_token } = await logIn();
      for (const token of [{ refresh_token }, { anonymous_token }]) {
        await expect(refresh({ ...token, client_id: 'acme-kiosk' })).rejects.toThrow(Unauthenticated);
        await expect(refresh({ ...token, client_id: 'nobody' })).rejects.toMatchObject({
          fault: 'unknown-client',
        });
        const globex = { tenant: 'globex', client_id: 'globex-storefront' };
        await expect(refresh({ ...token, ...globex })).rejects.toThrow(Unauthenticated);
      }
    });

    it('by no token of a customer or a backend [P-10, P-24]', async () => {
      const customer = aCustomer();
      await services.storage.customers.create(customer);
      const { access_token: accessToken } = await logIn();
      const { tokens } = await services.logins.takeOver(await services.shopper({ accessToken }), customer);
      const backend = { clientId: SHOP, tenant: 'acme', epoch: 'epoch' };
      const service = await services.issuer.serviceToken(backend, ['site.site_read']);
      for (const anonymous_token of [tokens.accessToken, service.token, 'nonsense'])
        await expect(refresh({ anonymous_token })).rejects.toThrow(Unauthenticated);
      expect(await services.shopper(tokens)).toMatchObject({ kind: 'customer' });
    });
  });
});
