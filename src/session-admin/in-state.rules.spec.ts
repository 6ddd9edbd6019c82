import { describe, expect, it } from 'vitest';
import { aSession } from '../../test/support/data/builders.js';
import { inState } from './in-state.rules.js';

const NOON = new Date('2026-06-01T12:00:00.000Z');
const minutesAfter = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);

describe('Sessions in a state', () => {
  const lasting = (sessionId: string, aliveUntil: Date, goneAt: Date) =>
    aSession({ sessionId, lifetime: { aliveUntil, goneAt } });
  const alive = lasting('alive', minutesAfter(1), minutesAfter(2));
  const dormant = lasting('dormant', NOON, minutesAfter(2));
  const gone = lasting('gone', minutesAfter(-2), NOON);
  const all = [alive, dormant, gone];

  it('are those that are in it at the time in question', () => {
    expect(inState(all, { state: 'alive', now: NOON })).toEqual([alive]);
    expect(inState(all, { state: 'dormant', now: NOON })).toEqual([dormant]);
    expect(inState(all, { state: 'dormant', now: minutesAfter(1) })).toEqual([alive, dormant]);
  });

  it('are all, gone ones too, if no state is wanted', () => {
    expect(inState(all, undefined)).toEqual(all);
  });
});
