import { describe, expect, it } from 'vitest';
import { InvalidInput, TooLarge } from '../shared/domain-error.js';
import type { JsonObject } from '../shared/json.js';
import { checked, expectDepth, SITE_LIMITS } from './site-check.rules.js';
import type { Site } from './site.types.js';

const site: Site = {
  tenant: 'acme',
  code: 'de',
  name: 'Germany',
  active: true,
  default: false,
  defaultLanguage: 'de',
  languages: ['de', 'en'],
  currency: 'EUR',
  availableCurrencies: ['EUR'],
  homeBase: { address: { country: 'DE' } },
  shipToCountries: ['DE'],
  taxDeterminationBasedOn: 'BILLING_ADDRESS',
  mixins: { notes: { text: 'x' } },
  mixinSchemas: { notes: 'https://schemas.test/notes.json' },
  services: {},
  version: 1,
};

const problemsOf = (over: Partial<Site>): readonly string[] => {
  try {
    checked({ ...site, ...over });
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ field }) => field);
    throw error;
  }
  return [];
};

const nested = (levels: number): JsonObject => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));

describe('A site', () => {
  it('is returned as it is when nothing is wrong with it', () => {
    expect(checked(site)).toBe(site);
  });

  it('must speak its default language', () => {
    expect(problemsOf({ defaultLanguage: 'fr' })).toEqual(['languages']);
  });

  it('can be the default only if it is active and open to everybody', () => {
    expect(problemsOf({ default: true })).toEqual([]);
    expect(problemsOf({ default: true, active: false })).toEqual(['active']);
    expect(problemsOf({ default: true, onlyForGroups: ['vip'] })).toEqual(['default']);
    expect(problemsOf({ active: false, onlyForGroups: ['vip'] })).toEqual([]);
  });

  it('has all its problems named at once', () => {
    const wrong = { defaultLanguage: 'fr', mixins: { '': {}, notes: 'text' }, mixinSchemas: { notes: 1 } };
    expect(problemsOf(wrong)).toEqual(['languages', 'mixins.', 'mixins.notes', 'metadata.mixins.notes']);
  });
});

describe('A mixin', () => {
  const longest = 'x'.repeat(SITE_LIMITS.mixinNameCharacters);

  it.each([
    ['the longest name', longest, 0],
    ['a longer name', `${longest}x`, 1],
    ['a NUL in its name', 'a\0b', 1],
  ])('may have a name of up to 256 characters without NUL: %s', (_what, name, problems) => {
    expect(problemsOf({ mixins: { [name]: {} } })).toHaveLength(problems);
  });

  it.each(['text', 1, null, [1]])('is an object: %j is none', (data) => {
    expect(problemsOf({ mixins: { notes: data } })).toEqual(['mixins.notes']);
  });
});

describe('The JSON of a site', () => {
  it('may be as deep as the limit, and is refused by the deeper part', () => {
    expect(problemsOf({ mixins: nested(SITE_LIMITS.depth) })).toEqual([]);
    expect(problemsOf({ mixins: nested(SITE_LIMITS.depth + 1) })).toEqual(['mixins']);
    expect(problemsOf({ services: { payment: [nested(SITE_LIMITS.depth)] } })).toEqual(['payment']);
  });

  it('is too large with more values than its limit, over all parts together [X-01]', () => {
    const many = (count: number) => ({ list: { values: Array.from({ length: count }, () => 1) } });
    const half = SITE_LIMITS.values / 2;
    expect(problemsOf({ mixins: many(half), mixinSchemas: {} })).toEqual([]);
    expect(() => checked({ ...site, mixins: many(SITE_LIMITS.values) })).toThrow(TooLarge);
    const services = { payment: [many(half)] };
    expect(() => checked({ ...site, mixins: many(half), services })).toThrow(TooLarge);
  });

  it('is too large with more bytes than its limit, counted in UTF-8', () => {
    const text = (bytes: number) => ({ mixins: { notes: { text: 'ü'.repeat(bytes / 2) } } });
    expect(problemsOf(text(SITE_LIMITS.bytes - 1_000))).toEqual([]);
    expect(() => checked({ ...site, ...text(SITE_LIMITS.bytes) })).toThrow(
      /the site would have \d+ bytes of mixins and services: the maximum is 1048576/,
    );
  });
});

describe('A patch', () => {
  it('is refused when it is nested too deeply, before it is merged', () => {
    expect(() => expectDepth('mixins', nested(SITE_LIMITS.depth))).not.toThrow();
    expect(() => expectDepth('mixins', nested(SITE_LIMITS.depth + 1))).toThrow(
      'mixins: must not be nested deeper than 32 levels',
    );
  });
});
