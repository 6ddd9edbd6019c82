import { describe, expect, it } from 'vitest';
import { anEvent } from '../../test/support/events/memory-events.js';
import type { LoggedEvent, StoredEvent } from '../events/index.js';
import {
  endsSession,
  isOfSession,
  isOfTypes,
  lastWordsOf,
  mayResume,
  refusalOfEmployee,
  refusalOfShopper,
  withCartOf,
} from './live.rules.js';

const logged = (...events: readonly Partial<StoredEvent>[]): readonly LoggedEvent[] =>
  events.map((parts, i) => ({ event: anEvent(parts), position: String(i) }));

const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 28, 10, 0, seconds));

describe('An instance', () => {
  const none = { all: 0, ofShoppers: 0, ofSession: 0, ofAddress: 0 };

  it('gives one session five streams', () => {
    expect(refusalOfShopper({ ...none, ofSession: 4 }, 1_000)).toBeUndefined();
    expect(refusalOfShopper({ ...none, ofSession: 5 }, 1_000)).toBe('session');
  });

  it('keeps a tenth of its streams for employees', () => {
    expect(refusalOfShopper({ ...none, all: 899, ofShoppers: 899 }, 1_000)).toBeUndefined();
    expect(refusalOfShopper({ ...none, all: 900, ofShoppers: 900 }, 1_000)).toBe('instance');
    expect(refusalOfEmployee({ all: 999, ofTenant: 0 }, 1_000)).toBeUndefined();
    expect(refusalOfEmployee({ all: 1_000, ofTenant: 0 }, 1_000)).toBe('instance');
    expect(refusalOfShopper({ ...none, all: 1_000 }, 1_000)).toBe('instance');
  });

  it('gives one address a quarter of what shoppers have, and always enough for one session', () => {
    expect(refusalOfShopper({ ...none, ofAddress: 224 }, 1_000)).toBeUndefined();
    expect(refusalOfShopper({ ...none, ofAddress: 225 }, 1_000)).toBe('instance');
    expect(refusalOfShopper({ ...none, ofAddress: 4 }, 6)).toBeUndefined();
    expect(refusalOfShopper({ ...none, ofAddress: 5 }, 6)).toBe('instance');
  });

  it('gives employees of one tenant a quarter, and always as many as one session [X-31]', () => {
    expect(refusalOfEmployee({ all: 249, ofTenant: 249 }, 1_000)).toBeUndefined();
    expect(refusalOfEmployee({ all: 250, ofTenant: 250 }, 1_000)).toBe('instance');
    expect(refusalOfEmployee({ all: 4, ofTenant: 4 }, 6)).toBeUndefined();
    expect(refusalOfEmployee({ all: 5, ofTenant: 5 }, 6)).toBe('instance');
  });

  it('that may have one stream gives it to the first who comes', () => {
    expect(refusalOfShopper(none, 1)).toBeUndefined();
    expect(refusalOfEmployee({ all: 0, ofTenant: 0 }, 1)).toBeUndefined();
  });
});

describe('A shopper sees an event', () => {
  const sees = (parts: Partial<StoredEvent>, cartId?: string): boolean =>
    isOfSession(anEvent(parts), 's1', cartId === undefined ? {} : { cartId });

  it('of their session, and of no other', () => {
    expect(sees({ subject: 's1' })).toBe(true);
    expect(sees({ subject: 's2' })).toBe(false);
  });

  it('of a cart if it happened in their session, or if the cart is theirs', () => {
    const type = 'onesession.cart.changed';
    expect(sees({ type, subject: 'c1', sessionId: 's1' })).toBe(true);
    expect(sees({ type, subject: 'c1', sessionId: 's2' })).toBe(false);
    expect(sees({ type, subject: 'c1' }, 'c1')).toBe(true);
    expect(sees({ type, subject: 'c1' }, 'c2')).toBe(false);
    expect(sees({ type, subject: 'c1' })).toBe(false);
    // An id that a backend chose may be that of a session.
    expect(sees({ type, subject: 's1' })).toBe(false);
  });

  it('of no customer', () => {
    expect(sees({ type: 'onesession.customer.changed', subject: 's1' })).toBe(false);
  });

  it('of the cart that a change of the context has just named', () => {
    const [change, other] = logged(
      { data: { cartId: 'c1' } },
      { type: 'onesession.cart.created', data: { cartId: 'c2' } },
    ) as [LoggedEvent, LoggedEvent];
    expect(withCartOf({}, change)).toEqual({ cartId: 'c1' });
    expect(withCartOf({ cartId: 'c0' }, other)).toEqual({ cartId: 'c0' });
    expect(withCartOf({ cartId: 'c0' }, { ...change, event: anEvent() })).toEqual({ cartId: 'c0' });
  });
});

describe('A shopper whose token has ended', () => {
  it('sees what led to the end of the session, and nothing after it', () => {
    const events = logged(
      { id: 'a' },
      { id: 'b', type: 'onesession.session.ended' },
      { id: 'c', type: 'onesession.session.began' },
    );
    const words = lastWordsOf(events, 's1', 'customer');
    expect(words?.reason).toBe('session-ended');
    expect(words?.events.map(({ event }) => event.id)).toEqual(['a', 'b']);
  });

  it('sees nothing of the login that ended an anonymous token, and nothing of the customer', () => {
    const events = logged(
      { id: 'a', time: at(1) },
      { id: 'cart', type: 'onesession.cart.changed', subject: 'c1', sessionId: 's1', time: at(1) },
      { id: 'login', time: at(2) },
      { id: 'b', type: 'onesession.session.became_customers', time: at(2) },
      { id: 'c', time: at(3) },
    );
    const words = lastWordsOf(events, 's1', 'anonymous');
    expect(words?.reason).toBe('token-ended');
    expect(words?.events.map(({ event }) => event.id)).toEqual(['a']);
    expect(lastWordsOf(events, 's1', 'customer')).toBeUndefined();
  });

  it('sees nothing as long as it is not known why', () => {
    expect(lastWordsOf(logged({ id: 'a' }), 's1', 'anonymous')).toBeUndefined();
    expect(
      lastWordsOf(logged({ type: 'onesession.session.ended', subject: 's2' }), 's1', 'anonymous'),
    ).toBeUndefined();
  });
});

it('The end of a session is that of no other', () => {
  const [end, change] = logged({ type: 'onesession.session.ended' }, {}) as [LoggedEvent, LoggedEvent];
  expect(endsSession(end, 's1')).toBe(true);
  expect(endsSession(end, 's2')).toBe(false);
  expect(endsSession(change, 's1')).toBe(false);
});

it.each([
  [[], true],
  [['onesession.context.changed'], true],
  [['onesession.context.created'], false],
  [['onesession.session.*', 'onesession.context.*'], true],
  [['onesession.cart.*'], false],
  [['onesession.*'], true],
])('A stream of %j takes a change of a context: %s', (patterns, expected) => {
  expect(isOfTypes('onesession.context.changed', patterns)).toBe(expected);
});

it('A reader may come again after a stream that did not end for good', () => {
  expect([mayResume('resume'), mayResume('stopping')]).toEqual([true, true]);
  expect([mayResume('session-ended'), mayResume('token-ended')]).toEqual([false, false]);
});
