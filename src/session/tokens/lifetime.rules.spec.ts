import { describe, expect, it } from 'vitest';
import { lifetimeFrom, prolonged, stateOf } from './lifetime.rules.js';

const login = new Date('2026-01-15T12:00:00.000Z');
const after = (seconds: number): Date => new Date(login.getTime() + seconds * 1000);
const MAX = 180 * 86_400;
const HOUR_AND_DAY = { lifetimeSeconds: 3600, dormantSeconds: 82_800, maxSeconds: MAX };

describe('An anonymous session', () => {
  const lifetime = lifetimeFrom(login, HOUR_AND_DAY);

  it('is alive for its lifetime, to the millisecond [E-01, E-20]', () => {
    expect(stateOf({ lifetime }, login)).toBe('alive');
    expect(stateOf({ lifetime }, after(3599.999))).toBe('alive');
    expect(stateOf({ lifetime }, after(3600))).not.toBe('alive');
  });

  it('is dormant from then on, until its refresh window ends [D-02, W-11]', () => {
    expect(stateOf({ lifetime }, after(3600))).toBe('dormant');
    expect(stateOf({ lifetime }, after(86_399.999))).toBe('dormant');
    expect(stateOf({ lifetime }, after(86_400))).toBe('gone');
    expect(stateOf({ lifetime }, after(10 ** 9))).toBe('gone');
  });

  it('has the lifetime that its tenant set [E-02]', () => {
    const short = lifetimeFrom(login, { lifetimeSeconds: 60, dormantSeconds: 30, maxSeconds: MAX });
    expect(short).toEqual({ aliveUntil: after(60), goneAt: after(90) });
  });

  it('is gone at the end of its lifetime if no dormant time is set [D-02]', () => {
    const strict = lifetimeFrom(login, { lifetimeSeconds: 60, dormantSeconds: 0, maxSeconds: MAX });
    expect(stateOf({ lifetime: strict }, after(59))).toBe('alive');
    expect(stateOf({ lifetime: strict }, after(60))).toBe('gone');
  });

  it('gets a full lifetime with each refresh, even while it is dormant [E-03, W-11]', () => {
    for (const refreshedAt of [1800, 3600, 86_000]) {
      const renewed = prolonged({ createdAt: login }, HOUR_AND_DAY, after(refreshedAt));
      expect(stateOf({ lifetime: renewed }, after(refreshedAt + 3599))).toBe('alive');
      expect(stateOf({ lifetime: renewed }, after(refreshedAt + 3600))).toBe('dormant');
    }
  });

  it('ends at its longest lifetime, however it is prolonged or held [P-09]', () => {
    const session = { createdAt: login };
    const soon = prolonged(session, HOUR_AND_DAY, after(MAX - 60), after(MAX + 86_400));
    expect(soon).toEqual({ aliveUntil: after(MAX), goneAt: after(MAX) });
    const held = prolonged(session, HOUR_AND_DAY, after(MAX - 7200), after(MAX + 86_400));
    expect(held).toEqual({ aliveUntil: after(MAX - 3600), goneAt: after(MAX) });
  });

  it('is judged by the given time, even after the clock was set back', () => {
    expect(stateOf({ lifetime }, after(-86_400))).toBe('alive');
  });
});

describe("A customer's session", () => {
  it('stays alive however much time passes [E-04]', () => {
    for (const days of [0, 1, 400, 40_000]) expect(stateOf({}, after(days * 86_400))).toBe('alive');
  });
});

describe('The record of a session', () => {
  const kept = (heldUntil: Date) => prolonged({ createdAt: login }, HOUR_AND_DAY, login, heldUntil);

  it('is kept as long as a cookie may name it, and at least as long as a refresh can find it [D-26]', () => {
    const aliveUntil = after(3600);
    expect(kept(after(8 * 86_400))).toEqual({ aliveUntil, goneAt: after(8 * 86_400) });
    expect(kept(after(60))).toEqual({ aliveUntil, goneAt: after(86_400) });
  });
});
