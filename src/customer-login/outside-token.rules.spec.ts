import { describe, expect, it } from 'vitest';
import { timeProblem } from './outside-token.rules.js';

const now = new Date('2026-11-28T12:00:00.000Z');
const at = (seconds: number) => now.getTime() / 1000 + seconds;

describe('The token of an outside issuer', () => {
  it.each([
    [1, undefined],
    [-1, undefined],
    [-4.9, undefined],
    [-5, 'expired-token'],
    [-10, 'expired-token'],
  ])('that expires in %d s is %s [P-25]', (seconds, problem) => {
    expect(timeProblem({ exp: at(seconds), iat: at(-600) }, now)).toBe(problem);
  });

  it.each([
    [-600, undefined],
    [9, undefined],
    [60, undefined],
    [61, 'invalid-token'],
    [86_400, 'invalid-token'],
  ])('that was issued in %d s is %s [P-25]', (seconds, problem) => {
    expect(timeProblem({ exp: at(100_000), iat: at(seconds) }, now)).toBe(problem);
  });

  it('needs an expiry but no time of issue', () => {
    expect(timeProblem({ exp: at(1) }, now)).toBeUndefined();
    expect(timeProblem({ iat: at(0) }, now)).toBe('expired-token');
  });
});
