import { describe, expect, it } from 'vitest';
import { InvalidInput, VersionConflict } from '../../shared/domain-error.js';
import type { Json } from '../../shared/json.js';
import type { Session, SessionContext, Source, Sourced } from '../session.types.js';
import * as rules from './context.rules.js';

const made = new Date('2026-01-15T12:00:00.000Z');
const later = new Date('2026-01-15T12:30:00.000Z');
const shopper = { source: 'shopper', now: later } as const;

const initial = (value: string, source: Source = 'site') => ({ value, source });
const values = {
  siteCode: initial('main'),
  currency: initial('USD', 'login-query'),
  targetLocation: initial('FR', 'profile'),
  language: initial('en'),
};

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

const withContext = (over: Partial<SessionContext> = {}) => ({
  ...bare,
  context: { ...rules.newContext(values, undefined, made), ...over },
});

const attribute = (value: Json, source: Source = 'employee'): Sourced<Json> => ({ value, source, at: made });
const attributeOf = (value: string): Sourced<string> => ({ value, source: 'app:store', at: made });
const plain = (attributes: SessionContext['attributes']) =>
  [...attributes].map(([name, { value }]) => [name, value]);

describe('A new context', () => {
  it('has version 1, no cart and no attributes, and records where each value came from [E-12, W-24]', () => {
    const context = rules.newContext(values, undefined, made);
    expect(context).toEqual({
      siteCode: { value: 'main', source: 'site', at: made },
      currency: { value: 'USD', source: 'login-query', at: made },
      targetLocation: { value: 'FR', source: 'profile', at: made },
      language: { value: 'en', source: 'site', at: made },
      attributes: new Map(),
      version: 1,
      createdAt: made,
      modifiedAt: made,
    });
  });

  it('has the customer of a customer session, and none for an anonymous one [E-14, E-27]', () => {
    expect(rules.newContext(values, 'c1', made).customerId).toEqual({
      value: 'c1',
      source: 'login',
      at: made,
    });
    expect('customerId' in rules.newContext(values, undefined, made)).toBe(false);
  });

  it('exists only once it has been made [E-08]', () => {
    expect(rules.hasContext(bare)).toBe(false);
    expect(rules.hasContext(withContext())).toBe(true);
  });
});

describe('A change of a context', () => {
  it('increases the version by one and leaves the rest as it was [W-26]', () => {
    const before = withContext();
    const currency = { value: 'CHF', source: 'shopper', at: later } as const;
    const after = rules.revised(before, { currency }, later);
    expect(after.context).toEqual({ ...before.context, currency, version: 2, modifiedAt: later });
    expect({ ...after, context: undefined }).toEqual({ ...before, context: undefined });
    expect(before.context.version).toBe(1);
  });

  it('needs the current version; a refusal tells which one that is [W-27, D-08]', () => {
    const session = withContext({ version: 7 });
    expect(() => rules.expectVersion(session, 7)).not.toThrow();
    for (const other of [6, 8, 0, -7])
      expect(() => rules.expectVersion(session, other)).toThrow(VersionConflict);
    try {
      rules.expectVersion(session, 6);
    } catch (error) {
      expect(error).toMatchObject({ kind: 'version-conflict', details: { metadata: { version: 7 } } });
    }
  });

  it('sets the named values, with who set them and when, and ignores absent ones [D-11]', () => {
    const taken = rules.sourcedValues({ currency: 'CHF', siteCode: undefined }, shopper);
    expect(taken).toEqual({ currency: { value: 'CHF', source: 'shopper', at: later } });
    expect(rules.sourcedValues({}, shopper)).toEqual({});
  });
});

describe('Replaced attributes', () => {
  const current = new Map([
    ['colour', attribute('red')],
    ['size', attribute('L')],
  ]);

  it('are the complete new map [D-11]', () => {
    const next = rules.replaceAttributes(current, new Map<string, Json>([['fit', { slim: true }]]), shopper);
    expect(plain(next)).toEqual([['fit', { slim: true }]]);
    expect(plain(rules.replaceAttributes(current, new Map(), shopper))).toEqual([]);
  });

  it('keep their origin if their value does not change', () => {
    const next = rules.replaceAttributes(
      current,
      new Map([
        ['colour', 'red'],
        ['size', 'M'],
      ]),
      shopper,
    );
    expect(next.get('colour')).toEqual(attribute('red'));
    expect(next.get('size')).toEqual({ value: 'M', source: 'shopper', at: later });
  });

  it('may be null, a value like any other [E-46]', () => {
    expect(plain(rules.replaceAttributes(current, new Map([['colour', null]]), shopper))).toEqual([
      ['colour', null],
    ]);
  });
});

describe('Merged attributes', () => {
  const current = new Map([
    ['colour', attribute('red')],
    ['size', attribute({ eu: 42, us: 9 })],
  ]);

  it('replace those of the same name, add new ones and leave the others alone [D-11]', () => {
    const entries = new Map<string, Json>([
      ['size', { eu: 43 }],
      ['fit', 'slim'],
    ]);
    expect(plain(rules.mergeAttributes(current, entries, shopper))).toEqual([
      ['colour', 'red'],
      ['size', { eu: 43 }],
      ['fit', 'slim'],
    ]);
  });

  it('are removed by null, even if there was none of that name [D-11]', () => {
    const entries = new Map<string, Json>([
      ['colour', null],
      ['nothing', null],
    ]);
    expect(plain(rules.mergeAttributes(current, entries, shopper))).toEqual([['size', { eu: 42, us: 9 }]]);
  });

  it('do not change the map that they are merged into', () => {
    rules.mergeAttributes(current, new Map([['colour', null]]), shopper);
    expect([...current.keys()]).toEqual(['colour', 'size']);
  });

  it('may have any name [D-14, P-43]', () => {
    const names = ['__proto__', 'constructor', 'a.b', '$set'];
    const next = rules.mergeAttributes(new Map(), new Map(names.map((name) => [name, 'x'])), shopper);
    expect([...next.keys()]).toEqual(names);
    expect(Reflect.get({}, 'x')).toBeUndefined();
  });

  it('count towards the limits together with the existing ones [D-14]', () => {
    const many = new Map(Array.from({ length: 200 }, (_, i) => [`n${i}`, attribute('')]));
    expect(() => rules.mergeAttributes(many, new Map([['n0', 'x']]), shopper)).not.toThrow();
    expect(() => rules.mergeAttributes(many, new Map([['more', 'x']]), shopper)).toThrow(InvalidInput);
    expect(() => rules.mergeAttributes(many, new Map([['', 'x']]), shopper)).toThrow(InvalidInput);
  });
});

describe('One attribute', () => {
  it('is added, which increases the version by one [E-45, E-48, W-38]', () => {
    const once = rules.setAttribute(withContext(), 'latitude', '48.7', shopper);
    const twice = rules.setAttribute(once, 'longitude', '9.1', shopper);
    expect(plain(twice.context.attributes)).toEqual([
      ['latitude', '48.7'],
      ['longitude', '9.1'],
    ]);
    expect(twice.context).toMatchObject({ version: 3, modifiedAt: later });
  });

  it('replaces one of the same name [E-49, D-07]', () => {
    const once = rules.setAttribute(withContext(), 'visits', 1, shopper);
    const twice = rules.setAttribute(once, 'visits', { count: 2 }, { source: 'employee', now: later });
    expect([...twice.context.attributes]).toEqual([
      ['visits', { value: { count: 2 }, source: 'employee', at: later }],
    ]);
  });

  it('is removed without touching the others [E-47, W-38]', () => {
    const session = withContext({
      attributes: new Map([
        ['a', attribute(1)],
        ['b', attribute(2)],
      ]),
    });
    const after = rules.removeAttribute(session, 'a', later);
    expect(plain(after.context.attributes)).toEqual([['b', 2]]);
    expect(after.context.version).toBe(2);
    expect(session.context.attributes.has('a')).toBe(true);
  });

  it('changes nothing when a missing one is removed [D-12]', () => {
    const session = withContext();
    expect(rules.removeAttribute(session, 'a', later)).toBe(session);
    expect(rules.removeAttribute(session, '__proto__', later)).toBe(session);
  });
});

describe('The cart of a context', () => {
  const cartId = { value: 'cart1', source: 'cart', at: made } as const;

  it('is the first one that was attached [E-13]', () => {
    const after = rules.attachCart(withContext(), 'cart1', later);
    expect(after.context.cartId).toEqual({ value: 'cart1', source: 'cart', at: later });
    expect(after.context.version).toBe(2);
  });

  it('stays when another cart follows, unless the new cart explicitly replaces it [E-40]', () => {
    const session = withContext({ cartId });
    expect(rules.attachCart(session, 'cart2', later)).toBe(session);
    expect(rules.attachCart(session, 'cart2', later, 'cart9')).toBe(session);
    expect(rules.attachCart(session, 'cart2', later, 'cart1').context.cartId?.value).toBe('cart2');
  });

  it('is forgotten, while the context stays [W-55]', () => {
    const session = withContext({ cartId, attributes: new Map([['a', attribute(1)]]) });
    const after = rules.detachCart(session, 'cart1', later);
    expect(after.context && 'cartId' in after.context).toBe(false);
    const { cartId: _gone, ...rest } = session.context;
    expect(after.context).toEqual({ ...rest, version: 2, modifiedAt: later });
  });

  it('stays when another cart is to be forgotten; without a context nothing changes [W-55]', () => {
    const session = withContext({ cartId });
    expect(rules.detachCart(session, 'cart2', later)).toBe(session);
    expect(rules.detachCart(bare, 'cart1', later)).toBe(bare);
  });
});

describe('State that the VTEX dialect kept before there was a context', () => {
  const vtex = {
    publicValues: new Map([['color', attribute('red', 'shopper')]]),
    chosen: { currency: attributeOf('CHF') },
    computed: new Map(),
    seen: new Map([['public.color', 'red']]),
    cookies: new Map(),
    failed: [],
    heldUntil: later,
  };

  it('moves into the first context and is no longer kept beside it [D-22]', () => {
    // The values already include what was chosen: see `withChosen`.
    const chosen = { ...values, currency: vtex.chosen.currency };
    const first = rules.withFirstContext({ ...bare, vtex }, chosen, later);
    expect(first.context.attributes).toEqual(vtex.publicValues);
    expect(first.context).toMatchObject({
      currency: { value: 'CHF' },
      siteCode: { value: 'main' },
      version: 1,
    });
    expect(first.vtex).toEqual({ ...vtex, publicValues: new Map(), chosen: {} });
  });

  it('does not exist in a session that was never used in that dialect', () => {
    const first = rules.withFirstContext(bare, values, later);
    expect(first).toEqual({ ...bare, context: rules.newContext(values, undefined, later) });
    expect(first).not.toHaveProperty('vtex');
  });
});

describe('The cart of a context', () => {
  const cart = { value: 'c1', source: 'cart', at: made } as const;

  it('replaces only the cart that is named', () => {
    const session = withContext({ cartId: cart });
    expect(rules.attachCart(session, 'c2', later, 'c1').context).toMatchObject({
      cartId: { value: 'c2' },
      version: 2,
    });
    expect(rules.attachCart(session, 'c2', later, 'other')).toBe(session);
    expect(rules.attachCart(session, 'c2', later)).toBe(session);
    expect(rules.attachCart(withContext(), 'c2', later, 'c1').context.cartId?.value).toBe('c2');
  });

  it('is not removed from a context that has none', () => {
    expect(rules.detachCart(bare, 'c1', later)).toBe(bare);
    const session = withContext();
    expect(rules.detachCart(session, 'c1', later)).toBe(session);
  });
});

describe('An attribute over the limits', () => {
  it.each([
    ['a name that is too long', 'x'.repeat(257), 1, 'key: must have at most 256 characters'],
    [
      'a value that is too deep',
      'deep',
      JSON.parse('['.repeat(33) + ']'.repeat(33)),
      'value: of deep is nested',
    ],
    ['a value that is too large', 'large', 'x'.repeat(70_000), 'value: of large has 70002 bytes'],
  ])('is not stored: %s [D-14, P-43]', (_what, name, value: Json, message) => {
    const entries = new Map([[name, value]]);
    expect(() => rules.setAttribute(withContext(), name, value, shopper)).toThrow(message);
    expect(() => rules.mergeAttributes(new Map(), entries, shopper)).toThrow(message);
    expect(() => rules.replaceAttributes(new Map(), entries, shopper)).toThrow(message);
  });
});
