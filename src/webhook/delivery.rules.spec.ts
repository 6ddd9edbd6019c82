import { describe, expect, it } from 'vitest';
import type { Json } from '../shared/json.js';
import { aDelivery, at } from '../../test/support/events/webhooks.js';
import {
  attempted,
  isGone,
  lanesOf,
  newDelivery,
  postponed,
  released,
  retried,
  secondsOfRetryAfter,
  withoutPerson,
} from './delivery.rules.js';
import type { Attempt, Delivery } from './webhook.types.js';

const REFUSED: Attempt = { ok: false, error: 'status', status: 500 };
const secondsUntilNext = ({ dueAt }: Delivery) => dueAt && (dueAt.getTime() - at(0).getTime()) / 1000;

describe('A delivery', () => {
  it('is made of an event, and is due at once [D-45]', () => {
    const { event } = aDelivery();
    const made = event && newDelivery({ event, position: '0007' }, 'w1', 'd1', at(5));
    expect(made).toMatchObject({
      tenant: 'acme',
      id: 'd1',
      webhookId: 'w1',
      eventId: event?.id,
      position: '0007',
      state: 'pending',
      attempts: 0,
      dueAt: at(5),
      event,
    });
  });

  it('keeps nothing of the event once it is delivered [D-43, D-45]', () => {
    const done = attempted(aDelivery({ lastError: 'timeout' }), { ok: true, status: 204 }, at(0), 0);
    expect(done).toMatchObject({ state: 'delivered', attempts: 1, lastStatus: 204, lastAttemptAt: at(0) });
    for (const field of ['event', 'dueAt', 'lastError']) expect(done).not.toHaveProperty(field);
    expect(done.erasedAt).toEqual(at(3 * 86_400));
  });

  it('is tried again after 5 s, 1 min, 5 min, 30 min, 2 h, 6 h, 12 h and 24 h, then given up [D-45]', () => {
    const pauses: (number | undefined)[] = [];
    let one = aDelivery();
    for (let i = 0; i < 9; i += 1) {
      one = attempted(one, REFUSED, at(0), 0);
      pauses.push(secondsUntilNext(one));
    }
    expect(pauses).toEqual([5, 60, 300, 1800, 7200, 21_600, 43_200, 86_400, undefined]);
    expect(one).toMatchObject({ state: 'failed', attempts: 9, lastStatus: 500, lastError: 'status' });
    expect(one.event).toBeDefined();
  });

  it('waits up to a fifth longer, by chance [D-45]', () => {
    expect(secondsUntilNext(attempted(aDelivery(), REFUSED, at(0), 0.5))).toBe(5.5);
    expect(secondsUntilNext(attempted(aDelivery(), REFUSED, at(0), 1))).toBe(6);
  });

  it.each([
    [600, 600],
    [1, 5],
    [10_000_000, 86_400],
  ])('of which Retry-After says %d s waits %d s [D-45]', (retryAfter, seconds) => {
    expect(secondsUntilNext(attempted(aDelivery(), { ...REFUSED, retryAfter }, at(0), 0))).toBe(seconds);
  });

  it('forgets the status of an earlier attempt when nobody answers', () => {
    const one = attempted(aDelivery({ lastStatus: 500 }), { ok: false, error: 'timeout' }, at(0), 0);
    expect(one).not.toHaveProperty('lastStatus');
    expect(one.lastError).toBe('timeout');
  });

  it('is given up when the target answers 410 [D-46]', () => {
    const gone: Attempt = { ok: false, error: 'status', status: 410 };
    expect([gone, REFUSED].map(isGone)).toEqual([true, false]);
    expect(attempted(aDelivery(), gone, at(0), 0)).not.toHaveProperty('dueAt');
  });

  it('is held back until the one before it is tried again, and released when that is done [D-45]', () => {
    const one = aDelivery({ dueAt: at(0) });
    expect(postponed(one, at(60), at(1)).dueAt).toEqual(at(60));
    const later = aDelivery({ dueAt: at(90) });
    expect(postponed(later, at(60), at(1))).toBe(later);
    expect(released(later, at(2)).dueAt).toEqual(at(2));
    const tried = aDelivery({ dueAt: at(90), attempts: 1 });
    expect(released(tried, at(2))).toBe(tried);
    const { dueAt: _none, ...done } = one;
    expect(postponed(done, at(60), at(1))).toBe(done);
    expect(released(done, at(1))).toBe(done);
    expect(released(one, at(0))).toBe(one);
  });

  it('that was given up is tried as often again, unless it is delivered [D-45]', () => {
    const { dueAt: _none, ...rest } = aDelivery({ attempts: 9 });
    const givenUp: Delivery = { ...rest, state: 'failed' };
    expect(retried(givenUp, at(3))).toMatchObject({ attempts: 0, dueAt: at(3), state: 'failed' });
    const delivered = attempted(givenUp, { ok: true, status: 200 }, at(0), 0);
    expect(retried(delivered, at(3))).toBe(delivered);
  });

  it('follows the earlier ones of its subject, in order of the log [D-45]', () => {
    const place = (subject: string, position: string) => aDelivery({ subject, position });
    const lanes = lanesOf([place('s1', '2'), place('s2', '3'), place('s1', '1'), place('s1', '4')]);
    expect(lanes.map((lane) => lane.map(({ position }) => position))).toEqual([['1', '2', '4'], ['3']]);
  });
});

describe('A delivery about a customer who is erased', () => {
  it('is still sent, but without attributes [D-43]', () => {
    const changes: Json = [{ field: 'currency' }, { field: 'context.color', to: 'red' }];
    const event = { ...(aDelivery().event ?? expect.unreachable()), data: { changes } };
    const bare = withoutPerson(aDelivery({ event }));
    expect(JSON.stringify(bare)).not.toContain('color');
    expect(bare.event?.data['changes']).toEqual([{ field: 'currency' }]);
    const other = aDelivery();
    expect(withoutPerson(other)).toBe(other);
    const { event: _sent, ...delivered } = other;
    expect(withoutPerson(delivered)).toBe(delivered);
  });
});

describe('Retry-After', () => {
  it.each([
    ['120', 120],
    ['Thu, 15 Jan 2026 12:01:00 GMT', 60],
    ['Thu, 15 Jan 2026 11:00:00 GMT', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s is %s s', (header, seconds) => {
    expect(secondsOfRetryAfter(header, at(0))).toBe(seconds);
  });
});
