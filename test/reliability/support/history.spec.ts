import { describe, expect, it } from 'vitest';
import { type Operation, type Read, violations, type Write } from './history.js';

const write = (
  from: number,
  value: string,
  began: number,
  ended: number,
  outcome: Write['outcome'] = 'won',
) => ({ kind: 'write', from, value, outcome, began, ended }) as const;
const read = (version: number, value: string, began: number, ended: number): Read => ({
  kind: 'read',
  version,
  value,
  began,
  ended,
});

const good: readonly Operation[] = [
  read(1, 'first', 0, 1),
  write(1, 'a', 2, 5),
  write(1, 'b', 2, 6, 'lost'),
  read(1, 'first', 3, 5),
  read(2, 'a', 3, 4),
  write(2, 'c', 7, 9, 'unknown'),
  read(3, 'c', 10, 11),
];

describe('The checker of a register’s history', () => {
  it('finds nothing wrong with one that is linearizable', () => {
    expect(violations(good, 'first')).toEqual([]);
  });

  it.each<[string, Operation, string]>([
    ['two winners of one version', write(1, 'z', 3, 6), 'version 1 was replaced by a and by z'],
    ['a value that nobody wrote', read(2, 'z', 3, 5), 'version 2 is z: nobody wrote that'],
    ['a lost write that is read', read(2, 'b', 3, 5), 'version 2 is b: nobody wrote that'],
    ['a stale read', read(1, 'first', 6, 7), 'a read at version 1 began after version 2 was known'],
    ['an acknowledged write that is gone', read(2, 'a', 12, 13), 'a read at version 2 began after version 3'],
    ['a conflict without a reason', write(3, 'd', 12, 13, 'lost'), 'd was refused, but nobody had replaced'],
  ])('finds %s', (_, wrong, why) => {
    expect(violations([...good, wrong], 'first').join()).toContain(why);
  });
});
