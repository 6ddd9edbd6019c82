import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aCustomer, aSession, aSite } from '../../../test/support/data/builders.js';
import { TestClock } from '../../../test/support/test-clock.js';
import { readConfig } from '../../config/config.schema.js';
import { Conflict } from '../../shared/domain-error.js';
import { newSessionId } from '../../shared/ids.js';
import { EmbeddedStorage } from '../../storage/embedded/embedded-storage.js';
import { TenantService } from '../../tenant/index.js';
import { SessionNotFound } from '../session.errors.js';
import type { Session } from '../session.types.js';
import { revised } from './context.rules.js';
import { ContextService, type SessionWithContext } from './context.service.js';
import { DefaultValuesService } from './default-values.service.js';

describe('The context of a session', () => {
  const config = readConfig({ NODE_ENV: 'test' });
  let folder: string;
  let storage: EmbeddedStorage;
  let clock: TestClock;
  let contexts: ContextService;
  let initial: DefaultValuesService;
  const gold = aCustomer({ groups: ['gold'], preferredSite: 'b2b' });
  const plain = aCustomer({ preferredSite: 'b2b' });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contexts-'));
    storage = await EmbeddedStorage.open(folder);
    const { sites, customers } = storage;
    await sites.create(aSite('main', { default: true }));
    await sites.create(aSite('us', { currency: 'USD', availableCurrencies: ['USD', 'CAD'] }));
    await sites.create(aSite('b2b', { onlyForGroups: ['gold'] }));
    await sites.create(aSite('closed', { active: false, currency: 'CHF', availableCurrencies: ['CHF'] }));
    for (const customer of [gold, plain]) await customers.create(customer);
    initial = new DefaultValuesService(sites, customers);
  });
  afterAll(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    clock = new TestClock();
    const tenants = new TenantService(storage.tenants, config, clock);
    contexts = new ContextService(storage.sessions, initial, tenants, clock);
  });

  const stored = async (over: Partial<Session> = {}): Promise<Session> => {
    const session = aSession({ createdAt: clock.now(), ...over });
    await storage.sessions.create(session, clock.now());
    return session;
  };
  const dormant = () => {
    const aliveUntil = clock.now();
    return stored({ lifetime: { aliveUntil, goneAt: new Date(aliveUntil.getTime() + 60_000) } });
  };
  const read = async (session: Session) => (await contexts.read(session)).context;

  describe('is found', () => {
    it('while the session is alive, once there is one', async () => {
      const session = await stored();
      expect(await contexts.findSession(session)).toMatchObject({ sessionId: session.sessionId });
      await expect(contexts.read(session)).rejects.toThrow(SessionNotFound);
      await contexts.useCart(session, 'cart');
      expect((await read(session)).cartId?.value).toBe('cart');
    });

    it('for nobody if the session is dormant or missing, though the answer tells its id', async () => {
      const asleep = await dormant();
      expect(await contexts.findSession(asleep)).toBeUndefined();
      await expect(contexts.read(asleep)).rejects.toMatchObject({
        kind: 'not-found',
        message: 'Session not found',
        details: { sessionId: asleep.sessionId },
      });
      expect(await contexts.findSession({ tenant: 'globex', sessionId: asleep.sessionId })).toBeUndefined();
      expect(await contexts.findSession({ tenant: 'acme', sessionId: 'nothing' })).toBeUndefined();
    });
  });

  describe('is changed', () => {
    const touch = (session: SessionWithContext, now: Date) => revised(session, {}, now);

    it('in one write, which increases the version by one', async () => {
      const session = await stored();
      await contexts.useCart(session, 'cart');
      clock.advanceSeconds(5);
      const changed = await contexts.change(session, { kind: 'shopper' }, touch);
      expect(changed.context).toMatchObject({ version: 2, modifiedAt: clock.now() });
      expect((await read(session)).version).toBe(2);
    });

    it('for nobody if there is none, or if its session is dormant or gone', async () => {
      const none = await stored();
      const asleep = await dormant();
      await storage.sessions.change(asleep, clock.now(), (current) => ({
        next: { ...current, context: context(current) },
        result: undefined,
      }));
      for (const key of [none, asleep, { tenant: 'acme', sessionId: 'nothing' }]) {
        await expect(contexts.change(key, { kind: 'shopper' }, touch)).rejects.toThrow(SessionNotFound);
      }
    });

    const context = ({ createdAt: at }: Session) => {
      const value = { value: 'x', source: 'site', at } as const;
      const values = { siteCode: value, currency: value, targetLocation: value, language: value };
      return { ...values, attributes: new Map(), version: 1, createdAt: at, modifiedAt: at };
    };
  });

  describe('names a cart', () => {
    it('which is the first one and makes the context; later carts leave it alone [E-12, E-40]', async () => {
      const session = await stored();
      await Promise.all(['a', 'b', 'c'].map((cart) => contexts.useCart(session, cart)));
      const first = await read(session);
      expect(first).toMatchObject({ version: 1, siteCode: { value: 'main', source: 'site' } });
      expect(first.cartId).toMatchObject({ source: 'cart', at: clock.now() });
      const now = await contexts.read(session);
      await contexts.useCart(now, 'd');
      await contexts.useCart(session, 'd');
      expect(await read(session)).toEqual(first);
    });

    it('which replaces one that is no longer open', async () => {
      const session = await stored();
      await contexts.useCart(session, 'a');
      await contexts.useCart(await contexts.read(session), 'b', 'a');
      expect(await read(session)).toMatchObject({ cartId: { value: 'b' }, version: 2 });
      await contexts.useCart(await contexts.read(session), 'c', 'a');
      expect((await read(session)).cartId?.value).toBe('b');
    });

    it('which it forgets once that cart is gone', async () => {
      const session = await stored();
      await contexts.useCart(session, 'a');
      await contexts.forgetCart(session, 'b');
      expect((await read(session)).cartId?.value).toBe('a');
      await contexts.forgetCart(session, 'a');
      expect(await read(session)).toMatchObject({ version: 2 });
      expect(await read(session)).not.toHaveProperty('cartId');
      await contexts.useCart(await contexts.read(session), 'b');
      expect(await read(session)).toMatchObject({ version: 3, cartId: { value: 'b' } });
    });

    it("with the customer's values if a login happens in between", async () => {
      const session = await stored();
      await storage.sessions.change(session, clock.now(), (current) => ({
        next: { ...current, kind: 'customer', customerId: gold.id, epoch: 'after the login' },
        result: undefined,
      }));
      await contexts.useCart(session, 'cart');
      expect(await read(session)).toMatchObject({
        siteCode: { value: 'b2b', source: 'profile' },
        customerId: { value: gold.id },
        cartId: { value: 'cart' },
      });
    });
  });

  describe('is made by a backend', () => {
    const named = (session: SessionWithContext, now: Date) =>
      revised(session, { currency: { value: 'USD', source: 'employee', at: now } }, now);

    it('in the version that was decided, for a session without one [W-29, F-10]', async () => {
      const session = await stored();
      expect(await contexts.make(session, 'acme-backend', named)).toBe(true);
      expect(await read(session)).toMatchObject({ version: 2, currency: { value: 'USD' } });
      expect(await contexts.make(session, 'acme-backend', named)).toBe(false);
      expect((await read(session)).version).toBe(2);
    });

    it('for an unknown id, whose session then lives as long as an anonymous one [W-29]', async () => {
      const key = { tenant: 'acme', sessionId: newSessionId() };
      expect(await contexts.make(key, 'acme-backend', named)).toBe(true);
      const made = await contexts.read(key);
      expect(made).toMatchObject({
        kind: 'anonymous',
        clientId: 'acme-backend',
        refreshTokens: { used: [] },
      });
      expect(made.epoch).not.toBe('');
      clock.advanceSeconds(config.ANONYMOUS_LIFETIME_SECONDS - 1);
      expect(await contexts.findSession(key)).toBeDefined();
      clock.advanceSeconds(1);
      expect(await storage.sessions.find(key, clock.now())).toBeUndefined();
    });

    it('but not for a dormant session', async () => {
      expect(await contexts.make(await dormant(), 'acme-backend', named)).toBe(false);
    });
  });

  describe('begins with values', () => {
    const siteOf = async (over: Partial<Session>) => (await initial.of(aSession(over))).siteCode.value;

    it('of sites that the shopper may use, skipping the others', async () => {
      expect(await siteOf({})).toBe('main');
      expect(await siteOf({ asked: { siteCode: 'us' } })).toBe('us');
      for (const siteCode of ['b2b', 'closed', 'nothing'])
        expect(await siteOf({ asked: { siteCode } })).toBe('main');
      expect(await siteOf({ customerId: gold.id })).toBe('b2b');
      expect(await siteOf({ customerId: plain.id })).toBe('main');
      expect(await siteOf({ customerId: gold.id, asked: { siteCode: 'b2b' } })).toBe('b2b');
    });

    it('only if its tenant has a site', async () => {
      await expect(initial.of(aSession({ tenant: 'globex' }))).rejects.toThrow(
        new Conflict('The tenant has no default site: create one first'),
      );
    });
  });
});
