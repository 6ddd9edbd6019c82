import { describe, expect, it } from 'vitest';
import { aContext, aSession, BUILT_AT } from '../../../test/support/data/builders.js';
import { setAttribute } from '../context/context.rules.js';
import { VTEX_CLIENT } from '../new-session.rules.js';
import type { ChangedBy, Session } from '../session.types.js';
import { causeOfExpiry, eventsOfBeginning, eventsOfChange, eventsOfEnd } from './session-events.rules.js';

const HOUR = 3_600;
const later = (seconds: number): Date => new Date(BUILT_AT.getTime() + seconds * 1000);
const context = aContext();
const session = aSession({ createdAt: BUILT_AT });
const withContext = { ...session, context };
const write = { now: later(1), withAttributeValues: true };

describe('The events of a session', () => {
  it('are the same each time they are made for the same write [D-40]', () => {
    const [once, again] = [1, 2].map(() => eventsOfChange(session, withContext, write));
    expect(once).toEqual(again);
    expect(once).toHaveLength(1);
    const remade = { ...session, createdAt: later(9) };
    expect(eventsOfChange(remade, { ...remade, context }, write)[0]?.id).not.toBe(once?.[0]?.id);
  });

  it('are none for a write that is not one, or that leaves the context as it is [D-40]', () => {
    expect(eventsOfChange(withContext, withContext, write)).toEqual([]);
    expect(eventsOfChange(withContext, { ...withContext, clientId: 'other' }, write)).toEqual([]);
  });

  it('say that the version grew, even if no value is another one [D-40]', () => {
    const author = { source: 'shopper', now: later(1) } as const;
    const red = setAttribute(withContext, 'colour', 'red', author);
    const [event] = eventsOfChange(red, setAttribute(red, 'colour', 'red', author), write);
    expect(event?.data).toMatchObject({ version: 3, changes: [], by: { kind: 'shopper' } });
  });

  it('name the dialect in which it began [D-40]', () => {
    const dialectOf = (begun: Session, by?: ChangedBy) =>
      eventsOfBeginning(begun, { ...write, by })[0]?.data.dialect;
    expect(dialectOf(session)).toBe('emporix');
    expect(dialectOf({ ...session, clientId: VTEX_CLIENT })).toBe('vtex');
    expect(dialectOf(session, { kind: 'agent', id: 'acme-agent' })).toBe('ucp');
    expect(dialectOf(session, { kind: 'employee', id: 'acme-support' })).toBe('emporix');
  });

  it('tell that another browser took the session over, and a coarse name of it if it is known [P-79]', () => {
    const told = [{ id: 'Safari on iOS' }, {}].map((id) => {
      const by = { kind: 'handover', ...id } as const;
      return eventsOfChange(session, { ...session }, { ...write, by });
    });
    expect(told.flat().map(({ type, data }) => [type, data])).toEqual([
      ['onesession.session.handed_over', { device: 'Safari on iOS' }],
      ['onesession.session.handed_over', {}],
    ]);
  });

  it('name the person whom an erasure is about [D-43]', () => {
    const customers = { ...session, kind: 'customer', customerId: 'anna' } as const;
    const told = [
      ...eventsOfChange(session, customers, write),
      ...eventsOfEnd(customers, 'logout', later(2)),
    ];
    expect(told.map(({ type, person }) => [type, person])).toEqual([
      ['onesession.session.became_customers', 'anna'],
      ['onesession.session.ended', 'anna'],
    ]);
  });

  it('tell the longest lifetime from any other end by time [D-41]', () => {
    const ending = (seconds: number) => ({
      ...session,
      lifetime: { aliveUntil: later(seconds), goneAt: later(seconds) },
    });
    expect(causeOfExpiry(ending(HOUR), 2 * HOUR)).toBe('expired');
    expect(causeOfExpiry(ending(2 * HOUR), 2 * HOUR)).toBe('limit');
  });
});
