import type { Failure } from './tally.js';

/** MongoDB's default election time, and 2 s for the election itself. */
export const ELECTED_WITHIN_MS = 12_000;

/** Those that did not follow from what the test did. On a machine that is too busy, members lose sight of each other. */
export const unasked = (elections: readonly number[], asked: readonly number[]): readonly number[] =>
  elections.filter((at) => {
    const cause = lastBefore(at, asked);
    return elections.some((other) => other >= cause && other < at);
  });

/** Failures that no such election explains: they are the service's own. */
export const notNear = (elections: readonly number[], failures: readonly Failure[]): readonly Failure[] =>
  failures.filter(({ at }) => elections.every((election) => Math.abs(at - election) > ELECTED_WITHIN_MS));

/** @returns -Infinity: there was none */
export const lastBefore = (at: number, times: readonly number[]): number =>
  Math.max(...times.filter((time) => time <= at));
