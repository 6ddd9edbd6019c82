import { describe, expect, it } from 'vitest';
import { InvalidInput, VersionConflict } from '../../shared/domain-error.js';
import { SettingsEntryNotFound, SettingsTooLarge } from '../vtex-settings.errors.js';
import type { Draft } from '../vtex-settings.types.js';
import { entryOf, noSettings, withEntry, withImpersonate, withoutEntry } from './vtex-settings.rules.js';

const group = (id: string, ...priceTables: string[]): Draft<'customerGroups'> => ({ id, priceTables });
const empty = noSettings('acme');

const app = (over: Partial<Draft<'sessionApps'>> = {}): Draft<'sessionApps'> => ({
  id: over.name ?? 'banner',
  name: 'banner',
  url: 'https://apps.test/banner',
  input: { public: ['utm_campaign'] },
  output: { offers: ['banner'] },
  runOnCreate: false,
  order: 0,
  shared: false,
  ...over,
});

function fieldsOf(ask: () => unknown): readonly string[] {
  try {
    ask();
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ field }) => field);
    throw error;
  }
  return [];
}

describe('An entry that is put', () => {
  it('is added, or replaces the one with its id; all are sorted by id', () => {
    const two = withEntry(withEntry(empty, 'customerGroups', group('b')), 'customerGroups', group('a'));
    expect(two.customerGroups.map(({ id, version }) => [id, version])).toEqual([['a', 2], ['b', 1]]); // prettier-ignore
    const changed = withEntry(two, 'customerGroups', group('b', 'gold'), 1);
    expect(entryOf(changed, 'customerGroups', 'b')).toEqual({ id: 'b', priceTables: ['gold'], version: 3 });
    expect(changed.version).toBe(3);
  });

  it('is refused unless it names the current version, if it names one', () => {
    const one = withEntry(empty, 'customerGroups', group('a'));
    expect(() => withEntry(one, 'customerGroups', group('a'), 0)).toThrow(VersionConflict);
    expect(() => withEntry(one, 'customerGroups', group('b'), 1)).toThrow(VersionConflict);
    expect(() => withEntry(one, 'customerGroups', group('b'), 0)).not.toThrow();
  });

  it('never gets a version that an earlier entry with its id had', () => {
    const one = withEntry(empty, 'customerGroups', group('a'));
    const again = withEntry(withoutEntry(one, 'customerGroups', 'a'), 'customerGroups', group('a'));
    expect(() => withEntry(again, 'customerGroups', group('a'), 1)).toThrow(VersionConflict);
  });

  it('is refused if all settings together get too large', () => {
    expect(() => withEntry(empty, 'customerGroups', group('a', 'x'.repeat(600_000)))).toThrow(
      SettingsTooLarge,
    );
  });

  it('can be removed once', () => {
    const one = withEntry(empty, 'customerGroups', group('a'));
    const none = withoutEntry(one, 'customerGroups', 'a');
    expect(none).toEqual({ ...empty, version: 2 });
    expect(() => withoutEntry(none, 'customerGroups', 'a')).toThrow(SettingsEntryNotFound);
  });
});

describe('Impersonate', () => {
  it('is installed and removed, and nothing changes the second time [M-53]', () => {
    expect(empty.impersonateInstalled).toBe(false);
    const installed = withImpersonate(empty, true);
    expect(installed).toEqual({ ...empty, version: 1, impersonateInstalled: true });
    expect(withImpersonate(installed, true)).toBe(installed);
    expect(withImpersonate(installed, false).impersonateInstalled).toBe(false);
  });
});

describe('A campaign', () => {
  const put =
    (...rules: Draft<'campaigns'>['rules']) =>
    () =>
      withEntry(empty, 'campaigns', { id: 'vip', rules });

  it('has rules with conditions, and valid postal codes', () => {
    expect(fieldsOf(put({ group: 'gold' }, { postalCode: { prefix: '05-4' } }))).toEqual([]);
    expect(fieldsOf(put({ group: 'gold' }, {}))).toEqual(['rules.1']);
    expect(fieldsOf(put({ postalCode: { prefix: '-' } }))).toEqual(['rules.0.postalCode.prefix']);
    expect(fieldsOf(put({ postalCode: { from: '05', to: '5' } }))).toEqual(['rules.0.postalCode.to']);
  });
});

describe('A region', () => {
  const put = (over: Partial<Draft<'regions'>>) => () =>
    withEntry(empty, 'regions', { id: 'r', country: 'BRA', postalCodes: [], areas: [], ...over });

  it('has ascending ranges whose ends are equally long', () => {
    expect(fieldsOf(put({ postalCodes: [{ from: 'EC1', to: 'ec9' }] }))).toEqual([]);
    for (const range of [
      { from: '2', to: '1' },
      { from: '1', to: '10' },
    ]) {
      expect(fieldsOf(put({ postalCodes: [range] }))).toEqual(['postalCodes.0.to']);
    }
    expect(fieldsOf(put({ postalCodes: [{ from: '', to: 'é' }] }))).toHaveLength(2);
  });

  it('has areas of three corners and more, all on the earth', () => {
    expect(fieldsOf(put({ areas: [[[0, 0], [1, 0], [0, 1]]] }))).toEqual([]); // prettier-ignore
    expect(fieldsOf(put({ areas: [[[0, 0], [1, 0]]] }))).toEqual(['areas.0']); // prettier-ignore
    expect(fieldsOf(put({ areas: [[[0, 0], [1, 0], [0, 91]]] }))).toEqual(['areas.0']); // prettier-ignore
  });
});

describe('A session app', () => {
  const installed = withEntry(
    empty,
    'sessionApps',
    app({ name: 'first', output: { offers: ['banner', 'link'] } }),
  );
  const put = (over: Partial<Draft<'sessionApps'>>, on = empty) =>
    fieldsOf(() => withEntry(on, 'sessionApps', app(over)));

  it('is installed with what it reads and writes [M-12]', () => {
    expect(put({})).toEqual([]);
    expect(
      put({ input: { b2b: ['a.b', 'x-y:z'], profile: ['email'] }, url: 'http://apps.test:81/?a=b' }),
    ).toEqual([]);
  });

  it.each(['store', 'impersonate', 'vtex.banner', 'constructor'])('may be named %s or not', (name) => {
    expect(put({ name })).toEqual(name === 'constructor' ? [] : ['name']);
  });

  it.each([
    'ftp://a.test',
    'banner',
    'https://me@a.test',
    'https://:pw@a.test',
    'https://a.test/#x',
    `https://a.test/${'x'.repeat(3000)}`,
  ])('is not at %.40s', (url) => {
    expect(put({ url })).toEqual(['url']);
  });

  it('may read no cookies, and may not write who somebody is', () => {
    expect(put({ input: { cookie: ['VtexIdclientAutCookie'] } })).toEqual(['input.cookie']);
    for (const namespace of ['account', 'cookie', 'authentication', 'impersonate']) {
      expect(put({ output: { [namespace]: ['x'] }, shared: true })).toEqual([`output.${namespace}`]);
    }
  });

  it.each([
    {},
    JSON.parse('{"__proto__":["x"]}'),
    { 'a.b': ['x'] },
    { a: ['__proto__'] },
    { a: ['x,y'] },
    { a: Array(101).fill('x') },
    { a: [] },
  ])('does not read %.60j', (input) => {
    expect(put({ input })).toHaveLength(1);
  });

  it('may write nothing, and may read nothing when it is called for each new session [F-59]', () => {
    expect(put({ output: {} })).toEqual([]);
    expect(put({ output: { offers: [] } })).toEqual([]);
    expect(put({ input: {}, runOnCreate: true })).toEqual([]);
    expect(put({ input: {}, output: {}, runOnCreate: true })).toEqual([]);
    expect(put({ input: {}, output: {} })).toEqual(['input']);
  });

  it('may not write what another one writes, unless both declare it shared [D-18]', () => {
    expect(put({}, installed)).toEqual(['output.offers.banner']);
    expect(put({ shared: true }, installed)).toEqual(['output.offers.banner']);
    expect(put({ output: { offers: ['other'] } }, installed)).toEqual([]);
    expect(put({ name: 'first', output: { offers: ['banner'] } }, installed)).toEqual([]);
    const sharing = withEntry(empty, 'sessionApps', app({ name: 'first', shared: true }));
    expect(put({ shared: true }, sharing)).toEqual([]);
  });

  it('may not write what a built-in one writes, unless it declares it shared [D-18]', () => {
    expect(put({ output: { store: ['channel'] } })).toEqual(['output.store']);
    expect(put({ output: { rnb: ['own'] } })).toEqual(['output.rnb']);
    expect(put({ output: { rnb: ['campaigns'] }, shared: true })).toEqual([]);
  });

  it('is one of twenty at most', () => {
    const many = Array.from({ length: 20 }, (_, i) =>
      app({ name: `app${i}`, output: { [`ns${i}`]: ['x'] } }),
    );
    const full = many.reduce((settings, draft) => withEntry(settings, 'sessionApps', draft), empty);
    expect(put({}, full)).toEqual(['name']);
    expect(put({ name: 'app3', output: { more: ['x'] } }, full)).toEqual([]);
  });
});
