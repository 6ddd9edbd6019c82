import { describe, expect, it } from 'vitest';
import type { Json } from '../../shared/json.js';
import { newContext, removeAttribute, revised, setAttribute } from '../context/context.rules.js';
import type { ChangedBy, Session, SessionContext, Source, Sourced } from '../session.types.js';
import { HISTORY_LIMITS, historyOf, withHistory } from './history.rules.js';

const made = new Date('2026-01-15T12:00:00.000Z');
const later = new Date('2026-01-15T12:30:00.000Z');

const initial = (value: string, source: Source = 'site') => ({ value, source });
const CONTEXT = newContext(
  {
    siteCode: initial('main'),
    currency: initial('USD', 'login-query'),
    targetLocation: initial('DE'),
    language: initial('en'),
  },
  undefined,
  made,
);

const bare: Session = {
  tenant: 'acme',
  sessionId: '1b4e28ba-2fa1-41d2-883f-0016d3cca427',
  kind: 'anonymous',
  clientId: 'acme-storefront',
  epoch: 'e1',
  revision: 1,
  createdAt: made,
  refreshTokens: { used: [] },
  asked: {},
};
const session = { ...bare, context: CONTEXT };

const FULL = { omitsAttributeValues: false };
const by = (kind: ChangedBy['kind'], more: Omit<ChangedBy, 'kind'> = {}) => ({
  ...FULL,
  by: { kind, ...more },
});
const sourced = <T extends Json>(value: T, source: Source): Sourced<T> => ({ value, source, at: later });

type Changes = Partial<SessionContext>;
const entriesAfter = (
  changes: Changes,
  recording: Parameters<typeof withHistory>[2] = FULL,
  from = session,
) => historyOf(withHistory(from, revised(from, changes, later), recording));

describe('The first context of a session', () => {
  const entries = historyOf(
    withHistory(
      bare,
      { ...session, context: { ...CONTEXT, cartId: sourced('cart1', 'cart') } },
      by('cart', { id: 'cart1' }),
    ),
  );

  it('makes an entry for each source of its values, all by the cart that made it', () => {
    expect(entries).toEqual([
      expect.objectContaining({ source: 'cart', changes: [{ field: 'cartId', to: 'cart1' }] }),
      expect.objectContaining({ source: 'login-query', changes: [{ field: 'currency', to: 'USD' }] }),
      {
        number: 1,
        at: made,
        version: 1,
        by: { kind: 'cart', id: 'cart1' },
        source: 'site',
        changes: [
          { field: 'siteCode', to: 'main' },
          { field: 'targetLocation', to: 'DE' },
          { field: 'language', to: 'en' },
        ],
      },
    ]);
    expect(entries.map((entry) => [entry.number, entry.version, entry.by])).toEqual([
      [3, 1, { kind: 'cart', id: 'cart1' }],
      [2, 1, { kind: 'cart', id: 'cart1' }],
      [1, 1, { kind: 'cart', id: 'cart1' }],
    ]);
  });

  it('is recorded for a session that a backend creates with it', () => {
    const created = historyOf(withHistory(undefined, session, by('employee', { id: 'acme-backend' })));
    const who = { kind: 'employee', id: 'acme-backend' };
    expect(created.map((entry) => entry.by)).toEqual([who, who]);
  });

  it('is by a cart if nobody is named', () => {
    expect(historyOf(withHistory(bare, session, FULL))[0]?.by).toEqual({ kind: 'cart' });
  });
});

describe('A change of a context', () => {
  it('is recorded with its time, version, author, reason, and what changed from what to what', () => {
    const changes = { currency: sourced('EUR', 'employee') };
    expect(entriesAfter(changes, by('employee', { id: 'acme-support', reason: 'she called' }))).toEqual([
      {
        number: 1,
        at: later,
        version: 2,
        by: { kind: 'employee', id: 'acme-support' },
        source: 'employee',
        reason: 'she called',
        changes: [{ field: 'currency', from: 'USD', to: 'EUR' }],
      },
    ]);
  });

  it('is recorded apart for each app that set values in the same write', () => {
    const changes = { currency: sourced('EUR', 'app:store'), language: sourced('de', 'shopper') };
    expect(entriesAfter(changes).map(({ by: who, source }) => [who, source])).toEqual([
      [{ kind: 'shopper' }, 'shopper'],
      [{ kind: 'app', id: 'store' }, 'app:store'],
    ]);
  });

  it.each([
    ['shopper', { kind: 'shopper', id: 'anna' }],
    ['login', { kind: 'login', id: 'anna' }],
    ['employee', { kind: 'employee' }],
    ['cart', { kind: 'cart' }],
  ] as const)('is by whom its source %s names if nobody else is named', (source, expected) => {
    const annas = { ...session, customerId: 'anna' };
    expect(entriesAfter({ language: sourced('de', source) }, FULL, annas)[0]?.by).toEqual(expected);
  });

  it('is not recorded if every value stays the same', () => {
    const same = { language: sourced('en', 'shopper') };
    expect(withHistory(session, revised(session, same, later), FULL)).not.toHaveProperty('history');
    expect(withHistory(session, session, FULL)).toBe(session);
    expect(withHistory(bare, { ...bare, kind: 'customer' }, FULL)).not.toHaveProperty('history');
  });

  it('tells when a cart leaves the context', () => {
    const named = { ...session, context: { ...CONTEXT, cartId: sourced('cart1', 'cart') } };
    const { cartId: _gone, ...left } = named.context;
    const after = { ...named, context: { ...left, version: 2, modifiedAt: later } };
    expect(historyOf(withHistory(named, after, by('cart', { id: 'cart1' })))).toMatchObject([
      { by: { kind: 'cart', id: 'cart1' }, source: 'cart', changes: [{ field: 'cartId', from: 'cart1' }] },
    ]);
  });
});

describe('What a write notes besides the context', () => {
  const agent = { kind: 'agent', id: 'acme-agent', agent: 'https://agent.example/profile' } as const;
  const noted = [{ field: 'cart.umbrella', to: 2 }];

  it('is an entry of its own, by whom the writer names', () => {
    const recording = { ...FULL, by: agent, noted, at: later };
    expect(historyOf(withHistory(session, { ...session }, recording))).toEqual([
      { number: 1, at: later, version: 1, by: agent, source: 'agent', changes: noted },
    ]);
    const changed = revised(session, { currency: sourced('EUR', 'agent') }, later);
    expect(historyOf(withHistory(session, changed, recording)).map(({ changes }) => changes)).toEqual([
      noted,
      [{ field: 'currency', from: 'USD', to: 'EUR' }],
    ]);
  });

  it('is not recorded if nobody is named, nothing is noted or there is no context', () => {
    expect(withHistory(session, session, { ...FULL, noted, at: later })).toBe(session);
    expect(withHistory(session, session, { ...FULL, by: agent, noted: [], at: later })).toBe(session);
    expect(withHistory(bare, bare, { ...FULL, by: agent, noted, at: later })).toBe(bare);
  });
});

describe('A changed attribute', () => {
  const author = { source: 'shopper', now: later } as const;
  const red = setAttribute(session, 'colour', 'red', author);

  it('is named with its values', () => {
    expect(historyOf(withHistory(session, red, by('shopper')))[0]?.changes).toEqual([
      { field: 'context.colour', to: 'red' },
    ]);
    const blue = setAttribute(red, 'colour', { hex: '#00f' }, author);
    expect(historyOf(withHistory(red, blue, by('shopper')))[0]?.changes).toEqual([
      { field: 'context.colour', from: 'red', to: { hex: '#00f' } },
    ]);
  });

  it('may have any name, also one of a field', () => {
    const odd = setAttribute(setAttribute(session, 'currency', 1, author), '__proto__', 'a\nb', author);
    expect(historyOf(withHistory(session, odd, by('shopper')))[0]?.changes).toEqual([
      { field: 'context.currency', to: 1 },
      { field: 'context.__proto__', to: 'a\nb' },
    ]);
  });

  it('that is set to an equal value is not recorded', () => {
    const first = setAttribute(session, 'size', { eu: 42 }, author);
    const second = setAttribute(first, 'size', { eu: 42 }, author);
    expect(withHistory(first, second, by('shopper'))).toBe(second);
  });

  it('that is removed was removed by whom the writer names, else by the app that had set it', () => {
    const without = removeAttribute(red, 'colour', later);
    expect(historyOf(withHistory(red, without, by('employee', { id: 'acme-backend' })))).toMatchObject([
      { by: { kind: 'employee' }, source: 'employee', changes: [{ field: 'context.colour', from: 'red' }] },
    ]);
    expect(historyOf(withHistory(red, without, FULL))).toMatchObject([{ by: { kind: 'shopper' } }]);
    const apps = setAttribute(session, 'banner', 'x', { source: 'app:offers', now: later });
    expect(historyOf(withHistory(apps, removeAttribute(apps, 'banner', later), FULL))).toMatchObject([
      { by: { kind: 'app', id: 'offers' }, source: 'app:offers' },
    ]);
  });

  it('is only named if it is long, or if the tenant wants no values', () => {
    const long = setAttribute(red, 'colour', 'x'.repeat(HISTORY_LIMITS.valueBytes), author);
    const named = [{ field: 'context.colour', valuesOmitted: true }];
    expect(historyOf(withHistory(red, long, FULL))[0]?.changes).toEqual(named);
    expect(historyOf(withHistory(long, red, FULL))[0]?.changes).toEqual(named);
    const secret = setAttribute(
      revised(red, { currency: sourced('EUR', 'shopper') }, later),
      'colour',
      'b',
      author,
    );
    expect(historyOf(withHistory(red, secret, { omitsAttributeValues: true }))[0]?.changes).toEqual([
      { field: 'currency', from: 'USD', to: 'EUR' },
      ...named,
    ]);
  });
});

describe('A handover', () => {
  const handedOver = { ...by('handover', { id: 'Safari on iOS' }), at: later };

  it('is an entry without changes [P-79]', () => {
    expect(historyOf(withHistory(session, { ...session, clientId: 'acme-web' }, handedOver))).toEqual([
      {
        number: 1,
        at: later,
        version: 1,
        by: { kind: 'handover', id: 'Safari on iOS' },
        source: 'handover',
        changes: [],
      },
    ]);
  });

  it('is not recorded before there is a context, whose history it would be', () => {
    expect(withHistory(bare, bare, handedOver)).toBe(bare);
  });
});

describe('The history of a session', () => {
  const times = (count: number, size = 1) => {
    let current: Session & { readonly context: SessionContext } = session;
    for (let i = 1; i <= count; i += 1) {
      const value = String(i).padEnd(size, '.');
      const next = setAttribute(current, 'step', value, { source: 'shopper', now: later });
      const recorded = withHistory(current, next, FULL);
      current = { ...next, ...recorded, context: next.context };
    }
    return current;
  };

  it('is empty before there is a context', () => {
    expect(historyOf(bare)).toEqual([]);
  });

  it('keeps the newest entries up to a number, and numbers them on', () => {
    const kept = historyOf(times(HISTORY_LIMITS.entries + 7));
    expect(kept).toHaveLength(HISTORY_LIMITS.entries);
    expect(kept[0]).toMatchObject({
      number: HISTORY_LIMITS.entries + 7,
      version: HISTORY_LIMITS.entries + 8,
    });
    expect(kept.at(-1)?.number).toBe(8);
  });

  it('keeps as many as fit into its bytes, whatever their letters', () => {
    const many = times(40, HISTORY_LIMITS.valueBytes - 2).history;
    expect(Buffer.byteLength(many?.lines ?? '')).toBeLessThanOrEqual(HISTORY_LIMITS.bytes);
    expect(many?.bytes).toBe(Buffer.byteLength(many?.lines ?? ''));
    expect(many?.made).toBe(40);
    expect(many?.kept).toBe(many?.lines.trimEnd().split('\n').length);
    expect(many?.kept).toBeLessThan(40);
    expect(many?.kept).toBeGreaterThan(10);
  });

  it('counts the changes of one write that would make its entry too large', () => {
    const attributes = new Map(
      Array.from({ length: 200 }, (_, i) => [`name ${i}`, sourced('é'.repeat(50), 'employee')] as const),
    );
    const [entry] = entriesAfter({ attributes }, by('employee'));
    expect(Buffer.byteLength(JSON.stringify(entry?.changes))).toBeLessThan(HISTORY_LIMITS.entryBytes + 200);
    expect((entry?.changes.length ?? 0) + (entry?.changesOmitted ?? 0)).toBe(200);
    expect(entry?.changes.length).toBeGreaterThan(5);
  });
});
