import { describe, expect, it } from 'vitest';
import { eventsOf, withoutAttributes } from './event.rules.js';

const at = new Date('2026-01-15T12:00:00.000Z');
const write = { tenant: 'acme', subject: 'one', createdAt: at, revision: 3, time: at };
const told = { type: 'onesession.context.changed', data: {} } as const;

describe('The events of a write', () => {
  it('have ids and sequences of their own, which the write decides [D-40]', () => {
    const events = eventsOf(write, [told, told]);
    expect(events.map(({ sequence }) => sequence)).toEqual([30, 31]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
    expect(eventsOf(write, [told, told])).toEqual(events);
    const next = eventsOf({ ...write, revision: 4 }, [told]);
    expect(next[0]?.sequence).toBeGreaterThan(events[1]?.sequence ?? 0);
  });
});

describe('An event of a person who is erased', () => {
  const eventWith = (data: object) => eventsOf(write, [{ ...told, data: { ...data } }])[0];

  it('loses the changes of attributes, and counts them [D-43]', () => {
    const currency = { field: 'currency', to: 'USD' };
    const event = eventWith({ changes: [currency, { field: 'context.Anna', to: 'x' }], changesOmitted: 2 });
    expect(event && withoutAttributes(event).data).toEqual({ changes: [currency], changesOmitted: 3 });
  });

  it('stays as it is if it has none [D-43]', () => {
    for (const data of [{}, { changes: [] }, { changes: [{ field: 'currency' }] }]) {
      const event = eventWith(data);
      expect(event && withoutAttributes(event)).toBe(event);
    }
  });
});
