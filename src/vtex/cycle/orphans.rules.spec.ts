import { describe, expect, it } from 'vitest';
import { aSession, aVtexState, BUILT_AT } from '../../../test/support/data/builders.js';
import type { Session, Source, VtexState } from '../../session/index.js';
import type { App } from '../values/app.types.js';
import { orphansOf, otherWriters, withoutOrphans } from './orphans.rules.js';

const app = (name: string, outputs: App['outputs']): App => ({
  name,
  inputs: {},
  outputs,
  runOnCreate: false,
  order: 0,
  builtIn: false,
  run: () => Promise.reject(new Error('the rules call nobody')),
});
const by = (source: Source, value = 'x') => ({ value, source, at: BUILT_AT });

const session = (over: Partial<VtexState>): Session => aSession({ vtex: aVtexState(over) });

describe('A value of a session', () => {
  const full = session({
    computed: new Map([
      ['offers.banner', by('app:offers')],
      ['offers.old', by('app:offers')],
      ['loyalty.points', by('app:loyalty')],
      ['profile.email', by('app:vtex.profile-session')],
    ]),
    publicValues: new Map([
      ['note', by('app:loyalty')],
      ['mine', by('shopper')],
    ]),
    chosen: { currency: by('app:loyalty', 'USD'), language: by('shopper', 'de') },
  });
  const apps = [
    app('offers', { offers: ['banner'] }),
    app('vtex.profile-session', { profile: ['email'] }),
    app('other', { public: ['note'], store: ['currencyCode'] }),
  ];

  it('is an orphan when its app is no longer installed, or no longer declares it [F-59]', () => {
    expect([...orphansOf(full, apps)]).toEqual([
      'offers.old',
      'loyalty.points',
      'public.note',
      'store.currencyCode',
    ]);
    expect(orphansOf(aSession(), apps).size).toBe(0);
  });

  it('goes as an orphan, and everything else stays [F-59]', () => {
    const { vtex } = withoutOrphans(full, orphansOf(full, apps));
    expect([...(vtex?.computed.keys() ?? [])]).toEqual(['offers.banner', 'profile.email']);
    expect([...(vtex?.publicValues.keys() ?? [])]).toEqual(['mine']);
    expect(vtex?.chosen).toEqual({ language: by('shopper', 'de') });
    expect(withoutOrphans(full, new Set())).toBe(full);
  });

  it('that another app also declares is written by that app again [F-59, D-18]', () => {
    expect(otherWriters(orphansOf(full, apps), apps)).toEqual(['other']);
    expect(otherWriters(new Set(), apps)).toEqual([]);
  });
});
