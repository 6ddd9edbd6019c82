import { describe, expect, it } from 'vitest';
import { InvalidInput, TooLarge, VersionConflict } from '../shared/domain-error.js';
import type { JsonObject } from '../shared/json.js';
import { NOTHING_EXPANDED, parseExpand } from './expand.rules.js';
import { expectBasis, isVisible, newSite, patched, replaced } from './site.rules.js';
import type { Site, SiteDraft } from './site.types.js';

const draft: SiteDraft = {
  name: 'Germany',
  defaultLanguage: 'de',
  languages: ['de', 'en'],
  currency: 'EUR',
  homeBase: { address: { country: 'DE', zipCode: '70173', city: 'Stuttgart' }, timezone: 'Europe/Berlin' },
  shipToCountries: ['DE', 'AT'],
};

const make = (over: Partial<SiteDraft> = {}): Site => newSite('acme', 'de', { ...draft, ...over }, false);

function problemsOf(ask: () => unknown): readonly string[] {
  try {
    ask();
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ field }) => field);
    throw error;
  }
  return [];
}

const nested = (levels: number): JsonObject => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));

describe('A new site', () => {
  it('has what was left out by default [W-56]', () => {
    expect(make()).toEqual({
      ...draft,
      tenant: 'acme',
      code: 'de',
      active: true,
      default: false,
      availableCurrencies: ['EUR'],
      taxDeterminationBasedOn: 'BILLING_ADDRESS',
      mixins: {},
      mixinSchemas: {},
      services: {},
      version: 1,
    });
  });

  it('has its own currency among the available ones, and each code once', () => {
    const site = make({ availableCurrencies: ['USD', 'GBP', 'USD'], languages: ['en', 'de', 'en'] });
    expect(site.availableCurrencies).toEqual(['EUR', 'USD', 'GBP']);
    expect(site.languages).toEqual(['en', 'de']);
  });

  it('is the default as the first one of its tenant, whatever it says [W-56]', () => {
    expect(newSite('acme', 'de', { ...draft, default: false }, true).default).toBe(true);
    expect(make({ default: true }).default).toBe(true);
  });

  it('can not be the default and inactive [W-56, W-45]', () => {
    expect(problemsOf(() => make({ default: true, active: false }))).toEqual(['active']);
    expect(problemsOf(() => newSite('acme', 'de', { ...draft, active: false }, true))).toEqual(['active']);
    expect(problemsOf(() => make({ active: false }))).toEqual([]);
  });

  it('must have its default language among its languages, and is told everything at once [W-45]', () => {
    expect(problemsOf(() => make({ defaultLanguage: 'fr' }))).toEqual(['languages']);
    expect(problemsOf(() => make({ languages: [] }))).toEqual(['languages']);
    const all = make.bind(undefined, {
      languages: ['en'],
      default: true,
      active: false,
      mixins: { fees: 'none', '': {} },
      mixinSchemas: { fees: 1 },
    });
    expect(problemsOf(all)).toEqual([
      'languages',
      'active',
      'mixins.fees',
      'mixins.',
      'metadata.mixins.fees',
    ]);
  });

  it('may carry 1 MiB of mixins, 32 levels deep, and only numbers that can be answered', () => {
    expect(problemsOf(() => make({ mixins: nested(32) }))).toEqual([]);
    expect(problemsOf(() => make({ mixins: nested(33) }))).toEqual(['mixins']);
    expect(problemsOf(() => make({ services: { payment: [nested(40)] } }))).toEqual(['payment']);
    expect(() => make({ mixins: { big: { text: 'x'.repeat(1024 * 1024) } } })).toThrow(TooLarge);
  });

  it('may carry 20,000 values, however many patches bring them [X-01]', () => {
    const members = (count: number, prefix: string) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`${prefix}${n}`, n]));
    // The mixins, the mixin, the schemas and the services are values, too.
    const full = make({ mixins: { m: members(19_997, 'a') } });
    expect(patched(full, { mixins: { m: { a0: 1 } } }).mixins['m']).toMatchObject({ a0: 1, a1: 1 });
    expect(() => patched(full, { mixins: { m: members(1, 'b') } })).toThrow(TooLarge);
    expect(() => make({ mixins: { m: members(19_998, 'a') } })).toThrow('20000 values');
  });
});

describe('A site that is replaced', () => {
  const current: Site = {
    ...make({
      default: true,
      includesTax: true,
      cartCalculationScale: 3,
      mixins: { fees: { active: true } },
      mixinSchemas: { fees: 'https://schemas.test/fees' },
      services: {
        payment: [{ id: 'card' }, { id: 'cash', active: false }],
        assistedBuying: { storefrontUrl: 'x' },
      },
    }),
    version: 4,
  };

  it('loses what it could show and was not sent again', () => {
    const next = replaced(current, draft, NOTHING_EXPANDED);
    expect('includesTax' in next).toBe(false);
    expect('cartCalculationScale' in next).toBe(false);
    expect(next.services.assistedBuying).toBeUndefined();
  });

  it('keeps what a read leaves out, so that nobody loses what they did not see', () => {
    const next = replaced(current, draft, NOTHING_EXPANDED);
    expect(next.mixins).toEqual(current.mixins);
    expect(next.mixinSchemas).toEqual(current.mixinSchemas);
    expect(next.services.payment).toEqual(current.services.payment);
  });

  it('stays for its groups only, and can not become the default while it is', () => {
    const golden = { ...current, default: false, onlyForGroups: ['gold'] };
    expect(replaced(golden, draft, NOTHING_EXPANDED).onlyForGroups).toEqual(['gold']);
    const wish = { ...draft, default: true };
    expect(problemsOf(() => replaced(golden, wish, NOTHING_EXPANDED))).toEqual(['default']);
  });

  it('has the mixins and services that are sent instead', () => {
    const sent = { ...draft, mixins: {}, mixinSchemas: {}, services: { payment: [{ id: 'card' }] } };
    expect(replaced(current, sent, NOTHING_EXPANDED).mixins).toEqual({});
    expect(replaced(current, sent, NOTHING_EXPANDED).services.payment).toEqual([
      { id: 'card' },
      { id: 'cash', active: false },
    ]);
    expect(replaced(current, sent, parseExpand('payment:all')).services.payment).toEqual([{ id: 'card' }]);
  });

  it('stays in service, or out of it, and stays the default, unless it says so', () => {
    expect(replaced(current, draft, NOTHING_EXPANDED)).toMatchObject({ active: true, default: true });
    const hidden = make({ active: false });
    expect(replaced(hidden, draft, NOTHING_EXPANDED)).toMatchObject({ active: false, default: false });
    expect(replaced(hidden, { ...draft, active: true, default: true }, NOTHING_EXPANDED)).toMatchObject({
      active: true,
      default: true,
    });
  });

  it('can not stop being the default, nor be deactivated as the default [W-56, W-45]', () => {
    expect(problemsOf(() => replaced(current, { ...draft, default: false }, NOTHING_EXPANDED))).toEqual([
      'default',
    ]);
    expect(problemsOf(() => replaced(current, { ...draft, active: false }, NOTHING_EXPANDED))).toEqual([
      'active',
    ]);
  });
});

describe('A site that is patched', () => {
  const current = make({
    includesTax: true,
    mixins: { fees: { active: true, rate: 3 }, images: { size: 'L' } },
    mixinSchemas: { fees: 'https://schemas.test/fees' },
    services: { payment: [{ id: 'card' }], shipping: [{ id: 'dhl' }] },
  });

  it('keeps all that is not sent', () => {
    expect(patched(current, {})).toEqual(current);
    expect(patched(current, { name: 'New' })).toEqual({ ...current, name: 'New' });
  });

  it('has its address, location and time zone merged', () => {
    const once = patched(current, {
      homeBase: { address: { city: 'Berlin' }, location: { latitude: 52.5 } },
    });
    const twice = patched(once, { homeBase: { location: { longitude: 13.4 } } });
    expect(twice.homeBase).toEqual({
      address: { country: 'DE', zipCode: '70173', city: 'Berlin' },
      location: { latitude: 52.5, longitude: 13.4 },
      timezone: 'Europe/Berlin',
    });
  });

  it('has its mixins merged, and null takes one away', () => {
    const next = patched(current, {
      mixins: { fees: { rate: 4, extra: [1] }, images: null },
      mixinSchemas: { more: 'https://schemas.test/more' },
    });
    expect(next.mixins).toEqual({ fees: { active: true, rate: 4, extra: [1] } });
    expect(next.mixinSchemas).toEqual({
      fees: 'https://schemas.test/fees',
      more: 'https://schemas.test/more',
    });
  });

  it('has the lists that are sent instead of the old ones', () => {
    const next = patched(current, { languages: ['de'], shipToCountries: [], services: { payment: [] } });
    expect(next).toMatchObject({ languages: ['de'], shipToCountries: [] });
    expect(next.services).toEqual({ payment: [], shipping: [{ id: 'dhl' }] });
  });

  it('has a new currency among the available ones', () => {
    expect(patched(current, { currency: 'USD' }).availableCurrencies).toEqual(['USD', 'EUR']);
    expect(patched(current, { availableCurrencies: ['GBP'] }).availableCurrencies).toEqual(['EUR', 'GBP']);
  });

  it('is held to the rules of a whole site [W-45]', () => {
    expect(problemsOf(() => patched(current, { defaultLanguage: 'fr' }))).toEqual(['languages']);
    expect(problemsOf(() => patched(current, { mixins: { fees: 'no' } }))).toEqual(['mixins.fees']);
    expect(problemsOf(() => patched({ ...current, default: true }, { default: false }))).toEqual(['default']);
    expect(problemsOf(() => patched({ ...current, default: true }, { active: false }))).toEqual(['active']);
    expect(problemsOf(() => patched(current, { mixins: nested(10_000) }))).toEqual(['mixins']);
  });
});

describe('A change of a site', () => {
  const site = { ...make(), version: 3 };

  it('goes on from the version that was read, if it says which [W-46]', () => {
    expect(() => expectBasis(site, {})).not.toThrow();
    expect(() => expectBasis(site, { version: 3 })).not.toThrow();
    for (const version of [0, 2, 4]) expect(() => expectBasis(site, { version })).toThrow(VersionConflict);
  });

  it('does not change the code', () => {
    expect(() => expectBasis(site, { code: 'de' })).not.toThrow();
    expect(problemsOf(() => expectBasis(site, { code: 'at' }))).toEqual(['code']);
  });
});

describe('An inactive site', () => {
  it('is seen by those who manage sites only [W-57]', () => {
    expect(isVisible(make(), false)).toBe(true);
    expect(isVisible(make({ active: false }), false)).toBe(false);
    expect(isVisible(make({ active: false }), true)).toBe(true);
  });
});
