import type { Entry, Fact, Tokens } from './oracle.js';

export interface Range {
  readonly least: number;
  readonly most: number;
}

/** What must be true of one session, and what may be, by the log of the client. */
export interface Expected {
  readonly session: string;
  readonly kind: 'anonymous' | 'customer';
  /** The newest that were acknowledged. */
  readonly tokens: Tokens;
  /** Tokens that opened this session once and must never open anything again. */
  readonly dead: readonly Tokens[];
  readonly ended: 'no' | 'perhaps' | 'yes';
  /** A login whose outcome nobody knows: the anonymous tokens open it, or they are dead. */
  readonly loginUnknown: boolean;
  readonly cart: 'none' | 'perhaps' | 'made';
  readonly cartId?: string | undefined;
  readonly attributes: ReadonlyMap<string, string>;
  readonly perhaps: ReadonlyMap<string, string>;
  /** The last acknowledged currency (at first, the site's), and those that were tried since. */
  readonly currencies: readonly string[];
  readonly quantity: Range;
  readonly version: Range;
}

/** The state of each session, in the order in which they began. */
export function expectedOf(entries: readonly Entry[]): readonly Expected[] {
  const sessions = new Map<string, Expected>();
  for (const { session, outcome, fact } of entries) {
    const before = sessions.get(session);
    const next = outcome === 'acknowledged' ? after(before, session, fact) : perhapsAfter(before, fact);
    if (next) sessions.set(session, next);
  }
  return [...sessions.values()];
}

function after(before: Expected | undefined, session: string, fact: Fact): Expected | undefined {
  if (fact.op === 'begin') return begun(session, fact.tokens);
  if (!before) return undefined;
  switch (fact.op) {
    case 'cart':
      return { ...before, cart: 'made', cartId: fact.cartId, version: { least: 1, most: 1 } };
    case 'item':
      return { ...before, quantity: grown(before.quantity, 1) };
    case 'attribute':
      return changed(before, { attributes: new Map(before.attributes).set(fact.name, fact.value) });
    case 'currency':
      return changed(before, { currencies: [fact.currency] });
    case 'refresh':
      return { ...before, tokens: fact.tokens ?? before.tokens };
    case 'login': {
      const dead = [...before.dead, before.tokens];
      return changed(before, { kind: 'customer', tokens: fact.tokens ?? before.tokens, dead });
    }
    case 'logout':
      return { ...before, ended: 'yes', dead: [...before.dead, before.tokens] };
  }
}

function perhapsAfter(before: Expected | undefined, fact: Fact): Expected | undefined {
  if (!before) return undefined;
  switch (fact.op) {
    case 'begin':
    case 'refresh':
      return before;
    case 'cart':
      return { ...before, cart: 'perhaps', version: { least: 0, most: 1 } };
    case 'item':
      return { ...before, quantity: grown(before.quantity, 0) };
    case 'attribute':
      return perhapsChanged(before, { perhaps: new Map(before.perhaps).set(fact.name, fact.value) });
    case 'currency':
      return perhapsChanged(before, { currencies: [...before.currencies, fact.currency] });
    case 'login':
      return perhapsChanged(before, { loginUnknown: true });
    case 'logout':
      return { ...before, ended: 'perhaps' };
  }
}

const begun = (session: string, tokens: Tokens): Expected => ({
  session,
  kind: 'anonymous',
  tokens,
  dead: [],
  ended: 'no',
  loginUnknown: false,
  cart: 'none',
  attributes: new Map(),
  perhaps: new Map(),
  currencies: ['EUR'],
  quantity: { least: 0, most: 0 },
  version: { least: 0, most: 0 },
});

const grown = ({ least, most }: Range, certain: 0 | 1): Range => ({ least: least + certain, most: most + 1 });

const changed = (before: Expected, changes: Partial<Expected>): Expected => ({
  ...before,
  ...changes,
  version: grown(before.version, 1),
});

const perhapsChanged = (before: Expected, changes: Partial<Expected>): Expected => ({
  ...before,
  ...changes,
  version: grown(before.version, 0),
});
