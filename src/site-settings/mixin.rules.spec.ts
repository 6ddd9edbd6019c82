import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../shared/domain-error.js';
import {
  hasMixin,
  mixinData,
  namedMixin,
  patchedMixin,
  shownMixin,
  shownMixins,
  withMixin,
  withoutMixin,
} from './mixin.rules.js';
import { newSite } from './site.rules.js';

const SCHEMA = 'https://schemas.test/fees';

const empty = newSite(
  'acme',
  'main',
  {
    name: 'Main',
    defaultLanguage: 'en',
    languages: ['en'],
    currency: 'EUR',
    homeBase: { address: { country: 'DE' } },
    shipToCountries: [],
  },
  true,
);
const site = withMixin(empty, 'fees', { active: true, metadata: { schema: SCHEMA } });

describe('A mixin of a site', () => {
  it('is kept as data and the URL of its schema, and shown as both', () => {
    expect(site.mixins).toEqual({ fees: { active: true } });
    expect(site.mixinSchemas).toEqual({ fees: SCHEMA });
    expect(shownMixin(site, 'fees')).toEqual({ active: true, metadata: { schema: SCHEMA } });
  });

  it('needs no schema, and then shows none', () => {
    const plain = withMixin(empty, 'logo', { url: 'x' });
    expect(plain.mixinSchemas).toEqual({});
    expect(shownMixin(plain, 'logo')).toEqual({ url: 'x' });
  });

  it.each([
    { metadata: 'text' },
    { metadata: { schema: 1 } },
    { metadata: { schema: SCHEMA, by: 'me' } },
    { metadata: [] },
    { metadata: {} },
    JSON.parse('{"__proto__":{"x":1},"a.b":[{"constructor":null}]}'),
  ])('is shown as it came: %j', (shown) => {
    expect(shownMixin(withMixin(empty, 'odd', shown), 'odd')).toStrictEqual(shown);
  });

  it('may have the name of an object member, and is not one', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect(hasMixin(empty, name)).toBe(false);
      expect(shownMixin(empty, name)).toBeUndefined();
      const odd = withMixin(site, name, { x: 1, metadata: { schema: SCHEMA } });
      expect(shownMixin(odd, name)).toEqual({ x: 1, metadata: { schema: SCHEMA } });
      expect(Object.keys(shownMixins(odd))).toEqual(['fees', name]);
      expect(withoutMixin(odd, name)).toEqual(site);
    }
  });

  it('is replaced with its schema', () => {
    expect(withMixin(site, 'fees', { rate: 1 })).toEqual({ ...empty, mixins: { fees: { rate: 1 } } });
  });

  it('is patched by RFC 7396, its schema included', () => {
    expect(shownMixin(patchedMixin(site, 'fees', { rate: 1 }), 'fees')).toEqual({
      active: true,
      rate: 1,
      metadata: { schema: SCHEMA },
    });
    expect(shownMixin(patchedMixin(site, 'fees', { active: null, metadata: null }), 'fees')).toEqual({});
  });

  it('is taken away with its schema', () => {
    expect(withoutMixin(site, 'fees')).toEqual(empty);
  });

  it('is held to the limits of a site', () => {
    const deep = JSON.parse('{"a":'.repeat(33) + '1' + '}'.repeat(33));
    expect(() => withMixin(site, 'deep', deep)).toThrow(InvalidInput);
    expect(() => patchedMixin(site, 'fees', deep)).toThrow(InvalidInput);
    expect(() => withMixin(site, 'x'.repeat(257), {})).toThrow(InvalidInput);
  });
});

describe('The body of a new mixin', () => {
  it('is its data under its name', () => {
    expect(namedMixin({ fees: { active: true } })).toEqual({ name: 'fees', shown: { active: true } });
  });

  it.each([
    [undefined],
    [null],
    ['fees'],
    [[]],
    [{}],
    [{ a: {}, b: {} }],
    [{ fees: 1 }],
    [{ fees: null }],
    [{ fees: [] }],
  ])('is not %j [W-45]', (body) => {
    expect(() => namedMixin(body)).toThrow(InvalidInput);
  });
});

describe('The body of a changed mixin', () => {
  it('is its data, alone or under its name', () => {
    expect(mixinData('fees', { active: true })).toEqual({ active: true });
    expect(mixinData('fees', { fees: { active: true } })).toEqual({ active: true });
    expect(mixinData('fees', {})).toEqual({});
  });

  it('is the data alone when it has more than the name, or another one', () => {
    expect(mixinData('fees', { fees: {}, active: true })).toEqual({ fees: {}, active: true });
    expect(mixinData('fees', { other: {} })).toEqual({ other: {} });
    expect(mixinData('fees', { fees: 3 })).toEqual({ fees: 3 });
  });

  it.each([[undefined], [null], ['x'], [[]], [3]])('is not %j [W-45]', (body) => {
    expect(() => mixinData('fees', body)).toThrow(InvalidInput);
  });
});
