import { describe, expect, it } from 'vitest';
import type { NumberedEntry } from '../../session/history/history.types.js';
import { pageOf } from './history-page.rules.js';

const entry = (number: number): NumberedEntry => ({
  number,
  at: new Date('2026-01-15T12:00:00.000Z'),
  version: number,
  by: { kind: 'shopper' },
  source: 'shopper',
  changes: [],
});

const numbersOf = ({ items }: { readonly items: readonly NumberedEntry[] }) =>
  items.map(({ number }) => number);

describe('A page of a history', () => {
  const entries = [9, 8, 7, 6].map(entry);

  it('goes on behind the last item of the one before, until there is no more', () => {
    const first = pageOf(entries, undefined, 2);
    expect([numbersOf(first), first.last]).toEqual([[9, 8], 8]);
    const second = pageOf(entries, first.last, 2);
    expect([numbersOf(second), second.last]).toEqual([[7, 6], undefined]);
  });

  it('is the same after newer entries came', () => {
    expect(numbersOf(pageOf([entry(11), entry(10), ...entries], 8, 2))).toEqual([7, 6]);
  });

  it('is empty when the entries behind it are no longer kept, and for an empty history', () => {
    expect(pageOf(entries, 6, 2)).toEqual({ items: [] });
    expect(pageOf([], undefined, 2)).toEqual({ items: [] });
  });
});
