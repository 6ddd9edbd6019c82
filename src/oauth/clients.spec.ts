import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { assertionsOf } from '../../test/support/people/client-assertions.js';
import { TestClock } from '../../test/support/test-clock.js';
import { Operator, type ServicePrincipal, SigningKeys, TokenIssuer } from '../auth/index.js';
import { readConfig } from '../config/config.schema.js';
import { TargetAddresses } from '../http/upstream/target-addresses.js';
import { Unauthenticated } from '../shared/domain-error.js';
import { EmbeddedStorage } from '../storage/embedded/embedded-storage.js';
import { ClientAuthentication } from './client-authentication.js';
import { hashSecret } from './client-secret.js';
import { ClientIdTaken, ClientNotFound } from './client.errors.js';
import { ClientService } from './client.service.js';
import type { Client } from './client.types.js';
import { OAuthError } from './oauth.errors.js';
import { OAuthService } from './oauth.service.js';
import { RememberedClients } from './remembered-clients.js';
import { RevokedTokens } from './revocation/revoked-tokens.js';

const config = readConfig({ NODE_ENV: 'test', KEYS_SECRET: 'a secret of this test only' });
const SECRET = 'a secret that was generated';

describe('The clients of a tenant', () => {
  let folder: string;
  let storage: EmbeddedStorage;
  let clock: TestClock;
  let remembered: RememberedClients;
  let service: ClientService;
  let oauth: OAuthService;
  let count = 0;
  let by: ServicePrincipal;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    folder = await mkdtemp(join(tmpdir(), 'clients-'));
    storage = await EmbeddedStorage.open(folder);
  });
  afterAll(async () => {
    Logger.overrideLogger(['log', 'warn', 'error']);
    await storage.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    count += 1;
    clock = new TestClock();
    remembered = new RememberedClients(
      storage.clients,
      storage.tenants,
      new RevokedTokens(storage.spentJwts, clock),
      clock,
    );
    service = new ClientService(storage.clients, remembered, new TargetAddresses(config), clock);
    const keys = new SigningKeys(storage.signingKeys, config, clock);
    oauth = new OAuthService(
      remembered,
      new TokenIssuer(keys, config, clock),
      new ClientAuthentication(
        remembered,
        assertionsOf(remembered, storage.spentJwts, config, clock),
        new Operator(config),
        clock,
      ),
    );
    by = {
      kind: 'service',
      tenant: 'acme',
      clientId: 'manager',
      scopes: ['client.client_manage', 'sessioncontext.context_manage', 'site.site_read'],
      expiresAt: clock.now(),
    };
  });
  afterEach(() => vi.restoreAllMocks());

  const stored = async (over: Partial<Client> = {}): Promise<Client> => {
    const client: Client = {
      clientId: `export-${count}`,
      tenant: 'acme',
      kind: 'backend',
      enabled: true,
      secrets: [{ hash: hashSecret(SECRET) }],
      scopes: ['session_context.context_manage', 'site.site_read'],
      epoch: 'epoch',
      createdAt: clock.now(),
      modifiedAt: clock.now(),
      version: 1,
      ...over,
    };
    await storage.clients.create(client);
    return client;
  };
  const ask = ({ clientId }: Client, scope = '', secret = SECRET) =>
    oauth.serviceToken({ clientId, secret }, scope);
  const refusalOf = (asked: Promise<unknown>) =>
    asked.then(
      () => 'granted',
      (error: unknown) => (error instanceof OAuthError ? [error.details['error'], error.message] : error),
    );

  describe('ask for a service token', () => {
    it('and get everything that they may have, unless they ask for less [W-02, W-05, D-06]', async () => {
      const client = await stored();
      expect((await ask(client)).scope).toBe('session_context.context_manage site.site_read tenant=acme');
      expect((await ask(client, 'tenant=acme site.site_read cart.cart_manage')).scope).toBe(
        'site.site_read tenant=acme',
      );
      expect((await ask(client, 'sessioncontext.context_manage')).scope).toBe(
        'sessioncontext.context_manage tenant=acme',
      );
      expect((await ask(client, 'tenant=acme')).scope).toContain('site.site_read');
    });

    it('but not while their tenant is switched off: then they count as switched off, within five seconds', async () => {
      const tenant = `off${count}`;
      await storage.tenants.create({ name: tenant, settings: {} });
      const backend = await stored({ tenant });
      const storefront = await stored({ tenant, clientId: `web-${count}`, kind: 'storefront', secrets: [] });
      const gate = () => remembered.authorize({ clientId: backend.clientId, tenant });
      await ask(backend);
      await gate();
      await storage.tenants.change(tenant, (current) => ({ ...current, enabled: false }));
      expect(await refusalOf(ask(backend))).toEqual(['invalid_client', 'Client authentication failed']);
      clock.advanceSeconds(5);
      await expect(gate()).rejects.toThrow(Unauthenticated);
      expect(await oauth.storefront(tenant, storefront.clientId)).toBeUndefined();
      await storage.tenants.change(tenant, (current) => ({ ...current, enabled: true }));
      await ask(backend);
      expect(await oauth.storefront(tenant, storefront.clientId)).toEqual(storefront);
      await expect(gate()).rejects.toThrow(Unauthenticated);
      oauth.forgetTenant();
      await gate();
    });

    it('but not for another tenant, for two tenants, or only for scopes that they may not have [W-05, X-17, P-34]', async () => {
      const client = await stored();
      const refused = (scope: string) => refusalOf(ask(client, scope));
      expect(await refused('tenant=globex site.site_read')).toEqual([
        'invalid_scope',
        'The client does not belong to this tenant',
      ]);
      expect(await refused('tenant=acme tenant=globex')).toEqual([
        'invalid_scope',
        'scope names two tenants: request a separate token for each',
      ]);
      expect(await refused('cart.cart_manage')).toEqual([
        'invalid_scope',
        'scope: the client may have none of these scopes',
      ]);
      const commas = ['invalid_scope', 'scope: separate the tenant and the scopes by spaces, not by commas'];
      expect(await refused('tenant=acme,site.site_read')).toEqual(commas);
      expect(await refused('site.site_read,cart.cart_manage')).toEqual(commas);
      await expect(ask(client, 'cart.cart_manage')).rejects.toMatchObject({ kind: 'invalid' });
    });

    it('and are refused alike if unknown, switched off, without a secret, or with a wrong or expired one [W-03]', async () => {
      const client = await stored();
      const off = await stored({ clientId: `off-${count}`, enabled: false });
      const none = await stored({ clientId: `none-${count}`, secrets: [] });
      const over = await stored({
        clientId: `over-${count}`,
        secrets: [{ hash: hashSecret('new') }, { hash: hashSecret(SECRET), endsAt: clock.now() }],
      });
      const asked = [
        ask(client, '', 'wrong'),
        ask({ ...client, clientId: 'nobody' }),
        ask({ ...client, clientId: 'nobody' }, '', ''),
        ask(off),
        ask(none),
        ask(none, '', ''),
        ask(over),
      ];
      for (const one of asked) {
        expect(await refusalOf(one)).toEqual(['invalid_client', 'Client authentication failed']);
      }
      expect((await ask(over, 'site.site_read', 'new')).scope).toContain('site.site_read');
    });
  });

  it('are known for five seconds where they begin sessions, and refused by none but the store [W-08]', async () => {
    const shop = await stored({ kind: 'storefront', secrets: [] });
    const find = vi.spyOn(storage.clients, 'find');
    for (let i = 0; i < 5; i += 1) await oauth.storefront('acme', shop.clientId);
    expect(find).toHaveBeenCalledTimes(1);
    expect(await oauth.storefront('acme', `late-${count}`)).toBeUndefined();
    await stored({ clientId: `late-${count}`, kind: 'storefront', secrets: [] });
    expect(await oauth.storefront('acme', `late-${count}`)).toMatchObject({ clientId: `late-${count}` });
    await storage.clients.change('acme', shop.clientId, (current) => ({ ...current, enabled: false }));
    clock.advanceSeconds(6);
    expect(await oauth.storefront('acme', shop.clientId)).toBeUndefined();
  });

  it('begin sessions if they are storefronts of the tenant and switched on [W-08]', async () => {
    const shop = await stored({ kind: 'storefront', secrets: [] });
    expect(await oauth.storefront('acme', shop.clientId)).toMatchObject({ clientId: shop.clientId });
    expect(await oauth.storefront('globex', shop.clientId)).toBeUndefined();
    expect(await oauth.storefront('acme', 'nobody')).toBeUndefined();
    const off = await stored({ clientId: `off-${count}`, kind: 'storefront', enabled: false });
    expect(await oauth.storefront('acme', off.clientId)).toBeUndefined();
    const backend = await stored({ clientId: `backend-${count}` });
    expect(await oauth.storefront('acme', backend.clientId)).toBeUndefined();
  });

  describe('are remembered', () => {
    const admitted = (client: Client, over: object = {}) =>
      remembered.authorize({ clientId: client.clientId, tenant: 'acme', ...over });

    it('and admitted while they are switched on, at their own tenant, in their epoch [X-22, P-30]', async () => {
      const client = await stored();
      expect(await admitted(client)).toMatchObject({ scopes: client.scopes });
      expect(await admitted(client, { epoch: 'epoch' })).toMatchObject({ scopes: client.scopes });
      await expect(admitted(client, { epoch: 'another' })).rejects.toThrow(Unauthenticated);
      await expect(admitted(client, { tenant: 'globex' })).rejects.toThrow(Unauthenticated);
      await expect(admitted({ ...client, clientId: 'nobody' })).rejects.toThrow(Unauthenticated);
      await expect(admitted({ ...client, clientId: 'nobody' }, { epoch: 'x' })).rejects.toThrow(
        Unauthenticated,
      );
      const off = await stored({ clientId: `off-${count}`, enabled: false });
      await expect(admitted(off)).rejects.toThrow(Unauthenticated);
    });

    it('for five seconds, as is the absence of a client', async () => {
      const client = await stored();
      await admitted(client);
      await expect(admitted({ ...client, clientId: `later-${count}` })).rejects.toThrow(Unauthenticated);
      await storage.clients.remove('acme', client.clientId);
      await stored({ clientId: `later-${count}` });
      const reads = vi.spyOn(storage.clients, 'find');
      clock.advanceSeconds(4.999);
      await admitted(client);
      await expect(admitted({ ...client, clientId: `later-${count}` })).rejects.toThrow(Unauthenticated);
      expect(reads).not.toHaveBeenCalled();
      clock.advanceSeconds(0.001);
      await expect(admitted(client)).rejects.toThrow(Unauthenticated);
      await admitted({ ...client, clientId: `later-${count}` });
    });

    it('until this instance changes them, even while they are being read', async () => {
      const client = await stored();
      const asked = admitted(client);
      remembered.forget(client.clientId);
      expect(await asked).toMatchObject({ scopes: client.scopes });
      await storage.clients.remove('acme', client.clientId);
      await expect(admitted(client)).rejects.toThrow(Unauthenticated);
    });
  });

  describe('are managed', () => {
    const draft = () => ({ clientId: `made-${count}`, kind: 'backend', scopes: ['site.site_read'] }) as const;

    it('by a client that may name its scopes in the older spelling [D-06]', async () => {
      const scopes = ['session_context.context_manage'];
      const { client, secret } = await service.create(by, { ...draft(), scopes });
      expect(client).toMatchObject({ tenant: 'acme', scopes, createdAt: clock.now(), version: 1 });
      expect((await ask(client, '', secret)).scope).toContain('session_context.context_manage');
      expect(client.epoch).toMatch(/^[0-9a-f-]{36}$/);
    });

    it('and a storefront gets no secret, and a taken id is refused [C-03]', async () => {
      const { client, secret } = await service.create(by, { clientId: `made-${count}`, kind: 'storefront' });
      expect(secret).toBeUndefined();
      expect(client.secrets).toEqual([]);
      await expect(service.create(by, draft())).rejects.toThrow(ClientIdTaken);
      await expect(service.create(by, draft())).rejects.toThrow(
        `clientId: 'made-${count}' is taken; ids are unique across all tenants, so choose another one`,
      );
    });

    it('and a change takes effect here at once and is logged without a secret', async () => {
      const lines: unknown[] = [];
      vi.spyOn(Logger.prototype, 'log').mockImplementation((...line: unknown[]) => void lines.push(line));
      const { client } = await service.create(by, draft());
      const { clientId } = client;
      const about = { tenant: 'acme', by: 'manager', client: clientId };
      await remembered.find(clientId);
      await service.change(by, clientId, { enabled: false }, 1);
      await expect(remembered.authorize(client)).rejects.toThrow(Unauthenticated);
      await service.change(by, clientId, { enabled: true }, 2);
      await remembered.authorize(client);
      const { secret } = await service.renewSecret(by, clientId, 0, 3);
      await expect(remembered.authorize(client)).rejects.toThrow(Unauthenticated);
      expect((await ask(client, '', secret)).scope).toContain('site.site_read');
      await service.remove(by, clientId);
      expect(await remembered.find(clientId)).toBeUndefined();
      expect(lines).toEqual([
        [{ ...about, kind: 'backend', scopes: ['site.site_read'] }, 'client created'],
        [{ ...about, enabled: false }, 'client changed'],
        [{ ...about, enabled: true }, 'client changed'],
        [{ ...about, overlapSeconds: 0 }, 'client given a new secret'],
        [about, 'client removed'],
      ]);
    });

    it('and those of another tenant, or unknown ones, are not found', async () => {
      const globexs = await stored({ tenant: 'globex' });
      for (const clientId of [globexs.clientId, 'nobody']) {
        await expect(service.read('acme', clientId)).rejects.toThrow(ClientNotFound);
        await expect(service.change(by, clientId, {}, 1)).rejects.toMatchObject({ kind: 'not-found' });
        await expect(service.renewSecret(by, clientId, 0, 1)).rejects.toThrow(ClientNotFound);
        await expect(service.remove(by, clientId)).rejects.toThrow(`Client '${clientId}' not found`);
      }
      expect(await service.read('globex', globexs.clientId)).toMatchObject({ tenant: 'globex' });
      await expect(service.remove(by, 'manager')).rejects.toThrow(/^clientId: is your own/);
    });
  });
});
