import { describe, expect, it } from 'vitest';
import { newMail, pauseAfter, released, settled, taken } from './outbox.rules.js';

const now = new Date('2026-01-15T12:00:00.000Z');
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const mail = newMail({ tenant: 'acme', kind: 'opt-in', customerId: 'c1' }, 'm1', now);
const failed = { kind: 'failed', error: 'ECONNREFUSED', forGood: false } as const;

describe('A mail in the outbox', () => {
  it('is due at once, and is erased two weeks later', () => {
    expect(mail).toMatchObject({ state: 'waiting', dueAt: now, attempts: 0, erasedAt: at(14 * 86_400) });
  });

  it('is taken by one; by another only when that one did not come back', () => {
    const first = taken(mail, 'one', now);
    expect(first).toMatchObject({ claim: 'one', attempts: 1 });
    expect(taken(first, 'two', at(119))).toBe(first);
    const second = taken(first, 'two', at(120));
    expect(second).toMatchObject({ claim: 'two', attempts: 2 });
    expect(settled(second, 'one', { kind: 'sent', to: 'a@acme.test' }, at(121))).toBe(second);
    const sent = settled(second, 'two', { kind: 'sent', to: 'a@acme.test' }, at(121));
    expect(sent).toMatchObject({ state: 'sent', to: 'a@acme.test' });
    expect(sent).not.toHaveProperty('dueAt');
    expect(taken(sent, 'three', at(9999))).toBe(sent);
  });

  it('is tried again after pauses that double, up to an hour', () => {
    expect([1, 2, 3, 7, 8, 16].map(pauseAfter)).toEqual([30, 60, 120, 1920, 3600, 3600]);
    const again = settled(taken(mail, 'one', now), 'one', failed, at(5));
    expect(again).toMatchObject({ state: 'waiting', dueAt: at(35), lastError: 'ECONNREFUSED' });
    expect(again).not.toHaveProperty('claim');
  });

  it('is given up after the sixteenth attempt, or when it was refused for good', () => {
    const last = { ...taken(mail, 'one', now), attempts: 16 };
    expect(settled(last, 'one', failed, now)).toMatchObject({ state: 'given-up' });
    const refused = settled(taken(mail, 'one', now), 'one', { ...failed, forGood: true }, now);
    expect(refused).toMatchObject({ state: 'given-up', lastError: 'ECONNREFUSED' });
  });

  it('is dropped when there is nobody to write to', () => {
    const dropped = settled(taken(mail, 'one', now), 'one', { kind: 'nobody' }, now);
    expect(dropped).toMatchObject({ state: 'dropped' });
    expect(dropped).not.toHaveProperty('dueAt');
  });

  it('can wait for what it is about, until that is stored', () => {
    const waiting = newMail({ tenant: 'acme', kind: 'opt-in', customerId: 'c1' }, 'm1', now, 60);
    expect(taken(waiting, 'one', at(59))).toBe(waiting);
    const first = taken(released(waiting, at(1)), 'one', at(1));
    expect(first).toMatchObject({ claim: 'one', attempts: 1 });
    expect(released(first, at(2))).toBe(first);
  });
});
