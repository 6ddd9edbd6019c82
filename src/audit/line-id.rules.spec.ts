import { describe, expect, it } from 'vitest';
import { firstIdAt, lineIdOf } from './line-id.rules.js';

const at = (ms: number): Date => new Date(Date.UTC(2026, 0, 15) + ms);
const RANDOM = '0123456789abcdef';

describe('The id of an audit line', () => {
  it('is a UUID of version 7', () => {
    expect(lineIdOf(at(0), 5, RANDOM)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7005-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('sorts by time, then by its count', () => {
    const ids = [lineIdOf(at(0), 9, RANDOM), lineIdOf(at(0), 10, RANDOM), lineIdOf(at(1), 0, RANDOM)];
    expect(ids.toSorted()).toEqual(ids);
  });

  it('sorts after the first id of its millisecond and before the first of the next one', () => {
    const id = lineIdOf(at(0), 0, RANDOM);
    expect(firstIdAt(at(0)) < id).toBe(true);
    expect(id < firstIdAt(at(1))).toBe(true);
  });

  it('has no negative time, and none that is too long', () => {
    expect(firstIdAt(new Date(-1))).toBe('00000000-0000');
    expect(firstIdAt(new Date(8_640_000_000_000_000))).toHaveLength(13);
  });
});
