import { describe, expect, it } from 'vitest';
import { accountsNamed } from './account.rules.js';

describe('The accounts that a request names', () => {
  const OWN = { VTEX_HOST_SUFFIX: '.shop.test', VTEX_DEFAULT_ACCOUNT: 'main1' };

  it.each<[string, unknown, readonly string[]]>([
    ['acme.shop.test', {}, ['acme']],
    ['ACME.myvtex.com', {}, ['acme']],
    ['dev--acme.myvtex.com', {}, ['acme']],
    ['dev--acme.shop.test', {}, []],
    ['acme.shop.test', { an: 'globex' }, ['acme', 'globex']],
    ['portal.vtexcommercestable.com.br', { an: 'globex' }, ['portal', 'globex']],
    ['a.b.shop.test', { an: 'globex' }, ['globex']],
    ['.shop.test', {}, []],
    ['elsewhere.test', { an: 'globex' }, ['globex']],
    ['elsewhere.test', {}, ['main1']],
    ['elsewhere.test', undefined, ['main1']],
    ['elsewhere.test', { an: 'No Tenant' }, []],
    ['elsewhere.test', { an: '' }, []],
    ['elsewhere.test', { an: ['acme', 'globex'] }, []],
    ['acmemyvtex.com', {}, ['main1']],
  ])('by %s with %j are %j [D-19, F-56]', (host, query, names) => {
    expect(accountsNamed(host, query, OWN)).toEqual(names);
  });

  it('are none where nothing names one and there is no default [D-19]', () => {
    expect(accountsNamed('localhost', {}, {})).toEqual([]);
  });
});
