import { describe, expect, it } from 'vitest';
import { entryOf, lineOf } from './history-lines.rules.js';
import type { HistoryEntry } from './history.types.js';

const at = new Date('2026-01-15T12:00:00.123Z');
const entry = (over: Partial<HistoryEntry> = {}): HistoryEntry => ({
  at,
  version: 2,
  by: { kind: 'shopper' },
  source: 'shopper',
  changes: [{ field: 'currency', from: 'EUR', to: 'USD' }],
  ...over,
});

describe('A stored entry of a history', () => {
  it.each([
    entry(),
    entry({ by: { kind: 'employee', id: 'acme-support' }, source: 'employee', reason: 'she\ncalled' }),
    entry({ by: { kind: 'employee' }, source: 'employee' }),
    entry({ by: { kind: 'employee', id: 'acme-support' }, source: 'shopper' }),
    entry({ by: { kind: 'app', id: 'store' }, source: 'app:store' }),
    entry({ by: { kind: 'agent', id: 'acme-agent' }, source: 'agent' }),
    entry({
      by: { kind: 'agent', id: 'acme-agent', agent: 'https://agent.example/profile' },
      source: 'agent',
    }),
    entry({ by: { kind: 'cart' }, source: 'site' }),
    entry({ by: { kind: 'handover' }, source: 'handover', changes: [] }),
    entry({ by: { kind: 'handover', id: 'Safari on iOS' }, source: 'handover', changes: [] }),
    entry({
      by: { kind: 'login', id: 'anna' },
      source: 'login',
      changes: [{ field: 'customerId', to: 'anna' }],
    }),
    entry({ changes: [{ field: 'cartId', from: 'c1' }] }),
    entry({ changes: [{ field: 'context.a', from: null, to: [{ b: '\u2028' }, 0, false] }] }),
    entry({ changes: [{ field: 'context.\n', valuesOmitted: true }], changesOmitted: 7 }),
  ])('is one line, and is read as it was: %j', (one) => {
    const line = lineOf(one);
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(entryOf(line.trimEnd())).toStrictEqual(one);
  });

  it('of a guest takes few bytes, because each request carries it', () => {
    expect(lineOf(entry())).toBe('[1768478400123,2,"shopper",[["currency",["EUR"],["USD"]]],0,0,0]\n');
  });
});
