import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentMeter } from '../../../test/support/silent-meter.js';
import { TestClock } from '../../../test/support/test-clock.js';
import { type Principal, type ShopperClaims, SigningKeys, TokenIssuer } from '../../auth/index.js';
import { type Config, readConfig } from '../../config/config.schema.js';
import { Unauthenticated } from '../../shared/domain-error.js';
import { EmbeddedStorage } from '../../storage/embedded/embedded-storage.js';
import { TenantService } from '../../tenant/index.js';
import { VTEX_CLIENT } from '../new-session.rules.js';
import type { Session } from '../session.types.js';
import { SessionRefreshService } from '../tokens/session-refresh.service.js';
import { SessionTokenService, type TokenSet } from '../tokens/session-tokens.js';
import { passedTo } from '../tokens/token-holder.rules.js';
import { SessionGate } from './session-gate.js';
import { SessionService } from './session.service.js';

const SHOP = 'acme-storefront';
const HOUR = 3600;
const DAY = 24 * HOUR;

describe('Sessions', () => {
  let folder: string;
  let storage: EmbeddedStorage;
  let clock: TestClock;
  let gate: SessionGate;
  let service: SessionService;
  let refreshes: SessionRefreshService;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    folder = await mkdtemp(join(tmpdir(), 'sessions-'));
    storage = await EmbeddedStorage.open(folder);
  });
  afterAll(async () => {
    Logger.overrideLogger(['log', 'warn', 'error']);
    await storage.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => startWith({}));
  afterEach(() => vi.restoreAllMocks());

  const startWith = (env: Record<string, string>): void => {
    const config: Config = readConfig({
      NODE_ENV: 'test',
      KEYS_SECRET: 'a secret of this test only',
      ...env,
    });
    clock = new TestClock();
    const tenants = new TenantService(storage.tenants, config, clock);
    const issuer = new TokenIssuer(new SigningKeys(storage.signingKeys, config, clock), config, clock);
    const tokens = new SessionTokenService(issuer, config, clock);
    gate = new SessionGate(storage.sessions, clock);
    service = new SessionService(storage.sessions, tenants, tokens, config, clock, silentMeter);
    refreshes = new SessionRefreshService(storage.sessions, tenants, tokens, config, clock, silentMeter);
  };

  const claimsOf = (tokens: TokenSet) => decodeJwt(tokens.accessToken) as unknown as ShopperClaims;
  const admitted = (tokens: TokenSet) => gate.authorize(claimsOf(tokens));
  const stored = async ({ sessionId }: TokenSet): Promise<Session> => {
    const session = await storage.sessions.find({ tenant: 'acme', sessionId }, clock.now());
    if (!session) throw new Error(`no session ${sessionId}`);
    return session;
  };
  const guest = () => service.begin('acme', SHOP, { currency: 'EUR' });
  const customer = async (id = 'anna') => service.becomeCustomers(await stored(await guest()), id);
  const refreshed = ({ refreshToken = '' }: TokenSet, clientId = SHOP) =>
    refreshes.anonymous('acme', clientId, refreshToken);

  describe('that begin', () => {
    it('are anonymous, for an hour, and can be refreshed for a day [E-10, E-11]', async () => {
      const tokens = await guest();
      expect(tokens).toMatchObject({
        expiresIn: HOUR - 1,
        refreshTokenExpiresIn: DAY - 1,
        scope: 'tenant=acme',
      });
      const session = await stored(tokens);
      expect(session).toMatchObject({ kind: 'anonymous', clientId: SHOP, asked: { currency: 'EUR' } });
      expect(session).not.toHaveProperty('context');
      const shopper = await admitted(tokens);
      expect(shopper).toEqual({
        kind: 'anonymous',
        tenant: 'acme',
        clientId: SHOP,
        sessionId: tokens.sessionId,
        grant: claimsOf(tokens).grant,
        scopes: [],
        expiresAt: new Date(clock.now().getTime() + HOUR * 1000),
        session,
      });
    });

    it('have their own epoch and grant, and store no secret [P-03]', async () => {
      const [one, other] = [await guest(), await guest()];
      expect(claimsOf(one).epoch).not.toBe(claimsOf(other).epoch);
      expect(claimsOf(one).grant).not.toBe(claimsOf(other).grant);
      expect((await stored(one)).refreshTokens.current?.grant).toBe(claimsOf(one).grant);
      const [, secret = ''] = one.refreshToken?.split('.') ?? [];
      expect(secret).toHaveLength(43);
      expect(JSON.stringify(await stored(one))).not.toContain(secret);
    });
  });

  describe('are opened', () => {
    it('by their own token until their hour is over; the refusal then says that it has expired [E-01, E-20]', async () => {
      const tokens = await guest();
      clock.advanceSeconds(HOUR - 1);
      await admitted(tokens);
      clock.advanceSeconds(1);
      await expect(admitted(tokens)).rejects.toMatchObject({ fault: 'expired-token' });
      clock.advanceSeconds(DAY);
      await expect(admitted(tokens)).rejects.toMatchObject({ fault: 'invalid-token' });
    });

    it('by no token of another kind, customer or epoch [P-12, P-24]', async () => {
      const { tokens } = await customer();
      const claims = claimsOf(tokens);
      expect(await gate.authorize(claims)).toMatchObject({ kind: 'customer', customerId: 'anna' });
      const wrong: Partial<ShopperClaims>[] = [
        { token_use: 'anonymous' },
        { sub: 'ben' },
        { epoch: 'before' },
        { tenant: 'globex' },
        { sid: 'another' },
      ];
      for (const over of wrong) {
        await expect(gate.authorize({ ...claims, ...over } as ShopperClaims)).rejects.toThrow(
          Unauthenticated,
        );
      }
    });

    it('by a token that was issued before there were grants', async () => {
      const { grant: _none, ...claims } = claimsOf(await guest());
      expect(await gate.authorize(claims)).not.toHaveProperty('grant');
    });
  });

  describe('become a customer’s', () => {
    it('under the same id and without an end, while earlier tokens are refused [E-19, E-22, E-04, P-12]', async () => {
      const before = await guest();
      const { session, tokens, saasToken } = await service.becomeCustomers(await stored(before), 'anna');
      expect(session).toMatchObject({ kind: 'customer', customerId: 'anna', sessionId: before.sessionId });
      expect(session).not.toHaveProperty('lifetime');
      await expect(admitted(before)).rejects.toThrow(Unauthenticated);
      await expect(refreshed(before)).rejects.toThrow(Unauthenticated);
      expect(tokens).toMatchObject({ expiresIn: 30 * DAY - 1, refreshTokenExpiresIn: DAY - 1 });
      expect(decodeJwt(saasToken)).toMatchObject({
        sub: 'anna',
        sid: before.sessionId,
        epoch: session.epoch,
        grant: claimsOf(tokens).grant,
      });
      clock.advanceDays(400);
      await admitted(tokens);
    });

    it('with the context that they have, which names the customer from then on [E-22, E-23, D-13]', async () => {
      const before = await guest();
      const at = clock.now();
      const value = { value: 'x', source: 'site', at } as const;
      const values = { siteCode: value, currency: value, targetLocation: value, language: value };
      const context = { ...values, attributes: new Map(), version: 1, createdAt: at, modifiedAt: at };
      await storage.sessions.change(await stored(before), at, (current) => ({
        next: { ...current, context },
        result: undefined,
      }));
      clock.advanceSeconds(60);
      const { session } = await service.becomeCustomers(await stored(before), 'anna');
      const named = { value: 'anna', source: 'login', at: clock.now() };
      const changed = { ...context, customerId: named, version: 2, modifiedAt: clock.now() };
      expect(session.context).toEqual(changed);
      expect((await stored(before)).context).toEqual(changed);
      expect(session).toMatchObject({ kind: 'customer', customerId: 'anna' });
    });

    it('with the name of the device that logged in, if it has one', async () => {
      const named = await service.becomeCustomers(await stored(await guest()), 'anna', 'Safari on iOS');
      expect(named.session.device).toBe('Safari on iOS');
      expect((await customer()).session).not.toHaveProperty('device');
    });

    it('once: of two logins at the same time, the slower one is refused', async () => {
      const anonymous = await stored(await guest());
      await service.becomeCustomers(anonymous, 'anna');
      await expect(service.becomeCustomers(anonymous, 'ben')).rejects.toThrow(Unauthenticated);
      await service.end(anonymous, 'logout');
      await expect(service.becomeCustomers(anonymous, 'anna')).rejects.toThrow(Unauthenticated);
    });
  });

  describe('of a customer end', () => {
    it('on every device except the one that changed the password, whose other tokens end too [X-03, X-14]', async () => {
      const [one, two, others] = [await customer('eva'), await customer('eva'), await customer('ben')];
      const grant = claimsOf(one.tokens).grant;
      const older = await refreshes.customer(bearerOf(one.tokens), one.tokens.refreshToken ?? '');
      await service.endAllBut('acme', 'eva', { sessionId: one.session.sessionId, grant });
      await admitted(one.tokens);
      await expect(admitted(older)).rejects.toThrow(Unauthenticated);
      await expect(admitted(two.tokens)).rejects.toThrow(Unauthenticated);
      await admitted(others.tokens);
      await service.endAllBut('acme', 'eva');
      await expect(admitted(one.tokens)).rejects.toThrow(Unauthenticated);
    });

    it('one by its id, and nobody else’s by that [P-10]', async () => {
      const [one, two, bens] = [await customer('dora'), await customer('dora'), await customer('ben3')];
      const guests = await guest();
      const end = (sessionId: string) => service.endOf('acme', 'dora', sessionId);
      for (const sessionId of [bens.session.sessionId, guests.sessionId, 'nothing'])
        expect(await end(sessionId)).toBe(false);
      expect(await service.endOf('globex', 'dora', one.session.sessionId)).toBe(false);
      expect(await end(one.session.sessionId)).toBe(true);
      await expect(admitted(one.tokens)).rejects.toThrow(Unauthenticated);
      for (const { tokens } of [two, bens]) await admitted(tokens);
      await admitted(guests);
    });

    it('all but the kept one, which are counted', async () => {
      const [kept, other] = [await customer('fred'), await customer('fred')];
      expect(await service.endAll('acme', 'fred', 'logout', kept.session.sessionId)).toBe(1);
      await admitted(kept.tokens);
      await expect(admitted(other.tokens)).rejects.toThrow(Unauthenticated);
      expect(await service.endAll('acme', 'fred', 'logout')).toBe(1);
      await expect(admitted(kept.tokens)).rejects.toThrow(Unauthenticated);
    });

    it('unless another customer has taken them over', async () => {
      const bens = await customer('ben2');
      await service.endAllBut('acme', 'eva2', { sessionId: bens.session.sessionId, grant: 'g' });
      await admitted(bens.tokens);
    });
  });

  const bearerOf = (tokens: TokenSet, over: object = {}): Principal => ({
    kind: 'customer',
    tenant: 'acme',
    clientId: SHOP,
    sessionId: tokens.sessionId,
    scopes: [],
    expiresAt: clock.now(),
    ...over,
  });

  describe('of a customer are listed', () => {
    it('on all devices, up to as many as are asked for, without those that ended', async () => {
      const logins = [await customer('gina'), await customer('gina'), await customer('gina')];
      await customer('ben4');
      const idsOf = async (limit: number) =>
        (await service.listOfCustomer('acme', 'gina', limit)).map(({ sessionId }) => sessionId);
      const ids = logins.map(({ session }) => session.sessionId);
      expect((await idsOf(10)).toSorted()).toEqual(ids.toSorted());
      expect(await idsOf(2)).toHaveLength(2);
      expect(await service.listOfCustomer('globex', 'gina', 10)).toEqual([]);
      const [first = ''] = ids;
      vi.spyOn(storage.sessions, 'idsOfCustomer').mockResolvedValue(ids);
      await service.end({ tenant: 'acme', sessionId: first }, 'logout');
      expect((await idsOf(10)).toSorted()).toEqual(ids.slice(1).toSorted());
    });
  });

  describe('are resumed by a cookie', () => {
    const named = async (tokens: TokenSet) => ({
      tenant: 'acme',
      sessionId: tokens.sessionId,
      epoch: (await stored(tokens)).epoch,
    });

    it('with tokens for a full lifetime and the values the login asked for, beside the earlier refresh token [D-22]', async () => {
      const before = await guest();
      clock.advanceSeconds(HOUR);
      const resumed = await service.resumeByCookie(await named(before), SHOP, { siteCode: 'us' });
      if (!resumed) throw new Error('not resumed');
      expect(resumed).toMatchObject({
        sessionId: before.sessionId,
        expiresIn: HOUR - 1,
        refreshTokenExpiresIn: DAY - 1,
      });
      expect((await stored(resumed)).asked).toEqual({ currency: 'EUR', siteCode: 'us' });
      await admitted(resumed);
      await refreshed(resumed);
      await refreshed(before);
    });

    it('with a refresh token of its own time, also when a cookie keeps the session longer [D-26]', async () => {
      const before = await guest();
      const nothing = new Map<string, never>();
      const values = { publicValues: nothing, computed: nothing, seen: nothing, cookies: nothing };
      const heldUntil = new Date(clock.now().getTime() + 8 * DAY * 1000);
      await storage.sessions.change(await stored(before), clock.now(), (current) => ({
        next: { ...current, vtex: { ...values, chosen: {}, failed: [], heldUntil } },
        result: undefined,
      }));
      const resumed = await service.resumeByCookie(await named(before), SHOP, {});
      expect(resumed?.refreshTokenExpiresIn).toBe(DAY - 1);
      expect((await stored(before)).lifetime?.goneAt).toEqual(heldUntil);
    });

    it('by their own client, or by the first to ask if they began by cookie, and by no other [P-10]', async () => {
      const tokens = await guest();
      expect(await service.resumeByCookie(await named(tokens), 'another', {})).toBeUndefined();
      await storage.sessions.change(await stored(tokens), clock.now(), (current) => ({
        next: { ...current, clientId: VTEX_CLIENT },
        result: undefined,
      }));
      expect(await service.resumeByCookie(await named(tokens), 'another', {})).toBeDefined();
      expect((await stored(tokens)).clientId).toBe('another');
      expect(await service.resumeByCookie(await named(tokens), SHOP, {})).toBeUndefined();
    });

    it('by a client whose tokens they still have after they passed to another one [P-10, P-78]', async () => {
      const tokens = await guest();
      await storage.sessions.change(await stored(tokens), clock.now(), (current) => ({
        next: passedTo(current, 'another'),
        result: undefined,
      }));
      const resumed = await service.resumeByCookie(await named(tokens), SHOP, {});
      if (!resumed) throw new Error('not resumed');
      expect(claimsOf(resumed).client_id).toBe(SHOP);
      await refreshed(resumed);
      await refreshed(tokens);
      expect(await service.resumeByCookie(await named(tokens), 'kiosk', {})).toBeUndefined();
    });

    it('but not once they are a customer’s, of a later epoch, or gone [X-02]', async () => {
      const { tokens } = await customer();
      expect(await service.resumeByCookie(await named(tokens), SHOP, {})).toBeUndefined();
      const guests = await guest();
      const earlier = { ...(await named(guests)), epoch: 'earlier' };
      expect(await service.resumeByCookie(earlier, SHOP, {})).toBeUndefined();
      const own = await named(guests);
      await service.end(own, 'logout');
      expect(await service.resumeByCookie(own, SHOP, {})).toBeUndefined();
    });
  });

  describe('are refreshed', () => {
    it('under the same id, for a full lifetime, with a new refresh token and a new grant [E-03, W-09]', async () => {
      const before = await guest();
      clock.advanceSeconds(2 * HOUR);
      const after = await refreshed(before);
      expect(after).toMatchObject({
        sessionId: before.sessionId,
        expiresIn: HOUR - 1,
        refreshTokenExpiresIn: DAY - 1,
      });
      expect(after.refreshToken).not.toBe(before.refreshToken);
      expect(claimsOf(after).grant).not.toBe(claimsOf(before).grant);
      await admitted(after);
    });

    it('only by their own client and only as their own kind [P-10]', async () => {
      const guests = await guest();
      const { tokens } = await customer();
      await expect(refreshed(guests, 'another')).rejects.toThrow(Unauthenticated);
      await expect(refreshed(tokens)).rejects.toThrow(Unauthenticated);
      await expect(refreshed({ ...guests, refreshToken: 'nonsense' })).rejects.toThrow(Unauthenticated);
      await expect(refreshes.anonymous('globex', SHOP, guests.refreshToken ?? '')).rejects.toThrow(
        Unauthenticated,
      );
      const hers = (over: object, from = tokens) =>
        refreshes.customer(bearerOf(tokens, over), from.refreshToken ?? '');
      await expect(hers({ clientId: 'another' })).rejects.toThrow(Unauthenticated);
      await expect(hers({ sessionId: 'another' })).rejects.toThrow(Unauthenticated);
      await expect(hers({ kind: 'anonymous' }, guests)).rejects.toThrow(Unauthenticated);
      await admitted(await hers({ kind: 'anonymous', sessionId: 'another' }));
      await admitted(await refreshed(guests));
    });

    it('with a legal entity, which stays until another one is given [W-17]', async () => {
      const { tokens } = await customer();
      const entity = async (from: TokenSet, id?: string) => {
        const next = await refreshes.customer(bearerOf(from), from.refreshToken ?? '', id);
        return { next, bound: (await stored(next)).legalEntityId };
      };
      const first = await entity(tokens, 'one');
      const second = await entity(first.next);
      expect([first.bound, second.bound, (await entity(second.next, 'two')).bound]).toEqual([
        'one',
        'one',
        'two',
      ]);
    });

    it('the older way, by an access token, which leaves the refresh token as it is [W-10]', async () => {
      const before = await guest();
      clock.advanceSeconds(2 * HOUR);
      const after = await refreshes.byAccessToken(claimsOf(before), SHOP);
      expect(after).not.toHaveProperty('refreshToken');
      expect(after).toMatchObject({ sessionId: before.sessionId, expiresIn: HOUR - 1 });
      await admitted(after);
      await expect(refreshes.byAccessToken(claimsOf(before), 'another')).rejects.toThrow(Unauthenticated);
      const stale = { ...claimsOf(before), epoch: 'before' };
      await expect(refreshes.byAccessToken(stale, SHOP)).rejects.toThrow(Unauthenticated);
      await refreshed(before);
      const { tokens } = await customer();
      await expect(refreshes.byAccessToken(claimsOf(tokens), SHOP)).rejects.toThrow(Unauthenticated);
      await service.end(await stored(before), 'logout');
      await expect(refreshes.byAccessToken(claimsOf(before), SHOP)).rejects.toThrow(Unauthenticated);
    });

    it('but never beyond the longest lifetime that is set [P-09]', async () => {
      startWith({ ANONYMOUS_MAX_SECONDS: String(DAY + HOUR) });
      let tokens = await guest();
      for (let hours = 0; hours < 24; hours += 1) {
        clock.advanceSeconds(HOUR);
        tokens = await refreshed(tokens);
      }
      expect(tokens).toMatchObject({ expiresIn: HOUR - 1, refreshTokenExpiresIn: HOUR - 1 });
      clock.advanceSeconds(HOUR);
      await expect(refreshed(tokens)).rejects.toThrow(Unauthenticated);
    });
  });

  describe('a refresh token that is used again', () => {
    const warned = () => {
      const lines: unknown[] = [];
      vi.spyOn(Logger.prototype, 'warn').mockImplementation((...line: unknown[]) => void lines.push(line));
      return lines;
    };

    it('gets its successor within the grace also if another browser has joined in between [D-22, X-13]', async () => {
      const first = await guest();
      const next = await refreshed(first);
      const { epoch } = await stored(first);
      await service.resumeByCookie({ tenant: 'acme', sessionId: first.sessionId, epoch }, SHOP, {});
      const repeated = await refreshed(first);
      expect(repeated.refreshToken).toBe(next.refreshToken);
      await refreshed(repeated);
    });

    it('gets the same successor within the grace, up to five times [X-13, P-07]', async () => {
      const first = await guest();
      const next = await refreshed(first);
      for (let i = 0; i < 5; i += 1) expect((await refreshed(first)).refreshToken).toBe(next.refreshToken);
      const lines = warned();
      await expect(refreshed(first)).rejects.toThrow(Unauthenticated);
      const { sessionId } = first;
      expect(lines).toEqual([[{ tenant: 'acme', sessionId }, expect.stringContaining('too often')]]);
      await refreshed(next);
    });

    it('gets the newest token if its successor was used as well', async () => {
      const first = await guest();
      const third = await refreshed(await refreshed(first));
      expect((await refreshed(first)).refreshToken).toBe(third.refreshToken);
    });

    it('shares one use with requests of the same caller at the same moment [P-07, C-04]', async () => {
      const first = await guest();
      const [one, other] = await Promise.all([refreshed(first), refreshed(first)]);
      expect(other.refreshToken).toBe(one.refreshToken);
      expect(claimsOf(other).grant).toBe(claimsOf(one).grant);
      expect((await stored(one)).refreshTokens.used).toHaveLength(1);
      const { tokens } = await customer();
      const tabs = await Promise.allSettled([
        refreshes.customer(bearerOf(tokens), tokens.refreshToken ?? ''),
        refreshes.customer(bearerOf(tokens, { clientId: 'another' }), tokens.refreshToken ?? ''),
      ]);
      expect(tabs.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    });

    it('resumes a guest session after the grace, and is logged [D-25]', async () => {
      const first = await guest();
      await refreshed(first);
      clock.advanceSeconds(30);
      const lines = warned();
      await admitted(await refreshed(first));
      expect(lines).toEqual([[expect.anything(), expect.stringContaining('session resumed')]]);
    });

    it('ends a customer session after the grace, and a guest session where that is set [D-25, P-06]', async () => {
      startWith({ ANONYMOUS_REFRESH_REUSE: 'end' });
      const lines = warned();
      const guests = await guest();
      const { tokens } = await customer();
      const hers = () => refreshes.customer(bearerOf(tokens), tokens.refreshToken ?? '');
      const live = [await refreshed(guests), await hers()];
      clock.advanceSeconds(30);
      await expect(refreshed(guests)).rejects.toThrow(Unauthenticated);
      await expect(hers()).rejects.toThrow(Unauthenticated);
      for (const one of live) await expect(admitted(one)).rejects.toThrow(Unauthenticated);
      expect(lines).toHaveLength(2);
      expect(lines[0]).toEqual([expect.anything(), expect.stringContaining('session ended')]);
    });

    it('has one winner if no grace is set [P-08]', async () => {
      startWith({ REFRESH_GRACE_SECONDS: '0' });
      const { tokens } = await customer();
      const tries = Array.from({ length: 10 }, () =>
        refreshes.customer(bearerOf(tokens), tokens.refreshToken ?? ''),
      );
      const won = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled');
      expect(won).toHaveLength(1);
    });

    it('ends nothing if it is unknown', async () => {
      const tokens = await guest();
      const unknown = `${tokens.sessionId}.${'x'.repeat(43)}`;
      const lines = warned();
      await expect(refreshed({ ...tokens, refreshToken: unknown })).rejects.toThrow(Unauthenticated);
      expect(lines).toEqual([]);
      await refreshed(tokens);
    });
  });
});
