import { describe, expect, it } from 'vitest';
import { inAnyCase, listPage, matches, within } from './filter.rules.js';
import type { Comparison, FilterValue, TextPattern } from './filter.types.js';

const RECORD = {
  name: 'Ada',
  age: 36,
  born: new Date(1000),
  none: undefined,
  lines: [{ n: 1 }, { n: 5 }],
  tags: ['a', 'b'],
};

const is = (path: string, op: Comparison, value: FilterValue): boolean =>
  matches(RECORD, [{ path, op, value }]);

describe('A filter', () => {
  it('matches every record if it is empty, and else only if all conditions hold', () => {
    const isAda = { path: 'name', op: 'eq', value: 'Ada' } as const;
    expect(matches(RECORD, [])).toBe(true);
    expect(matches(RECORD, [isAda, { path: 'age', op: 'eq', value: 36 }])).toBe(true);
    expect(matches(RECORD, [isAda, { path: 'age', op: 'eq', value: 37 }])).toBe(false);
  });

  it('includes the bound only with gte and lte', () => {
    const ops = ['gt', 'gte', 'lt', 'lte'] as const;
    expect(ops.filter((op) => is('age', op, 36))).toEqual(['gte', 'lte']);
    expect(ops.filter((op) => is('age', op, 35))).toEqual(['gt', 'gte']);
  });

  it('never matches a value of another type', () => {
    expect(is('age', 'eq', '36')).toBe(false);
    expect(is('born', 'eq', 1000)).toBe(false);
    expect(is('born', 'eq', new Date(1000))).toBe(true);
  });

  it('needs one matching entry if the path leads through a list or to one', () => {
    expect(is('lines.n', 'gt', 4)).toBe(true);
    expect(is('lines.n', 'gt', 5)).toBe(false);
    expect(matches(RECORD, [{ path: 'tags', op: 'in', values: ['x', 'b'] }])).toBe(true);
    expect(matches(RECORD, [{ path: 'tags', op: 'in', values: [] }])).toBe(false);
  });

  it.each(['none', 'missing', 'name.length', 'toString', 'lines.x'])('takes %s for absent', (path) => {
    expect(matches(RECORD, [{ path, op: 'absent' }])).toBe(true);
    expect(matches(RECORD, [{ path, op: 'present' }])).toBe(false);
  });

  it.each([
    [{ pieces: [['b']], fromStart: false, toEnd: false }, true],
    [{ pieces: [['b']], fromStart: true, toEnd: false }, false],
    [{ pieces: [['b']], fromStart: false, toEnd: true }, true],
    [{ pieces: [['a', 'b'], ['b']], fromStart: true, toEnd: true }, true],
    [{ pieces: [['😀', undefined, 'b']], fromStart: false, toEnd: true }, true],
    [{ pieces: [['a'], ['a']], fromStart: false, toEnd: false }, false],
    [{ pieces: [['b', '😀', undefined]], fromStart: false, toEnd: false }, true],
  ] satisfies [TextPattern, boolean][])('finds the pieces of a pattern in order: %j', (pattern, found) => {
    expect(matches({ text: 'ab😀bb' }, [{ path: 'text', op: 'like', pattern }])).toBe(found);
  });
});

describe('A text in any case', () => {
  const finds = (asked: string, text: string): boolean =>
    matches({ text }, [
      {
        path: 'text',
        op: 'like',
        pattern: { pieces: [inAnyCase(asked)], fromStart: true, toEnd: true },
      },
    ]);

  it.each([
    ['acme', 'ACME'],
    ['ACME', 'acme'],
    ['MÜLLER & Söhne', 'Müller & söhne'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['ǆ', 'Ǆ'],
    ['𐐀', '𐐨'],
    ['a.b]^-\\', 'A.B]^-\\'],
  ])('finds %s in %s', (asked, text) => {
    expect(finds(asked, text)).toBe(true);
  });

  it('takes no letter for two, and no letter for another', () => {
    expect(finds('STRASSE', 'straße')).toBe(false);
    expect(finds('İ', 'i')).toBe(false);
    expect(finds('a', 'á')).toBe(false);
    expect(finds('acme', 'acm')).toBe(false);
  });
});

describe('A page', () => {
  const rows = [
    { id: 'd', v: '😀' },
    { id: 'c', v: '\uffee' },
    { id: 'b' },
    { id: 'a' },
    { id: 'e', v: 'ab' },
    { id: 'f', v: 'a' },
  ];
  const ids = (descending: boolean, skip = 0, limit = 10): string =>
    listPage(
      rows,
      { filter: [], order: { path: 'v', descending }, skip, limit, counted: false },
      ({ id }) => id,
    )
      .rows.map(({ id }) => id)
      .join('');

  it('is sorted by code points, absent values first and equal ones by id', () => {
    expect(ids(false)).toBe('abfecd');
    expect(ids(true)).toBe('dcefba');
    expect(ids(false, 1, 2)).toBe('bf');
  });

  it('counts the matching records of all pages on request', () => {
    const order = { path: 'v', descending: false };
    const filter = [{ path: 'v', op: 'present' }] as const;
    const listing = { filter, order, skip: 0, limit: 1 };
    expect(listPage(rows, { ...listing, counted: true }, ({ id }) => id).total).toBe(4);
    expect(listPage(rows, { ...listing, counted: false }, ({ id }) => id)).not.toHaveProperty('total');
  });

  it('ends before the row that exceeds its bytes, but has at least one', () => {
    const page = [{ bytes: 5 }, { bytes: 5 }];
    expect(within(page, 10)).toEqual({ fitting: page });
    expect(within(page, 9)).toEqual({ fitting: page.slice(0, 1), cut: true });
    expect(within(page, 1)).toEqual({ fitting: page.slice(0, 1), cut: true });
    expect(within(page)).toEqual({ fitting: page });
  });
});
