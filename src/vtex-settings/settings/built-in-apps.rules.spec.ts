import { describe, expect, it } from 'vitest';
import type { AppDeclaration } from '../vtex-settings.types.js';
import { BUILT_IN_APPS } from './built-in-apps.rules.js';

const APPS: readonly (readonly [string, AppDeclaration])[] = Object.entries(BUILT_IN_APPS);

const reading = (parameter: string): readonly string[] =>
  APPS.filter(([, { input }]) => namesOf(input).includes(parameter)).map(([namespace]) => namespace);

const namesOf = (parameters: AppDeclaration['input']): readonly string[] =>
  Object.entries(parameters).flatMap(([namespace, keys]) => keys.map((key) => `${namespace}.${key}`));

describe('The built-in apps', () => {
  it('each write only their own namespace', () => {
    expect(APPS.map(([namespace, { output }]) => [namespace, Object.keys(output)])).toEqual(
      APPS.map(([namespace]) => [namespace, [namespace]]),
    );
  });

  it('each have a name of their own, under the prefix that is reserved for them', () => {
    const names = APPS.map(([, { name }]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^vtex\.[a-z]+-session$/.test(name))).toEqual([]);
  });

  it('let only the store app run for a new session, which has no input yet [M-30]', () => {
    expect(APPS.filter(([, { runOnCreate }]) => runOnCreate).map(([namespace]) => namespace)).toEqual([
      'store',
    ]);
  });

  it('that read cookies are those that judge credentials and impersonation [M-37, M-52]', () => {
    const readers = APPS.filter(([, { input }]) => Object.hasOwn(input, 'cookie'));
    expect(readers.map(([namespace]) => namespace)).toEqual(['authentication', 'impersonate']);
  });

  it('accept the cookie of any account by its beginning, and no other pattern [M-37]', () => {
    const patterns = APPS.flatMap(([, { input }]) => namesOf(input)).filter((name) => name.endsWith('.*'));
    expect(patterns).toEqual(['cookie.VtexIdclientAutCookie_.*']);
  });

  it('pass a login on from authentication to profile, and from there to store and campaigns [M-41]', () => {
    expect(reading('authentication.storeUserId')).toEqual(['profile']);
    expect(reading('impersonate.storeUserId')).toEqual(['profile']);
    expect(reading('profile.email')).toEqual(['store', 'rnb']);
    expect(reading('authentication.adminUserEmail')).toEqual(['impersonate']);
  });

  it('watch a postal code both for campaigns and for the region [M-46, M-48]', () => {
    expect(reading('public.postalCode')).toEqual(['rnb', 'checkout']);
  });

  it('read only what a request brings or what one of them writes', () => {
    const written = new Set(APPS.flatMap(([, { output }]) => namesOf(output)));
    const inner = APPS.flatMap(([, { input }]) => namesOf(input)).filter(
      (name) => !name.startsWith('public.') && !name.startsWith('cookie.'),
    );
    expect(inner.filter((name) => !written.has(name))).toEqual([]);
  });
});
