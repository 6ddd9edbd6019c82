import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventLog } from '../../src/events/event-log.repository.js';
import { eventsOf } from '../../src/events/event.rules.js';
import type { LoggedEvent, StoredEvent } from '../../src/events/event.types.js';
import type { Session } from '../../src/session/session.types.js';
import type { Storage } from '../../src/storage/storage.js';
import { aSession, BUILT_AT } from '../support/data/builders.js';

const newTenant = (): string => `t${randomBytes(6).toString('hex')}`;
const HOUR_MS = 3_600_000;
const after = (ms: number): Date => new Date(BUILT_AT.getTime() + ms);
const PATIENCE_MS = 10_000;

/** Events that are written with sessions, and the log that they come to. */
export function sessionEventsContract(storage: () => Storage): void {
  describe('Events of sessions', () => {
    let session: Session;
    beforeEach(() => {
      session = aSession({
        tenant: newTenant(),
        lifetime: { aliveUntil: after(HOUR_MS), goneAt: after(2 * HOUR_MS) },
      });
    });

    afterEach(() => storage().sessions.tellOfExpired(() => []));

    const log = (): EventLog => storage().events;
    const events = (revision: number, count = 1, of = session): readonly StoredEvent[] => {
      const { tenant, sessionId: subject, createdAt } = of;
      return eventsOf(
        { tenant, subject, createdAt, revision, time: BUILT_AT },
        Array.from({ length: count }, () => ({
          type: 'onesession.context.changed' as const,
          data: { 'a.b': '$set', ['__proto__x']: [-0], text: '\uD800' },
        })),
      );
    };
    const create = (told = events(1)) => storage().sessions.create(session, BUILT_AT, undefined, told);
    const change = (told: (current: Session) => readonly StoredEvent[]) =>
      storage().sessions.change(session, BUILT_AT, (current) => ({
        next: { ...current, clientId: `${current.revision}` },
        result: undefined,
        events: told(current),
      }));
    const logged = async (count: number): Promise<readonly LoggedEvent[]> => {
      const since = performance.now();
      for (;;) {
        const found = await log().after(session.tenant, undefined, 1_000);
        if (found.length >= count || performance.now() - since > PATIENCE_MS) return found;
        await sleep(10);
      }
    };
    const inLog = async (count: number) => (await logged(count)).map(({ event }) => event);

    it('come to the log as they were written, and the record is as it would be without them [D-40]', async () => {
      expect(await create()).toBe(true);
      await change(({ revision }) => events(revision + 1, 2));
      expect(await inLog(3)).toEqual([...events(1), ...events(2, 2)]);
      expect(await storage().sessions.find(session, BUILT_AT)).toEqual({
        ...session,
        clientId: '1',
        revision: 2,
      });
    });

    it('are not written if the record is not [D-40]', async () => {
      await create();
      expect(await create(events(7))).toBe(false);
      const refused = change(() => {
        throw new Error('refused');
      });
      await expect(refused).rejects.toThrow('refused');
      await storage().sessions.remove({ ...session, sessionId: 'none' }, 'logout', () => events(9));
      await change(({ revision }) => events(revision + 1));
      expect(await inLog(2)).toEqual([...events(1), ...events(2)]);
    });

    it('of many changes at once are in the order of the changes, and none is missing [D-40]', async () => {
      await create();
      await Promise.all(Array.from({ length: 60 }, () => change(({ revision }) => events(revision + 1))));
      const found = await logged(61);
      expect(found.map(({ event }) => event.sequence)).toEqual(
        Array.from({ length: 61 }, (_, i) => (i + 1) * 10),
      );
      const positions = found.map(({ position }) => position);
      expect(positions).toEqual(positions.toSorted());
    });

    it('of a session that ends outlive it, also if it begins anew under its id [D-40, D-41]', async () => {
      await create();
      await storage().sessions.remove(session, 'logout', ({ revision }) => events(revision + 1));
      expect(await storage().sessions.find(session, BUILT_AT)).toBeUndefined();
      const again = { ...session, createdAt: after(1) };
      expect(await storage().sessions.create(again, BUILT_AT, undefined, events(1, 1, again))).toBe(true);
      expect(await inLog(3)).toEqual([...events(1), ...events(2), ...events(1, 1, again)]);
    });

    it('are asked for when the time of a session is over, once [D-41]', async () => {
      storage().sessions.tellOfExpired((ended) =>
        ended.tenant === session.tenant ? events(ended.revision + 1, 1, ended) : [],
      );
      await create();
      await storage().sweep(after(2 * HOUR_MS - 1));
      await storage().sweep(after(2 * HOUR_MS));
      await storage().sweep(after(3 * HOUR_MS));
      expect(await inLog(2)).toEqual([...events(1), ...events(2)]);
      expect(await storage().sessions.find(session, BUILT_AT)).toBeUndefined();
    });

    it('are asked for when a session begins in the place of one whose time is over [D-41]', async () => {
      storage().sessions.tellOfExpired((ended) =>
        ended.tenant === session.tenant ? events(ended.revision + 1, 1, ended) : [],
      );
      await create();
      const now = after(2 * HOUR_MS);
      const again = { ...session, createdAt: now, lifetime: { aliveUntil: after(9e6), goneAt: after(9e7) } };
      expect(await storage().sessions.create(again, now, undefined, events(1, 1, again))).toBe(true);
      expect(await inLog(3)).toEqual([...events(1), ...events(2), ...events(1, 1, again)]);
    });

    it('are read from any position on, which each event has for good [D-40]', async () => {
      await create(events(1, 3));
      const [first, second, third] = await logged(3);
      const tenant = session.tenant;
      expect(await log().after(tenant, first?.position, 10)).toEqual([second, third]);
      expect(await log().after(tenant, undefined, 1)).toEqual([first]);
      expect(await log().after(tenant, third?.position, 10)).toEqual([]);
      expect(await log().newest(tenant)).toBe(third?.position);
      expect(await log().newestOf([tenant, 'none'])).toEqual(new Map([[tenant, third?.position]]));
      expect(await log().positionOf(tenant, second?.event.id ?? '')).toBe(second?.position);
      expect(await log().positionOf(tenant, 'none')).toBeUndefined();
    });

    it('leave the log when they are old, and no later event gets their position [D-40]', async () => {
      await create(events(1, 2));
      const old = await logged(2);
      while ((await log().sweep(after(1), 100)) > 0);
      expect(await log().after(session.tenant, undefined, 10)).toEqual([]);
      expect(await log().positionOf(session.tenant, old[0]?.event.id ?? '')).toBeUndefined();
      await change(({ revision }) => events(revision + 1));
      const [next] = await logged(1);
      expect(next?.event).toEqual(events(2)[0]);
      expect(next?.position.localeCompare(old[1]?.position ?? '')).toBe(1);
    });

    it('of a person lose their attributes, and nothing else [D-43]', async () => {
      const told = (customerId?: string): readonly StoredEvent[] =>
        events(1, 1).map((event) => ({
          ...event,
          id: `${event.id}.${customerId}`,
          data: {
            changes: [
              { field: 'currency', from: 'EUR', to: 'USD' },
              { field: 'context.name', from: 'Anna', to: { first: 'Anna' } },
            ],
          },
          ...(customerId !== undefined && { person: customerId }),
        }));
      await create([...told(), ...told('anna')]);
      await inLog(2);
      await log().forget(session.tenant, 'ben');
      expect(await inLog(2)).toEqual([...told(), ...told('anna')]);
      await log().forget(session.tenant, 'anna');
      const changes = [{ field: 'currency', from: 'EUR', to: 'USD' }];
      const bare = [...told(), ...told('anna')].map((event) => ({
        ...event,
        data: { changes, changesOmitted: 1 },
      }));
      expect(await inLog(2)).toEqual(bare);
    });
  });
}
