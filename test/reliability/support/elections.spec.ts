import { describe, expect, it } from 'vitest';
import { notNear, unasked } from './elections.js';

const failure = (at: number) => ({ at, op: 'item', what: '503' });

describe('Elections that a test did not ask for', () => {
  it('are those that are not the first after a kill', () => {
    expect(unasked([1_100, 5_200, 9_000], [1_000, 5_000])).toEqual([9_000]);
  });

  it('explain failures near them, and no others', () => {
    expect(notNear([100_000], [failure(87_000), failure(101_000)])).toEqual([failure(87_000)]);
  });
});
