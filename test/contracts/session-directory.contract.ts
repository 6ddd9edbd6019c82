import { randomBytes, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import type {
  Among,
  Position,
  Range,
  SessionDirectory,
} from '../../src/session-admin/session-directory.repository.js';
import type { StoredSessions } from '../../src/session/session.repository.js';
import type { Session, SessionContext, Sourced } from '../../src/session/session.types.js';
import { aSession } from '../support/data/builders.js';

const START = new Date('2026-01-15T12:00:00.000Z');
const minute = (n: number): Date => new Date(START.getTime() + n * 60_000);

const sourced = (value: string): Sourced<string> => ({ value, source: 'site', at: START });

const aContext = (over: Partial<SessionContext> = {}): SessionContext => ({
  siteCode: sourced('main'),
  currency: sourced('EUR'),
  targetLocation: sourced('DE'),
  language: sourced('de'),
  attributes: new Map(),
  version: 1,
  createdAt: START,
  modifiedAt: START,
  ...over,
});

/** What every adapter promises to those who look for sessions. */
export function sessionDirectoryContract(
  sessions: () => StoredSessions,
  directory: () => SessionDirectory,
): void {
  let tenant: string;
  beforeEach(() => void (tenant = `t${randomBytes(6).toString('hex')}`));

  const stored = async (over: Partial<Session> = {}): Promise<Session> => {
    const session = aSession({ tenant, createdAt: START, sessionId: randomUUID(), ...over });
    await sessions().create(session, START);
    return session;
  };

  const changed = (key: Session, over: Partial<Session>): Promise<unknown> =>
    sessions().change(key, START, (current) => ({ next: { ...current, ...over }, result: true }));

  const everyGroup = async (): Promise<Among> => ({ passing: () => true });

  const idsOf = async (among?: Among, range: Range = {}, limit = 100): Promise<readonly string[]> => {
    const { sessions: found } = await directory().slice(tenant, among ?? (await everyGroup()), range, limit);
    return found.map(({ sessionId }) => sessionId);
  };

  const inPages = async (among: Among, limit: number): Promise<readonly string[]> => {
    const ids: string[] = [];
    let behind: Position | undefined;
    do {
      const slice = await directory().slice(tenant, among, { ...(behind && { behind }) }, limit);
      ids.push(...slice.sessions.map(({ sessionId }) => sessionId));
      behind = slice.end;
    } while (behind);
    return ids;
  };

  const newestFirst = (all: readonly Session[]): readonly string[] =>
    all
      .toSorted(
        (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.sessionId < b.sessionId ? 1 : -1),
      )
      .map(({ sessionId }) => sessionId);

  it('has no groups of a tenant without sessions', async () => {
    expect(await directory().groups(tenant)).toEqual([]);
    expect(await directory().count(tenant)).toEqual([]);
    expect(await idsOf({ passing: () => false })).toEqual([]);
  });

  it('counts the sessions of tenants by kind', async () => {
    const other = `t${randomBytes(6).toString('hex')}`;
    const counted = () => directory().countKinds([tenant, other]);
    const before = await counted();
    await stored();
    await stored({ tenant: other });
    const customers = await stored({ kind: 'customer', customerId: 'anna' });
    expect(await counted()).toEqual({
      anonymous: before.anonymous + 2,
      customer: before.customer + 1,
    });
    await sessions().remove(customers);
    expect(await counted()).toEqual({ anonymous: before.anonymous + 2, customer: before.customer });
  });

  it('returns each session whole, the newest first and then by id, from all groups together', async () => {
    const all = [];
    for (let i = 0; i < 30; i += 1) {
      const createdAt = minute(Math.floor(i / 2) % 7);
      all.push(
        await stored({ createdAt, clientId: `client-${i % 4}`, ...(i % 3 === 0 && { context: aContext() }) }),
      );
    }
    const { sessions: found, end } = await directory().slice(tenant, await everyGroup(), {}, 100);
    expect(found.map(({ sessionId }) => sessionId)).toEqual(newestFirst(all));
    expect(found[0]).toEqual(all.find(({ sessionId }) => sessionId === found[0]?.sessionId));
    expect(end).toBeUndefined();
  });

  it('pages without a gap or a repetition, also among sessions of one time', async () => {
    const all = [];
    for (let i = 0; i < 25; i += 1) {
      all.push(await stored({ createdAt: minute(i < 18 ? 0 : i), clientId: `client-${i % 3}` }));
    }
    for (const limit of [1, 4, 5, 25]) {
      expect(await inPages(await everyGroup(), limit)).toEqual(newestFirst(all));
    }
  });

  it('returns only those in a wanted state, of as many as it looks at', async () => {
    const lives = (minutes: number): Partial<Session> => ({
      createdAt: minute(-minutes),
      lifetime: { aliveUntil: minute(60 - minutes), goneAt: minute(600) },
    });
    const [young, old, older] = [
      await stored(lives(10)),
      await stored(lives(70)),
      await stored({ ...lives(80), lifetime: { aliveUntil: minute(5), goneAt: minute(600) } }),
    ];
    const customers = await stored({ createdAt: minute(-90), kind: 'customer', customerId: 'anna' });
    const found = async (state: 'alive' | 'dormant', limit = 9, among: Among = { passing: () => true }) => {
      const slice = await directory().slice(tenant, among, {}, limit, { state, now: START });
      return { ids: slice.sessions.map(({ sessionId }) => sessionId), end: slice.end?.sessionId };
    };
    const ids = (...all: readonly Session[]) => all.map(({ sessionId }) => sessionId);
    expect(await found('alive')).toEqual({ ids: ids(young, older, customers), end: undefined });
    expect(await found('dormant')).toEqual({ ids: ids(old), end: undefined });
    expect(await found('dormant', 1)).toEqual({ ids: [], end: young.sessionId });
    expect((await found('alive', 9, { customerId: 'anna' })).ids).toEqual(ids(customers));
    expect((await found('dormant', 9, { customerId: 'anna' })).ids).toEqual([]);
  });

  it('goes on behind a position whose session has ended, and leaves out what began meanwhile', async () => {
    const all = [];
    for (let i = 0; i < 6; i += 1) all.push(await stored({ createdAt: minute(i) }));
    const among = await everyGroup();
    const { end } = await directory().slice(tenant, among, {}, 3);
    if (all[3]) await sessions().remove(all[3]);
    await stored({ createdAt: minute(9) });
    expect(await idsOf(among, { ...(end && { behind: end }) })).toEqual(newestFirst(all.slice(0, 3)));
  });

  it('bounds a list by the time at which sessions began: from included, before excluded', async () => {
    const all = [];
    for (let i = 0; i < 6; i += 1) all.push(await stored({ createdAt: minute(i), clientId: `c${i % 2}` }));
    const among = await everyGroup();
    expect(await idsOf(among, { from: minute(1), before: minute(4) })).toEqual(newestFirst(all.slice(1, 4)));
    const behind = { createdAt: minute(3), sessionId: all[3]?.sessionId ?? '' };
    expect(await idsOf(among, { from: minute(1), before: minute(5), behind })).toEqual(
      newestFirst(all.slice(1, 3)),
    );
    const beyond = { createdAt: minute(5), sessionId: all[5]?.sessionId ?? '' };
    expect(await idsOf(among, { before: minute(2), behind: beyond })).toEqual(newestFirst(all.slice(0, 2)));
  });

  describe('keeps groups by what sessions are filtered by, which', () => {
    it('tell client, kind and the values of the context', async () => {
      await stored({
        clientId: 'web',
        context: aContext({ language: { ...sourced('de'), source: 'app:x' } }),
      });
      expect(await directory().groups(tenant)).toEqual([
        {
          id: expect.any(String),
          facets: {
            kind: 'anonymous',
            clientId: 'web',
            hasContext: true,
            values: { siteCode: 'main', currency: 'EUR', targetLocation: 'DE', language: 'de' },
            languageByApp: true,
            asked: {},
          },
        },
      ]);
    });

    it('are counted, and are gone with their last session', async () => {
      const [one, two] = [await stored(), await stored()];
      await stored({ context: aContext() });
      const sizes = async () => (await directory().count(tenant)).map(({ sessions: n }) => n).toSorted();
      expect(await sizes()).toEqual([1, 2]);
      await sessions().remove(one);
      expect(await sizes()).toEqual([1, 1]);
      await sessions().remove(two);
      expect(await sizes()).toEqual([1]);
    });

    it('are left with the change itself, and a change of nothing in them stays', async () => {
      const session = await stored();
      const [first] = await directory().groups(tenant);
      await changed(session, { context: aContext() });
      const [second] = await directory().groups(tenant);
      expect(second?.id).not.toBe(first?.id);
      await changed(session, { epoch: 'another' });
      expect(await directory().groups(tenant)).toEqual([second]);
      expect(await idsOf()).toEqual([session.sessionId]);
      expect(await idsOf({ passing: (facets) => isDeepStrictEqual(facets, first?.facets) })).toEqual([]);
    });

    it('are listed rightly however many there are', async () => {
      const all = await Promise.all(
        Array.from({ length: 230 }, (_, i) => stored({ clientId: `client-${i}`, createdAt: minute(i % 50) })),
      );
      expect(await inPages(await everyGroup(), 60)).toEqual(newestFirst(all));
    });
  });

  it('finds the sessions of a customer and those with a cart, until they have it no more', async () => {
    const { lifetime: _none, ...session } = await stored();
    const other = await stored({ createdAt: minute(1), kind: 'customer', customerId: 'anna' });
    await stored({ kind: 'customer', customerId: 'ben' });
    const cartId = sourced('cart-1');
    await changed(session, { kind: 'customer', customerId: 'anna', context: aContext({ cartId }) });
    expect(await idsOf({ customerId: 'anna' })).toEqual([other.sessionId, session.sessionId]);
    expect(await idsOf({ cartId: 'cart-1' })).toEqual([session.sessionId]);
    await changed(session, { context: aContext({ version: 2 }) });
    expect(await idsOf({ cartId: 'cart-1' })).toEqual([]);
    await sessions().remove(session);
    expect(await idsOf({ customerId: 'anna' })).toEqual([other.sessionId]);
  });

  it('keeps the sessions of tenants apart', async () => {
    const session = await stored({ customerId: 'anna', kind: 'customer' });
    const among = await everyGroup();
    const own = tenant;
    tenant = `${own}b`;
    expect(await directory().groups(tenant)).toEqual([]);
    expect(await idsOf(among)).toEqual([]);
    expect(await idsOf({ customerId: 'anna' })).toEqual([]);
    tenant = own;
    expect(await idsOf(among)).toEqual([session.sessionId]);
  });

  it('lists a session once that was made anew in the place of a gone one', async () => {
    const lifetime = { aliveUntil: minute(-2), goneAt: minute(-1) };
    const gone = await stored({
      createdAt: minute(-9),
      lifetime,
      context: aContext({ cartId: sourced('old') }),
    });
    await stored({ sessionId: gone.sessionId, createdAt: minute(1) });
    expect(await idsOf()).toEqual([gone.sessionId]);
    expect(await idsOf({ cartId: 'old' })).toEqual([]);
    expect((await directory().count(tenant)).map(({ sessions: n }) => n)).toEqual([1]);
  });
}
