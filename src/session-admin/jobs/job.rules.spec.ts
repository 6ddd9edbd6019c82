import { describe, expect, it } from 'vitest';
import { advanced, newJob, released, taken } from './job.rules.js';
import type { Job } from './job.types.js';

const now = new Date('2026-01-15T12:00:00.000Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

const fresh = newJob('acme', 'j1', { createdBefore: now }, now);
const mine = taken(fresh, 'me', now);

/** Runs the job over these batches, as its holder. */
const over = (job: Job, ...batches: readonly (readonly string[])[]): Job =>
  batches.reduce(
    (current, ids, i) =>
      advanced(current, 'me', { ids, ...(i < batches.length - 1 && { next: `after ${i}` }) }, now),
    job,
  );

describe('A job', () => {
  it('is due at once, and is then held by one instance', () => {
    expect(fresh).toMatchObject({ state: 'running', done: 0, dueAt: now });
    expect(mine).toMatchObject({ claim: 'me', dueAt: later(30) });
    expect(taken(mine, 'other', later(29))).toBe(mine);
  });

  it('is taken by another instance if its holder has stopped', () => {
    expect(taken(mine, 'other', later(30))).toMatchObject({ claim: 'other', dueAt: later(60) });
  });

  it('keeps each batch before it is ended, and counts it afterwards', () => {
    const first = advanced(mine, 'me', { ids: ['a', 'b'], next: 'b' }, now);
    expect(first).toMatchObject({ batch: ['a', 'b'], done: 0, after: 'b', searched: false });
    const last = advanced(first, 'me', { ids: ['c'] }, now);
    expect(last).toMatchObject({ batch: ['c'], done: 2, searched: true, state: 'running' });
    expect(last).not.toHaveProperty('after');
    const second = advanced(last, 'me', { ids: [] }, now);
    expect(second).toMatchObject({ batch: [], done: 3, state: 'done' });
    expect(second).not.toHaveProperty('dueAt');
    expect(second).not.toHaveProperty('claim');
  });

  it('is done in two steps if there is nothing to end', () => {
    expect(advanced(over(mine, []), 'me', { ids: [] }, now)).toMatchObject({ state: 'done', done: 0 });
  });

  it('counts a batch once after a crash, whichever instance continues', () => {
    const stopped = over(mine, ['a', 'b'], ['c']);
    const others = taken(stopped, 'other', later(30));
    expect(others).toMatchObject({ batch: ['c'], done: 2 });
    expect(advanced(others, 'other', { ids: [] }, later(31))).toMatchObject({ state: 'done', done: 3 });
  });

  it('does not change for somebody who does not hold it any more', () => {
    const others = taken(mine, 'other', later(30));
    expect(advanced(others, 'me', { ids: ['a'] }, later(31))).toBe(others);
    expect(released(others, 'me', later(31))).toBe(others);
  });

  it('holds on to the job with each batch', () => {
    expect(advanced(mine, 'me', { ids: ['a'], next: 'a' }, later(20)).dueAt).toEqual(later(50));
  });

  it('is due at once when its holder gives it back, unless it is done', () => {
    expect(released(mine, 'me', later(1)).dueAt).toEqual(later(1));
    const done = advanced(over(mine, []), 'me', { ids: [] }, now);
    expect(released({ ...done, claim: 'me' }, 'me', now)).not.toHaveProperty('dueAt');
  });

  it('can be read for a week after its last progress', () => {
    expect(fresh.erasedAt).toEqual(later(7 * 86_400));
    expect(advanced(mine, 'me', { ids: [] }, later(20)).erasedAt).toEqual(later(7 * 86_400 + 20));
    const done = advanced(over(mine, []), 'me', { ids: [] }, later(25));
    expect(done.erasedAt).toEqual(later(7 * 86_400 + 25));
    expect(taken(done, 'other', later(1000))).toBe(done);
  });
});
